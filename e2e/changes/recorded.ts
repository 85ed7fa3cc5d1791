/** What each change was seen to do, as it is kept in the checkout; docs/changes.md is written from it. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import type { Kept, Observed } from "../../scripts/changes-table";
import type { TerraformVariables } from "../cloud/terraform";

/** What plans said, by the input. */
export type Recorded = Readonly<Record<string, Kept>>;
/** What applies did, by the input. */
export type ObservedChanges = Readonly<Record<string, Observed>>;

const fileOf = (name: "recorded" | "observed"): string => join(__dirname, `${name}.json`);

/** Reads what plans said. */
export async function recorded(): Promise<Recorded> {
  return JSON.parse(await readFile(fileOf("recorded"), "utf8")) as Recorded;
}

/** Reads what applies did. */
export async function observed(): Promise<ObservedChanges> {
  return JSON.parse(await readFile(fileOf("observed"), "utf8")) as ObservedChanges;
}

/** Writes either. */
export async function record(name: "recorded" | "observed", found: Recorded | ObservedChanges): Promise<void> {
  await writeFile(fileOf(name), `${JSON.stringify(found, null, 2)}\n`);
}

/**
 * Inputs in as few groups as have nothing to do with each other: a plan of a group says what each of them does.
 *
 * @param values what each input is changed to, with what has to be said with it
 */
export function groups(found: Recorded, values: Readonly<Record<string, TerraformVariables>>): string[][] {
  const all: string[][] = [];
  const canBeWith = (name: string, other: string): boolean =>
    areApart(found[name]?.facts, found[other]?.facts) && agree(values[name], values[other]);
  for (const name of Object.keys(found)) {
    const group = all.find((names) => names.every((other) => canBeWith(name, other)));
    if (group === undefined) {
      all.push([name]);
    } else {
      group.push(name);
    }
  }
  return all;
}

/** Whether two changes touch different objects, or different values of the same object. */
function areApart(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return one.every((fact) => other.every((another) => !doMeet(partsOf(fact), partsOf(another))));
}

/** A line of what a plan says. */
interface Parts {
  readonly module: string;
  readonly address: string;
  readonly what: string;
}

function partsOf(fact: string): Parts {
  const [address = "", what = ""] = fact.split(": ");
  return { module: address.replace(/\.\w+\.\w+(\[[^\]]*\])?$/, ""), address, what };
}

function doMeet(one: Parts, other: Parts): boolean {
  // What is switched off or made anew takes other inputs of its module along, or forbids them.
  if ([one, other].some(({ what }) => /^(removed|replaced)/.test(what))) {
    return one.module === other.module;
  }
  return (
    one.address === other.address &&
    (one.what === "made" || other.what === "made" || one.what.startsWith(other.what) || other.what.startsWith(one.what))
  );
}

/** Whether no input of both is to have two values. */
function agree(one: TerraformVariables = {}, other: TerraformVariables = {}): boolean {
  return Object.keys(one).every((name) => !(name in other) || isDeepStrictEqual(one[name], other[name]));
}
