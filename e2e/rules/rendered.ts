/** The objects that our chart makes of the corpus, by helm itself and in one call. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";

import { chartFolder } from "../../lib/kubernetes/packaged-chart";
import { helm } from "../cloud/helm-cli";
import type { KubeObject } from "../cloud/kube-client";
import { type Kind, type RuleCase } from "./corpus";

/** What node classes get from the AWS side. */
const DEFAULTS = {
  role: "nodes",
  subnetSelectorTerms: [{ id: "subnet-0" }],
  securityGroupSelectorTerms: [{ id: "sg-0" }],
};

const VALUES: Readonly<Record<Kind, string>> = {
  NodePool: "nodePools",
  EC2NodeClass: "nodeClasses",
  NodeOverlay: "nodeOverlays",
  CapacityBuffer: "capacityBuffers",
};

/** The object of each case, in the same order. */
export async function rendered(cases: readonly RuleCase[]): Promise<KubeObject[]> {
  const names = cases.map(({ name }, index) => name ?? `case-${index}`);
  const values = Object.fromEntries(Object.values(VALUES).map((of): [string, Record<string, unknown>] => [of, {}]));
  cases.forEach(({ kind, input }, index) => (values[VALUES[kind]][names[index]] = input));

  const folder = await mkdtemp(join(tmpdir(), "karpenter-rules-"));
  try {
    const file = join(folder, "values.json");
    await writeFile(file, JSON.stringify({ ...values, nodeClassDefaults: DEFAULTS }));
    const { stdout } = await helm(["template", "rules", chartFolder("node-pools"), "--values", file]);
    const objects = new Map(
      parseAllDocuments(stdout)
        .map((document) => document.toJS() as KubeObject | null)
        .filter((object) => object !== null)
        .map((object) => [`${object.kind} ${object.metadata.name}`, object]),
    );
    return cases.map(({ kind, title }, index) => {
      const object = objects.get(`${kind} ${names[index]}`);
      if (object === undefined) {
        throw new Error(`the chart renders no ${kind} for ${title}`);
      }
      return object;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
