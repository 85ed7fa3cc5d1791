/** NodeOverlays that are right and wrong. */
import type { RuleCase } from "./corpus";
import { requirementValues } from "./node-pool-cases";
import { atRandom, COUNTS, type FieldValues, METADATA, of, oneByOne, QUANTITIES } from "./values";

const FIELDS: readonly FieldValues[] = [
  of("requirements", [
    ...requirementValues("kubernetes.io/arch"),
    ...[1, 2].map((minValues) => [{ key: "a", operator: "Exists", minValues }]),
  ]),
  of(
    "requirements",
    [["In"], ["NotIn"]].map(([operator]) => [{ key: "a", operator }]),
    { price: "1" },
  ),
  of("capacity", [
    {},
    { "example.com/a": 1 },
    { "example.com/a": 1.5 },
    { "example.com/a": true },
    ...QUANTITIES.map((amount) => ({ "example.com/a": amount })),
    ...["cpu", "memory", "ephemeral-storage", "pods", "CPU", "hugepages-2Mi", ""].map((name) => ({ [name]: "1" })),
  ]),
  of("price", ["0", "1", "0.5", "10.25", "", "-1", "+1", ".5", "1.", "1,5", "$1", "1e3", "a"]),
  of("priceAdjustment", [
    "+1",
    "-1",
    "+0.5",
    "-.5",
    "+.5",
    "+10%",
    "+110%",
    "+1.5%",
    "-10%",
    "-99.9%",
    "-100%",
    "-99%",
    "",
    "1",
    "10%",
    "-101%",
    "-110%",
    "+",
    "-",
    "+%",
    "%",
    "+1.",
    "++1",
    "-5.%",
    "+1 %",
    "a",
  ]),
  of("priceAdjustment", ["+1", "-10%", "+5%"], { price: "1" }),
  of("weight", COUNTS(1, 10_000)),
  of("wight", [1]),
];

export function overlayCases(): RuleCase[] {
  return [...oneByOne([...FIELDS, of("metadata", METADATA)]), ...atRandom(FIELDS, 60)].map((item): RuleCase => ({
    kind: "NodeOverlay",
    ...item,
  }));
}
