import type { Installation } from "../installation";
import type { Loosening } from "../loosening";
import type { AccessRequest } from "../simulator";

/** A call that the policies must not allow. */
export interface Attack {
  /** What is tried: "launching with no tags". */
  readonly name: string;
  readonly call: readonly AccessRequest[];
  /** What keeps it out: without all of this the call is allowed, without any less it is not. */
  readonly keptOutBy: readonly Loosening[];
}

/** The attacks of one kind on an installation; which ones there are depends on its release and modes. */
export type Attacks = (installation: Installation) => readonly Attack[];

/** An attack. */
export function attack(name: string, call: readonly AccessRequest[], ...keptOutBy: readonly Loosening[]): Attack {
  return { name, call, keptOutBy };
}

/** Attacks that only some installations have to keep out. */
export function inCase(when: boolean, attacks: () => readonly Attack[]): readonly Attack[] {
  return when ? attacks() : [];
}
