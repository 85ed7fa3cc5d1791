/** Objects to hold against the API server: each kind's own cases, and random ones made of the same values. */
import { bufferCases } from "./capacity-buffer-cases";
import { classCases } from "./node-class-cases";
import { overlayCases } from "./node-overlay-cases";
import { poolCases } from "./node-pool-cases";

/** The kinds that are held against the API server. */
export const KINDS = ["NodePool", "EC2NodeClass", "NodeOverlay", "CapacityBuffer"] as const;
export type Kind = (typeof KINDS)[number];

/** One object, in the words of our input. */
export interface RuleCase {
  readonly kind: Kind;
  readonly title: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** @default - a name that is right */
  readonly name?: string;
}

/** All of them, always the same. */
export const CORPUS: readonly RuleCase[] = [...poolCases(), ...classCases(), ...overlayCases(), ...bufferCases()];
