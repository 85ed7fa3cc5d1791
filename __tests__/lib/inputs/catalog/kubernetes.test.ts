import type { FargateProfileSelector } from "../../../../lib/inputs/catalog/kubernetes";
import { fargateSelectors, namespace, serviceAccountName } from "../../../../lib/inputs/catalog/kubernetes";
import { fieldProblems } from "../../../../lib/inputs/field-problems";
import { NO, verdicts, YES } from "../../../support/verdicts";
import { variable } from "../../../support/tokens";

/** What Terraform has of it is in the module input-check, which has tests of its own. */
function bothSides(value: unknown): readonly boolean[] {
  const { typescript, schema } = verdicts(fargateSelectors, value);
  return [typescript, schema];
}

const TAKEN = [true, true];
const REFUSED = [false, false];

describe("namespace", () => {
  test.each(["a", "karpenter", "kube-system", "0", "n".repeat(63)])("accepts %s", (value) => {
    expect(verdicts(namespace, value)).toEqual(YES);
  });

  test.each(["", "*", "karp*", "Karpenter", "-a", "a-", "a.b", "a_b", "n".repeat(64)])('refuses "%s"', (value) => {
    expect(verdicts(namespace, value)).toEqual(NO);
  });
});

describe("serviceAccountName", () => {
  test.each(["a", "karpenter", "a.b-c", "n".repeat(253)])("accepts %s", (value) => {
    expect(verdicts(serviceAccountName, value)).toEqual(YES);
  });

  test.each(["", "*", "karpenter*", "a?", "A", ".a", "a.", "a:b", "n".repeat(254)])('refuses "%s"', (value) => {
    expect(verdicts(serviceAccountName, value)).toEqual(NO);
  });
});

describe("fargateSelectors", () => {
  const selectors = (count: number): FargateProfileSelector[] =>
    Array.from({ length: count }, (_, index) => ({ namespace: `n${index}`, labels: {} }));
  const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, "v"]));

  test.each([1, 5])("accepts %i selectors", (count) => {
    expect(bothSides(selectors(count))).toEqual(TAKEN);
  });

  test.each([0, 6])("refuses %i selectors", (count) => {
    expect(bothSides(selectors(count))).toEqual(REFUSED);
  });

  test("accepts wildcards in a namespace", () => {
    expect(bothSides([{ namespace: "team-*", labels: {} }])).toEqual(TAKEN);
    expect(bothSides([{ namespace: "*", labels: {} }])).toEqual(TAKEN);
  });

  test("accepts 5 labels and refuses 6", () => {
    expect(bothSides([{ namespace: "a", labels: labels(5) }])).toEqual(TAKEN);
    expect(bothSides([{ namespace: "a", labels: labels(6) }])).toEqual(REFUSED);
  });

  test("refuses the same selector twice", () => {
    expect(bothSides([selectors(1)[0], selectors(1)[0]])).toEqual(REFUSED);
  });

  test.each([
    [{ "app.kubernetes.io/name": "karpenter" }, TAKEN],
    [{ "*/name": "kar?*" }, TAKEN],
    [{ app: "" }, TAKEN],
    [{ app: "a b" }, REFUSED],
    [{ app: "x".repeat(64) }, REFUSED],
    [{ app: "${file(1)}" }, REFUSED],
    [{ "a b": "x" }, REFUSED],
    [{ [`a/${"x".repeat(64)}`]: "x" }, REFUSED],
  ])("holds labels to what a label can be, wildcards beside it: %j", (labels, verdict) => {
    expect(bothSides([{ namespace: "a", labels }])).toEqual(verdict);
  });

  test("accepts one namespace with different labels", () => {
    const twice = [
      { namespace: "a", labels: { app: "x" } },
      { namespace: "a", labels: { app: "y" } },
    ];
    expect(bothSides(twice)).toEqual(TAKEN);
  });

  test.each(["", "Team", "-a", "a_b", "n".repeat(64)])('refuses the namespace "%s"', (value) => {
    expect(bothSides([{ namespace: value, labels: {} }])).toEqual(REFUSED);
  });

  test("takes a selector without labels and one whose namespace only Terraform knows", () => {
    expect(bothSides([{ namespace: "a" }])).toEqual(TAKEN);
    expect(fieldProblems("x", [{ namespace: variable("ns") }], fargateSelectors)).toEqual([]);
  });
});
