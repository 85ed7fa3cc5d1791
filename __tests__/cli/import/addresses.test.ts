import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../../../cli/import/addresses";
import { addressIn, ADDRESSES } from "../../../cli/import/addresses";
import { EVENT_RULES_OF_NEWEST } from "../../../cli/import/parts/queue";

const MODULES = join(__dirname, "../../../terraform-aws-karpenter");

interface Module {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly module?: Readonly<Record<string, { readonly source: string; readonly count?: string }>>;
}

const read = (path: string): Module => JSON.parse(readFileSync(join(MODULES, path, "main.tf.json"), "utf8")) as Module;

/** How a resource or a call is repeated, as its address says it. */
const instance = (block: Readonly<Record<string, unknown>> | undefined): string =>
  block === undefined ? " is not there" : "count" in block ? "[0]" : "for_each" in block ? "[]" : "";

describe("the addresses of the modules", () => {
  test.each(Object.keys(ADDRESSES) as Place[])("have %s where it is published", (place) => {
    const [, part = "", type = "", name = ""] = /^(\w+)(?:\[0\])?\.(\w+)\.(\w+)/.exec(ADDRESSES[place]) ?? [];
    const call = read("").module?.[part];
    const resource = read(call?.source ?? "").resource?.[type]?.[name];
    expect(ADDRESSES[place]).toBe(`${part}${instance(call)}.${type}.${name}${instance(resource)}`);
  });

  test("have each rule of the newest release with its target", () => {
    const wanted = EVENT_RULES_OF_NEWEST.flatMap(({ id }) => [`rule ${id}`, `target ${id}`]);
    expect(Object.keys(ADDRESSES)).toEqual(expect.arrayContaining(wanted));
  });

  test("are below a call, with a key where there is one of each", () => {
    expect(addressIn("scaling", "nodeAttachment", "a")).toBe(
      'module.scaling.module.node_identity.aws_iam_role_policy_attachment.node_additional["a"]',
    );
  });
});
