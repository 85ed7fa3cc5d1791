import * as api from "../../../../lib/inputs/catalog/api-values";
import { reservedAmount, thresholds } from "../../../../lib/inputs/catalog/kubelet-values";
import type { ValueRule } from "../../../../lib/inputs/field";
import { evaluateExpression } from "../../../support/hcl";
import { verdicts } from "../../../support/verdicts";

type Rules = readonly ValueRule<never>[];

/** The rules of the releases before 1.15, and of those since. */
const before = (rules: Rules): Rules => rules.filter(({ since: from }) => from === undefined);
const since = (rules: Rules): Rules => rules.filter(({ until }) => until === undefined);

const TABLE: readonly [string, Rules, readonly unknown[], readonly unknown[]][] = [
  ["a share of nodes", [api.nodeCountOrShare], ["0", "5", "0%", "100%"], ["101%", "ten", "", "5 %", "-1"]],
  [
    "a duration",
    api.duration,
    ["30s", "1h30m", "999999h"],
    ["30", "1d", "Never", "", "1.5h", "1000000h", "999999h999999h999999h"],
  ],
  ["a duration or never", api.durationOrNever, ["720h", "Never"], ["30d", "never", "", "NeverX"]],
  ["a budget's duration", api.budgetDuration, ["8h", "30m", "8h30m", "8h0s"], ["30s", "1d", "8h30", ""]],
  [
    "a schedule",
    api.schedule,
    ["@daily", "0 9 * * mon-fri"],
    ["@often", "9 to 5", "* * * *", "* * * * * *", "@daily x"],
  ],
  [
    "a key",
    api.requirementKey,
    ["a", "a.b/C", `${"a".repeat(252)}/${"a".repeat(63)}`],
    ["", "a/b/c", "-a", "a".repeat(64), `${"a".repeat(254)}/a`],
  ],
  ["a label's key", api.nodeLabelKey, ["a", "a.b/C"], ["", "a b", "/a", "a".repeat(64)]],
  ["a requirement's value", [api.requirementValue], ["", "4", "a.b-c"], ["+5", "-0", "a b", "a".repeat(64)]],
  ["a label's value", [api.labelText], ["", "a", "x".repeat(63)], ["a b", "-a", "x".repeat(64)]],
  [
    "a time",
    api.dateTime,
    ["2028-02-29T12:00:00Z"],
    ["2026-02-29T12:00:00Z", "2026-01-31", "now", "2026-01-31t12:00:00z"],
  ],
  ["a volume's size", api.volumeSize, ["1Gi", "59000Gi", "64T"], ["1Mi", "0Gi", "59001Gi", "", "Ti", "T"]],
  ["an id anywhere", [api.idOf("ami", "an AMI", true)], ["ami-0", "x ami-0"], ["ami-", "AMI-0", ""]],
  ["an id", [api.idOf("cr", "a reservation")], ["cr-0a"], ["xcr-0", "cr-0 ", ""]],
  ["a price", [api.price], ["1", "0.5"], ["-1", ".5", "1.", ""]],
  ["an adjustment", [api.priceAdjustment], ["+1", "-.5", "+110%", "-100%"], ["1", "-101%", "+", ""]],
  ["a role's name", [api.filled("role cannot be empty"), api.nameNotArn], ["nodes"], ["", "arn:aws:iam::1:role/a"]],
  [
    "an alias",
    api.amiAlias,
    [
      ...["al2023@v20260714", "al2023@v20240229", "al2023@latest", "al2@v20251108", "al2@latest"],
      ...["bottlerocket@latest", "bottlerocket@1.2.3", "bottlerocket@v1.51.0", "bottlerocket@1.20.3-5d9ac849"],
      ...["windows2019@latest", "windows2022@latest"],
    ],
    [
      ...["al2023", "al2023@", "ubuntu@1", "windows2022@v1", `al2@${"v".repeat(27)}`, "AL2023@v20260714"],
      ...["al2023@20260714", "al2023@v20250229", "al2023@v20251131", "al2023@v2026071", "al2023@v202607145"],
      ...["al2023@1.2.3", "al2023@LATEST", "al2@v1", "al2@20251108", "windows2022@LATEST", "windows2019@v20251108"],
      ...["bottlerocket@v20251108", "bottlerocket@1.2", "bottlerocket@1.2.3.4", "bottlerocket@vv1.2.3"],
    ],
  ],
  ["a tag's key", api.tagKey, ["a", "Karpenter.sh/nodepool"], ["", "karpenter.sh/nodepool", "kubernetes.io/clusters"]],
  ["an overlay's resource", api.overlayResource, ["example.com/a"], ["cpu", "pods"]],
  [
    "what is set aside, before 1.15",
    before(reservedAmount("kubeReserved")),
    ["1Gi", "1e3"],
    ["-1", "two", "1e.5", "vcpus * 10"],
  ],
  [
    "what is set aside",
    since(reservedAmount("kubeReserved")),
    ["1Gi", "vcpus * 10", "10 * 2"],
    ["-1", "two", "1 Gi", "4GB"],
  ],
  [
    "a signal, before 1.15",
    before(thresholds),
    ["5%", "100.00%", "500Mi"],
    ["101%", "5 %", "five", "", "5.123%", "1e.5"],
  ],
  ["a signal", since(thresholds), ["5%", "5.123%", "500Mi"], ["101%", "5 %", "five", "", "-1", "1e.5"]],
  [
    "a grace period",
    api.goDuration,
    ["90s", "1m30s", "1.5h", "0", "100ms", "5µs"],
    ["90", "1d", "2 minutes", "", "-1m", "Never", "9999999h"],
  ],
  ["a whole number", [api.int64], [0, -5, 10 ** 12], [1.5]],
  ["a whole number of 32 bits", [api.anyInt32], [0, -(2 ** 31)], [2 ** 31, 0.5]],
] as never;

describe("what the API asks of values", () => {
  test.each(TABLE)("is the same at synth and at plan of %s", (_, rules, right, wrong) => {
    const verdict = (value: unknown) => [
      rules.every((rule) => rule.accepts(value as never)),
      rules.every((rule) => evaluateExpression(rule.terraform("var.x"), { var: { x: value } }) === true),
    ];
    expect(right.map(verdict)).toEqual(right.map(() => [true, true]));
    expect(wrong.map(verdict)).toEqual(wrong.map(() => [false, false]));
  });

  test.each([
    ...["1", "0.5", ".5", "500m", "1Gi", "-1", "1e3"].map((value) => [value, true]),
    ...["", "1 Gi", "1GB", "two", "1e1.5", "1e.5"].map((value) => [value, false]),
  ])("is the same of the quantity %j, which Terraform takes as a string: %p", (value, verdict) => {
    const { typescript, terraform } = verdicts({ kind: "quantity", rules: api.resourceQuantity }, value);
    expect([typescript, terraform]).toEqual([verdict, verdict]);
  });

  test("is a whole number of quantities that are not in quotes", () => {
    expect([2, 0, -1, 1.5].map((value) => api.resourceQuantity.every((rule) => rule.accepts(value)))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
