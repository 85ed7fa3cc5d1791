/** Inputs that all parts share: what is the same for each object that is taken over. */
import { isFields } from "../../lib/terraform/known-values";
import type { Move, Part } from "./move";

/** The path, the boundary and the tags of what is taken over. */
export function sharedInputs(moves: readonly Move[], path: string): Part {
  const taken = moves.filter(({ fate }) => fate === "taken").map(({ object }) => object);
  const roles = taken.filter(({ type }) => type === "aws_iam_role");
  const boundaries = [...new Set(roles.map(({ values }) => String(values.permissions_boundary ?? "")))];
  const [boundary] = boundaries;
  const tagged = taken.filter(({ values }) => "tags" in values).map(({ values }) => tagsOf(values.tags));
  const common = Object.entries(tagged[0] ?? {}).filter(([key, value]) => tagged.every((tags) => tags[key] === value));
  const lost = [...new Set(tagged.flatMap((tags) => Object.keys(tags)))].filter(
    (key) => !common.some(([kept]) => kept === key),
  );
  return {
    inputs: {
      ...(path === "/" ? {} : { iamPath: path }),
      ...(boundary === undefined || boundary === "" ? {} : { permissionsBoundaryArn: boundary }),
      ...(common.length === 0 ? {} : { tags: Object.fromEntries(common) }),
    },
    moves: [],
    notes: [
      ...(boundaries.length > 1
        ? [`roles have several permissions boundaries, and get one: ${boundaries.map((it) => it || "none").join(", ")}`]
        : []),
      ...(lost.length === 0 ? [] : [`tags that not all of it has go: ${lost.join(", ")}`]),
    ],
  };
}

function tagsOf(tags: unknown): Record<string, string> {
  return isFields(tags) ? (tags as Record<string, string>) : {};
}
