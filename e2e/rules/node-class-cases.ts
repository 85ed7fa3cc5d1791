/** EC2NodeClasses that are right and wrong. */
import type { RuleCase } from "./corpus";
import { NAMES_OF_OBJECTS } from "./node-pool-cases";
import { AMIS } from "./node-class/amis";
import { HARDWARE } from "./node-class/hardware";
import { KUBELET } from "./node-class/kubelet";
import { TERMS } from "./node-class/terms";
import { atRandom, type FieldValues, METADATA, of, oneByOne } from "./values";

const byName = { amiFamily: "AL2023", amiSelectorTerms: [{ name: "a" }] };
const FIELDS: readonly FieldValues[] = [...AMIS, ...TERMS, ...HARDWARE, ...KUBELET];

export function classCases(): RuleCase[] {
  return [
    { kind: "EC2NodeClass", title: "nothing", input: {} },
    ...NAMES_OF_OBJECTS.map((name): RuleCase => ({ kind: "EC2NodeClass", title: `name ${name}`, name, input: byName })),
    { kind: "EC2NodeClass", title: "terms by name", input: byName },
    ...[...oneByOne([...FIELDS, of("metadata", METADATA, byName)]), ...atRandom(FIELDS, 120)].map((item): RuleCase => ({
      kind: "EC2NodeClass",
      ...item,
    })),
  ];
}
