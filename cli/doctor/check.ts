import { isDenied } from "../aws/answers";
import { NotAsked, Unreachable } from "../kubernetes/unreachable";
import type { Question, Sources } from "./sources";
import type { Report, Verdict } from "./verdict";
import { unknown } from "./verdict";

/** A check, ready to be made. */
export interface Check {
  /** Short, stable, and what `--acknowledge` takes. */
  readonly id: string;
  /** Looks, and says what it comes to. Whatever keeps it from looking is said; nothing is, where nobody wants it looked at. */
  made(sources: Sources): Promise<Report>;
}

/**
 * A check in two halves: one that asks, and one that says of plain data what it means.
 *
 * @param gather the facts; asked once, whichever checks judge them
 */
export function check<Facts>(id: string, gather: Question<Facts>, judge: (facts: Facts) => readonly Verdict[]): Check {
  return {
    id,
    made: async (sources) => {
      try {
        return { check: id, verdicts: judge(await sources.ask(gather)) };
      } catch (problem) {
        if (problem instanceof NotAsked) {
          return { check: id, verdicts: [] };
        }
        return { check: id, verdicts: [unknown(`could not be looked at: ${reasonOf(problem)}`)] };
      }
    },
  };
}

/** Why it could not be looked at, in a clause. */
function reasonOf(problem: unknown): string {
  const { name, message } = problem as Error;
  if (problem instanceof Unreachable) {
    return message;
  }
  return isDenied(problem) ? `not allowed: ${message}` : `${name}: ${message}`;
}
