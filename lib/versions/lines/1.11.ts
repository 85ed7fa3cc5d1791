import { lineAfter } from "../line-after";
import { line110 } from "./1.10";

/** Placement groups. */
export const line111 = lineAfter(line110, { newest: "1.11.3" });
