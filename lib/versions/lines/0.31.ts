import { lineAfter } from "../line-after";
import { line030 } from "./0.30";

/** The last line with Provisioners alone. */
export const line031 = lineAfter(line030, { newest: "0.31.5", kubernetes: { 0: { from: "1.23", to: "1.28" } } });
