import type { KarpenterProps } from "../../../lib";
import { Karpenter, NodePools, WARNING_IDS } from "../../../lib";
import { acknowledgedWarnings } from "../../../lib/inputs/acknowledged-warnings";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { publishedModules } from "../../../modules";
import { KarpenterStack } from "../../../stacks";
import { Testing } from "cdktf";
import { PLACE, PROVIDER_ARN } from "../../support/fixtures";
import { evaluate } from "../../support/hcl";
import { problemsOf, readableStack } from "../../support/stack";
import { variableFlag } from "../../support/tokens";
import { NO, verdicts, YES } from "../../support/verdicts";
import type { Construct } from "constructs";

const REASON = "the quota of the account is the limit";
const POOLS = {
  nodePools: { default: { disruption: { consolidateAfter: "1m" } } },
  nodeClasses: { default: { amiAlias: "al2023@v20260714", metadataOptions: { httpTokens: "optional" } } },
} as const;
const PROPS: KarpenterProps = {
  ...PLACE,
  ...POOLS,
  clusterName: "demo",
  oidcProviderArn: PROVIDER_ARN,
  subnetIds: ["subnet-1"],
  securityGroupIds: ["sg-1"],
  karpenterVersion: "1.13.1",
};

/** The ids of all warnings below a construct. */
const shown = (construct: Construct) =>
  construct.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === "@cdktf/warn"))
    .map(({ data }) => /\[([a-z0-9-]+)\]$/.exec(String(data))?.[1]);

const ofKarpenter = (props: Partial<KarpenterProps>) =>
  shown(new Karpenter(readableStack(), "karpenter", { ...PROPS, ...props }));

const ALL = [
  "karpenter-end-of-support",
  "karpenter-one-subnet",
  "karpenter-no-limits",
  "karpenter-no-budget",
  "karpenter-no-termination-grace-period",
  "karpenter-imds-v1",
];

describe("acknowledged warnings", () => {
  test("are all shown where none is acknowledged, or only Terraform knows which", () => {
    expect(ofKarpenter({})).toEqual(ALL);
    expect(ofKarpenter({ acknowledgeWarnings: {} })).toEqual(ALL);
    expect(ofKarpenter({ acknowledgeWarnings: variableFlag("w") as never })).toEqual(ALL);
  });

  test.each(ALL)("are not shown, %s alone as well", (id) => {
    expect(ofKarpenter({ acknowledgeWarnings: { [id]: REASON } })).toEqual(ALL.filter((other) => other !== id));
  });

  test("are not shown of NodePools that stand alone", () => {
    const acknowledgeWarnings = { "karpenter-no-limits": REASON, "karpenter-imds-v1": REASON };
    expect(shown(new NodePools(readableStack(), "pools", { ...POOLS, acknowledgeWarnings }))).toEqual([
      "karpenter-no-budget",
      "karpenter-no-termination-grace-period",
    ]);
  });

  test("are not shown of a newer release", () => {
    const props = { karpenterVersion: "1.16.0", allowNewerKarpenterVersion: true };
    const acknowledgeWarnings = { "karpenter-newer-version": REASON };
    expect(ofKarpenter(props)).toContain("karpenter-newer-version");
    expect(ofKarpenter({ ...props, acknowledgeWarnings })).not.toContain("karpenter-newer-version");
  });

  test("are not shown of a stack, its backend included", () => {
    const backend = { type: "s3", bucket: "state", region: "eu-north-1", useLockfile: false } as const;
    const stack = (acknowledgeWarnings: KarpenterProps["acknowledgeWarnings"]) =>
      shown(new KarpenterStack(Testing.app(), "it", { ...PROPS, region: "eu-north-1", backend, acknowledgeWarnings }));
    expect(stack({})).toEqual(["karpenter-state-lock", ...ALL]);
    expect(stack({ "karpenter-state-lock": REASON })).toEqual(ALL);
  });
});

describe("what is acknowledged", () => {
  test.each([
    [{}, true],
    [Object.fromEntries(WARNING_IDS.map((id) => [id, REASON])), true],
    [{ "karpenter-no-limits": "ten letter" }, true],
    [{ "karpenter-no-limits": "first line\nsecond" }, true],
    [{ "karpenter-no-limit": REASON }, false],
    [{ "karpenter-no-limits": "because" }, false],
    [{ "karpenter-no-limits": "          " }, false],
    [{ toString: REASON }, false],
  ])("is %j: right is %p, at plan as at synth, and in a configuration file", (given, right) => {
    expect(verdicts(acknowledgedWarnings, given)).toEqual(right ? YES : NO);
  });

  test("is refused by Karpenter and NodePools with where the ids are", () => {
    const acknowledgeWarnings = { "karpenter-no-limit": REASON } as never;
    const said = fieldProblems("acknowledgeWarnings", acknowledgeWarnings, acknowledgedWarnings);
    expect(said).toEqual([
      '"acknowledgeWarnings" has the name "karpenter-no-limit", but a name must be the id of a warning, which docs/warnings.md ' +
        "lists; take the id that stands in brackets at the end of the warning",
    ]);
    expect(problemsOf((stack) => new Karpenter(stack, "it", { ...PROPS, acknowledgeWarnings }))).toEqual(said);
    const nodeClassDefaults = {
      role: "nodes",
      subnetSelectorTerms: [{ id: "subnet-1" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
    };
    expect(
      problemsOf((stack) => new NodePools(stack, "it", { ...POOLS, nodeClassDefaults, acknowledgeWarnings })),
    ).toEqual(said);
  });
});

describe("the checks of the root module", () => {
  const { check } = publishedModules()[0].toModule() as unknown as {
    readonly check: Record<string, { readonly assert: readonly { condition: string; error_message: string }[] }>;
  };

  test.each([
    ["karpenter_end_of_support", "karpenter-end-of-support", "1.13.1"],
    ["karpenter_newer_version", "karpenter-newer-version", "1.16.0"],
  ])("%s fails until it is acknowledged", (name, id, karpenter_version) => {
    const [{ condition }] = check[name].assert;
    const passes = (acknowledge_warnings: object) =>
      evaluate(condition, {
        var: { karpenter_version, allow_newer_karpenter_version: true, acknowledge_warnings },
        local: { karpenter_minor: Number(karpenter_version.split(".")[1]) },
      });
    expect([passes({}), passes({ "karpenter-one-subnet": REASON }), passes({ [id]: REASON })]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
