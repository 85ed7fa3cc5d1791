import { lineAfter } from "../line-after";
import { line101 } from "./1.1";

export const line102 = lineAfter(line101, { newest: "1.2.8", kubernetes: { 0: { from: "1.25", to: "1.32" } } });
