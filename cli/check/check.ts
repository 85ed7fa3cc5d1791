/** `check`: holds manifests to the rules of a release, without a cluster. */
import { NODE_POOLS_PROPERTIES } from "../../lib/inputs/catalog/properties";
import { Problems } from "../../lib/inputs/problems";
import { checkNodePools } from "../../lib/node-objects/node-pools-checks";
import { objectGateWarnings } from "../../lib/node-objects/gated-objects";
import { nodeWarnings } from "../../lib/node-objects/warnings";
import type { Finding } from "../finding";
import { located, placeOf } from "../located";
import type { FileObject } from "../manifest-files";

/** What the objects are held to. */
export interface CheckOptions {
  readonly karpenterVersion: string;
  readonly allowNewerKarpenterVersion?: boolean;
  readonly kubernetesVersion?: string;
  /** Names of EC2NodeClasses that are somewhere else. */
  readonly existingNodeClass?: readonly string[];
  /** Whether something else gives EC2NodeClasses the role, subnets and security groups that they lack. */
  readonly completed?: boolean;
  /** Ids of warnings that are not shown. */
  readonly acknowledge?: readonly string[];
}

/** What came of a check. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  /** How many objects were checked. */
  readonly checked: number;
  /** How many objects are none of Karpenter's. */
  readonly others: number;
}

const GROUPS = /^(karpenter\.sh|karpenter\.k8s\.aws)\/|^autoscaling\.x-k8s\.io\/v1beta1$/;

/** Whether it is an object that the rules know, or something that tries to be one. */
function isKarpenters({ apiVersion, kind }: FileObject["object"]): boolean {
  return kind === "PodTemplate" || GROUPS.test(String(apiVersion)) || apiVersion === undefined;
}

/** Holds objects to the rules of a release. */
export function check(all: readonly FileObject[], options: CheckOptions): CheckResult {
  const files = all.filter(({ object }) => isKarpenters(object));
  const { karpenterVersion, kubernetesVersion, allowNewerKarpenterVersion, completed = false } = options;
  const props = {
    manifests: files.map(({ object }) => object),
    karpenterVersion,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(allowNewerKarpenterVersion === undefined ? {} : { allowNewerKarpenterVersion }),
    ...(options.existingNodeClass === undefined ? {} : { existingNodeClasses: [...options.existingNodeClass] }),
    ...(completed ? { nodeClassDefaults: DEFAULTS } : {}),
  };
  const problems = new Problems().checkProperties(props, NODE_POOLS_PROPERTIES);
  const objects = { ...props, nodePools: {}, nodeClasses: {} };
  checkNodePools(problems, objects);
  const warnings = [...nodeWarnings(objects), ...objectGateWarnings({ ...objects })].filter(
    ({ id }) => !options.acknowledge?.includes(id),
  );
  return {
    findings: inOrderOf(files, [
      ...problems.all.map((text) => located({ severity: "error", text }, files, OPTIONS)),
      ...warnings.map(({ id, text }) => located({ severity: "warning", text: `${text} [${id}]` }, files, OPTIONS)),
    ]),
    checked: files.length,
    others: all.length - files.length,
  };
}

/** Something, so that nothing is missing. */
const DEFAULTS = {
  role: "role",
  subnetSelectorTerms: [{ id: "subnet-0" }],
  securityGroupSelectorTerms: [{ id: "sg-0" }],
};

/** Inputs by the options of the command line that stand for them. */
const OPTIONS: Readonly<Record<string, string>> = {
  karpenterVersion: "--karpenter-version",
  allowNewerKarpenterVersion: "--allow-newer-karpenter-version",
  kubernetesVersion: "--kubernetes-version",
  existingNodeClasses: "--existing-node-class",
  nodeClassDefaults: "--completed",
  nodeClasses: "the files",
  manifests: "FILE",
};

/** Findings in the order of the objects that they are about; those about none of them come first. */
function inOrderOf(files: readonly FileObject[], findings: readonly Finding[]): Finding[] {
  const places = files.map(placeOf);
  return [...findings].sort((one, other) => places.indexOf(one.where) - places.indexOf(other.where));
}
