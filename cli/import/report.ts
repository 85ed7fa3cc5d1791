/** What is told of a move, for people and for machines. */
import type { Move, Taken } from "./move";
import { importId } from "./move";
import type { MovingIn } from "./moving-in";

/** What is told, by what it is about. */
export interface Report {
  /** Whether an account and a cluster were read, and no state. */
  readonly live: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly taken: readonly { readonly from: string; readonly to: string; readonly id: string }[];
  readonly forgotten: readonly Told[];
  readonly destroyed: readonly Told[];
  readonly left: readonly Told[];
  readonly dependents: readonly string[];
  readonly notes: readonly string[];
  /** Commands before the apply. */
  readonly before: readonly string[];
  /** Commands once the controller runs. */
  readonly after: readonly string[];
}

/** An object that is not taken, and why. */
export interface Told {
  readonly address: string;
  readonly why: string;
}

/**
 * Gathers what there is to tell.
 *
 * @param nameOf what an object that is taken is called from now on
 * @param commands for the root that the state is of
 */
export function reportOf(
  moving: MovingIn,
  nameOf: (move: Taken) => string,
  commands: readonly string[],
  live: boolean,
): Report {
  const told = (wanted: "forgotten" | "destroyed" | "left"): Told[] =>
    moving.moves.flatMap((move) => (move.fate === wanted ? [{ address: move.object.address, why: move.why }] : []));
  return {
    live,
    inputs: moving.inputs,
    taken: moving.moves.flatMap((move) =>
      move.fate === "taken"
        ? [
            {
              from: move.object.address,
              to: nameOf(move),
              id: importId(move.object),
            },
          ]
        : [],
    ),
    forgotten: told("forgotten"),
    destroyed: told("destroyed"),
    left: told("left"),
    dependents: moving.dependents,
    notes: moving.notes,
    before: [...(moving.before ?? []), ...commands],
    after: moving.moves.flatMap((move: Move) => (move.fate === "forgotten" ? (move.after ?? []) : [])),
  };
}

/** The report for people; what there is nothing of is left out. */
export function reportAsText(report: Report): string {
  const objects = (all: readonly Told[]): string[] => all.map(({ address, why }) => `${address}: ${why}`);
  const sections: [string, readonly string[]][] = [
    ["Taken over", report.taken.map(({ from, to }) => `${from}\n    as ${to}`)],
    [`${report.live ? "Not taken over" : "Forgotten by Terraform"}, and still there`, objects(report.forgotten)],
    ["Destroyed by the apply, once its code is gone", objects(report.destroyed)],
    [report.live ? "Left as it is" : "Left with its code", objects(report.left)],
    ["Still in the old code, and after what leaves it", report.dependents],
    ["To know", report.notes],
    ["Before the apply", report.before],
    ["Once the controller runs", report.after],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join("\n"))
    .join("\n\n");
}
