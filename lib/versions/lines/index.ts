import { line027 } from "./0.27";
import { line028 } from "./0.28";
import { line029 } from "./0.29";
import { line030 } from "./0.30";
import { line031 } from "./0.31";
import { line032 } from "./0.32";
import { line033 } from "./0.33";
import { line034 } from "./0.34";
import { line035 } from "./0.35";
import { line036 } from "./0.36";
import { line037 } from "./0.37";
import { line100 } from "./1.0";
import { line101 } from "./1.1";
import { line102 } from "./1.2";
import { line103 } from "./1.3";
import { line104 } from "./1.4";
import { line105 } from "./1.5";
import { line106 } from "./1.6";
import { line107 } from "./1.7";
import { line108 } from "./1.8";
import { line109 } from "./1.9";
import { line110 } from "./1.10";
import { line111 } from "./1.11";
import { line112 } from "./1.12";
import { line113 } from "./1.13";
import { line114 } from "./1.14";
import { line115 } from "./1.15";
import { LineData } from "../line-after";

/** The data of every line, oldest first; a new one is listed here. */
export const LINES: readonly LineData[] = [
  line027,
  line028,
  line029,
  line030,
  line031,
  line032,
  line033,
  line034,
  line035,
  line036,
  line037,
  line100,
  line101,
  line102,
  line103,
  line104,
  line105,
  line106,
  line107,
  line108,
  line109,
  line110,
  line111,
  line112,
  line113,
  line114,
  line115,
];
