import { lineAfter } from "../line-after";
import { line104 } from "./1.4";

export const line105 = lineAfter(line104, { newest: "1.5.8", kubernetes: { 0: { from: "1.26", to: "1.33" } } });
