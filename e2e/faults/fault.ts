/** What goes wrong, and when. */

/** What happens to a call. */
export type FaultKind =
  /** Refused as one too many. */
  | "throttled"
  | "500"
  | "503"
  /** The connection ends before the work is done. */
  | "reset"
  /** Answered late. */
  | "slow"
  /** The work is done, and the connection ends before the answer. */
  | "answer lost"
  /** Terraform is killed with -9 before the work is done. */
  | "killed before"
  /** Terraform is killed with -9 when the work is done, before it has the answer. */
  | "killed after"
  /** From this call on the credentials are no longer good. */
  | "credentials expired"
  /** A role that was just made is not known yet, three times. */
  | "role not seen yet";

/** How long it goes on: for this one request, or for all from it on until the command ends. */
export type FaultLength = "once" | "to the end";

/** A fault at a call. */
export interface Fault {
  readonly kind: FaultKind;
  /** The key of the call at which it begins. */
  readonly at: string;
  readonly length: FaultLength;
}

/** Kinds that can go on. A call that is only late, or a program that is dead, happens once. */
const LASTING: readonly FaultKind[] = ["throttled", "500", "503", "reset", "answer lost"];

/** Every kind that may befall any call. */
export const KINDS: readonly FaultKind[] = [...LASTING, "slow", "killed before", "killed after", "credentials expired"];

/** Whether a kind can befall all calls to the end of a command. */
export function mayLast(kind: FaultKind): boolean {
  return LASTING.includes(kind);
}
