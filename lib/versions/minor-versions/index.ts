import { minor027 } from "./0.27";
import { minor028 } from "./0.28";
import { minor029 } from "./0.29";
import { minor030 } from "./0.30";
import { minor031 } from "./0.31";
import { minor032 } from "./0.32";
import { minor033 } from "./0.33";
import { minor034 } from "./0.34";
import { minor035 } from "./0.35";
import { minor036 } from "./0.36";
import { minor037 } from "./0.37";
import { minor100 } from "./1.0";
import { minor101 } from "./1.1";
import { minor102 } from "./1.2";
import { minor103 } from "./1.3";
import { minor104 } from "./1.4";
import { minor105 } from "./1.5";
import { minor106 } from "./1.6";
import { minor107 } from "./1.7";
import { minor108 } from "./1.8";
import { minor109 } from "./1.9";
import { minor110 } from "./1.10";
import { minor111 } from "./1.11";
import { minor112 } from "./1.12";
import { minor113 } from "./1.13";
import { minor114 } from "./1.14";
import { minor115 } from "./1.15";
import type { MinorVersionData } from "../minor-version-after";

/** The data of every minor version, oldest first; a new one is listed here. */
export const MINOR_VERSION_DATA: readonly MinorVersionData[] = [
  minor027,
  minor028,
  minor029,
  minor030,
  minor031,
  minor032,
  minor033,
  minor034,
  minor035,
  minor036,
  minor037,
  minor100,
  minor101,
  minor102,
  minor103,
  minor104,
  minor105,
  minor106,
  minor107,
  minor108,
  minor109,
  minor110,
  minor111,
  minor112,
  minor113,
  minor114,
  minor115,
];
