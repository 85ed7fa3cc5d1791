import { lineAfter } from "../line-after";
import { line028 } from "./0.28";

/** Permissions scoped by tags. */
export const line029 = lineAfter(line028, { newest: "0.29.2" });
