import { Token } from "cdktf";
import { fieldProblems } from "../lib/inputs/field-problems";
import { any, list, map, object, string } from "../lib/inputs/field-builders";
import { joined, shown } from "../lib/inputs/words";
import type { FleetConfig } from "./cluster-config";
import { FLEET_IN_FILE } from "./cluster-fields";
import { fleetMistakes } from "./fleet-checks";
import { parseJson } from "./json-text";
import { UserError } from "./user-error";

/** What the file must be before any cluster of it can be looked at. */
const FORM = object({ $schema: string, defaults: map(any), clusters: list(map(any), { min: 1 }) }, ["clusters"]);

/**
 * Reads the text of a clusters file.
 *
 * @param text JSON
 * @param source what to call the file in an error
 * @throws UserError where it is not JSON, has no list of clusters, or with all mistakes of all clusters at once
 */
export function parseClusters(text: string, source: string): FleetConfig {
  return clustersIn(parseJson(text, source), source);
}

/**
 * As {@link parseClusters}, of what has been read already.
 *
 * @throws UserError where it has no list of clusters, or with all mistakes of all clusters at once
 */
export function clustersIn(file: unknown, source: string): FleetConfig {
  if (typeof file !== "object" || file === null || Array.isArray(file)) {
    throw new UserError(source, [
      'it must be an object with "clusters"; see the clusters.json of the project for an example',
    ]);
  }
  refuseTokenMarks(file, source);
  refuse(source, fieldProblems("", file, FORM));
  const { defaults, clusters } = file as FleetConfig;
  const config = { defaults: defaults ?? undefined, clusters };
  refuse(source, fleetMistakes(config, FLEET_IN_FILE));
  return config;
}

/** @throws UserError where a text has what cdktf would take for a token */
export function refuseTokenMarks(file: unknown, source: string): void {
  refuse(source, tokenMarks("", file));
}

/** What cdktf would take for a token, another value in place of the text: a file can hold none. */
function tokenMarks(path: string, value: unknown): string[] {
  if (Token.isUnresolved(value)) {
    return [`"${path}" is ${shown(value)}, but must be a text without a token's mark in it; leave the mark out`];
  }
  return typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([name, item]) => [
        ...(Token.isUnresolved(name)
          ? [
              `"${path}" has the name ${shown(name)}, but a name must be without a token's mark in it; leave the mark out`,
            ]
          : []),
        ...tokenMarks(Array.isArray(value) ? `${path}[${name}]` : joined(path, name), item),
      ]);
}

function refuse(source: string, mistakes: readonly string[]): void {
  if (mistakes.length > 0) {
    throw new UserError(source, mistakes);
  }
}
