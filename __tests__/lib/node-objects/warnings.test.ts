import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import type { KarpenterProps } from "../../../lib";
import { Karpenter } from "../../../lib";
import { WARNING_IDS } from "../../../lib";
import type { NodeClass } from "../../../lib/node-objects/node-class";
import type { NodePool, Requirement } from "../../../lib/node-objects/node-pool";
import { NodePools } from "../../../lib/kubernetes/node-pools";
import { installationWarnings } from "../../../lib/node-objects/installation-warnings";
import { nodeWarnings } from "../../../lib/node-objects/warnings";
import { GOOD } from "../../../e2e/bad-input/cases";
import { readableStack } from "../../support/stack";
import { variable, variableFlag } from "../../support/tokens";
import {
  ALIAS,
  CLASSES,
  IMPOSSIBLE,
  LIMITS,
  need,
  POOLS,
  POSSIBLE,
  requires,
  RIGHT,
  threeWays,
  TOKEN,
  TYPE,
} from "../../support/warned-objects";

const ofPool = (pool: NodePool, nodeClass: NodeClass = { amiAlias: ALIAS }) =>
  nodeWarnings({ nodePools: { default: { ...RIGHT, ...pool } }, nodeClasses: { default: nodeClass } });
const ofClass = (nodeClass: NodeClass) => nodeWarnings({ nodePools: {}, nodeClasses: { default: nodeClass } });
const ids = (warnings: ReturnType<typeof nodeWarnings>) => warnings.map(({ id }) => id);

describe("a NodePool", () => {
  test.each<[NodePool, boolean]>([
    [{ limits: undefined }, true],
    [{ limits: LIMITS }, false],
    [{ limits: undefined, replicas: 3 }, false],
    [{ limits: undefined, spec: { limits: LIMITS } }, false],
    [{ limits: undefined, spec: variableFlag("spec") as never }, false],
  ])("without limits is warned of: %j %p", (pool, warned) => {
    expect(ids(ofPool(pool))).toEqual(warned ? ["karpenter-no-limits"] : []);
  });

  test.each<[NodePool, boolean]>([
    [{ disruption: { consolidateAfter: "1m" } }, true],
    [{ disruption: { consolidationPolicy: "WhenEmpty" } }, true],
    [{ disruption: { consolidateAfter: "Never" } }, false],
    [{ disruption: { consolidateAfter: "1m", budgets: [{ nodes: "1" }] } }, false],
    [{}, false],
  ])("that consolidates without a budget is warned of: %j %p", (pool, warned) => {
    expect(ids(ofPool(pool))).toEqual(warned ? ["karpenter-no-budget"] : []);
  });
});

describe("requirements that no instance type can meet", () => {
  test.each(IMPOSSIBLE)("are named as a pair: %j and %j", (first, second) => {
    const [warning, ...others] = ofPool({ requirements: [first, second] });
    expect(others).toEqual([]);
    expect(warning.id).toBe("karpenter-impossible-requirements");
    expect(warning.text).toContain('"nodePools.default.requirements[0]" (a ');
    expect(warning.text).toContain('and "nodePools.default.requirements[1]" (a ');
  });

  test.each(POSSIBLE)("are not seen in %j and %j", (first, second) => {
    expect(ofPool({ requirements: [first, second] })).toEqual([]);
  });

  test("may be a label and a requirement", () => {
    const [{ text }] = ofPool({ labels: { a: "x" }, requirements: [need("NotIn", "x")] });
    expect(text).toContain('"nodePools.default.labels" (a In x) and "nodePools.default.requirements[0]" (a NotIn x)');
  });

  const arch = (...values: string[]): Requirement => ({ key: "kubernetes.io/arch", operator: "In", values });
  const os = (...values: string[]): Requirement => ({ key: "kubernetes.io/os", operator: "In", values });
  test.each<[string, Requirement, NodeClass, boolean]>([
    ["arm64 with Windows", arch("arm64"), { amiAlias: "windows2022@latest" }, true],
    ["arm64 or amd64 with Windows", arch("arm64", "amd64"), { amiAlias: "windows2022@latest" }, false],
    [
      "Linux with Windows by family",
      os("linux"),
      { amiFamily: "Windows2022", amiSelectorTerms: [{ id: "ami-0" }] },
      true,
    ],
    ["Windows with a Linux family", os("windows"), { amiAlias: ALIAS }, true],
    [
      "Windows with AMIs of one's own",
      os("windows"),
      { amiFamily: "Custom", amiSelectorTerms: [{ id: "ami-0" }] },
      false,
    ],
    ["arm64 with Linux", arch("arm64"), { amiAlias: ALIAS }, false],
  ])("may be those of the AMIs: %s", (_, requirement, nodeClass, warned) => {
    expect(ids(ofPool({ requirements: [requirement] }, nodeClass))).toEqual(
      warned ? ["karpenter-impossible-requirements"] : [],
    );
  });

  test.each<[Requirement, boolean]>([
    [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["Spot"] }, true],
    [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot", "other"] }, false],
    [arch("x86_64"), true],
    [need("In", "anything"), false],
  ])("may be one that names nothing known: %j %p", (requirement, warned) => {
    expect(ids(ofPool({ requirements: [requirement] }))).toEqual(warned ? ["karpenter-impossible-requirements"] : []);
  });
});

describe("a node class", () => {
  test.each<[string, NodeClass, readonly string[]]>([
    ["of the latest AMI", { amiAlias: "al2023@latest", allowLatestAmi: true }, ["karpenter-latest-ami"]],
    [
      "of the latest AMI by a term",
      { amiSelectorTerms: [{ alias: "bottlerocket@latest" }], allowLatestAmi: true },
      ["karpenter-latest-ami"],
    ],
    ["that is refused for it", { amiAlias: "al2023@latest" }, []],
    ["of Windows, which has no other", { amiAlias: "windows2022@latest", allowLatestAmi: true }, []],
    ["with two hops", { amiAlias: ALIAS, metadataOptions: { httpPutResponseHopLimit: 2 } }, ["karpenter-hop-limit"]],
    ["with one hop", { amiAlias: ALIAS, metadataOptions: { httpPutResponseHopLimit: 1 } }, []],
    ["without session tokens", { amiAlias: ALIAS, metadataOptions: { httpTokens: "optional" } }, ["karpenter-imds-v1"]],
    ["that says nothing of it", { amiAlias: ALIAS }, []],
  ])("%s", (_, nodeClass, expected) => {
    expect(ids(ofClass(nodeClass))).toEqual(expected);
  });
});

describe.each([
  ["NodePool", RIGHT, POOLS],
  ["EC2NodeClass", {}, CLASSES],
] as const)("a %s, said typed, in its spec and as a manifest,", (kind, base, table) => {
  test.each(table)("is warned of with %s where that is so, and not beside it", (id, wrong, right) => {
    const verdicts = (objects: readonly object[]) =>
      objects.map((of) => [
        of,
        threeWays(kind, { ...base, ...of }).map((given) => ids(nodeWarnings(given as never)).includes(id as never)),
      ]);
    expect(verdicts(wrong)).toEqual(wrong.map((of) => [of, [true, true, true]]));
    expect(verdicts(right)).toEqual(right.map((of) => [of, [false, false, false]]));
  });
});

test("a release that lacks some Kubernetes is warned of only while nothing is said of the cluster", () => {
  const of = (given: object) =>
    ids(nodeWarnings({ nodePools: {}, nodeClasses: { a: { amiAlias: "al2023@v20251108" } }, ...given }));
  expect(of({})).toEqual(["karpenter-ami-release"]);
  expect(of({ kubernetesVersion: "1.34" })).toEqual([]);
  expect(of({ kubernetesVersion: variable("kubernetes") })).toEqual([]);
  // Karpenter 1.6 runs on nothing newer than that release has.
  expect(of({ karpenterVersion: "1.6.8" })).toEqual([]);
});

test("pools without a grace period are warned of in one message", () => {
  const found = nodeWarnings({
    nodePools: { a: { limits: LIMITS }, b: { limits: LIMITS }, c: RIGHT },
    nodeClasses: {},
  });
  expect(found.map(({ text }) => text)).toEqual([expect.stringMatching(/^"nodePools.a", "nodePools.b": no /)]);
  expect(nodeWarnings({ nodePools: { a: { limits: LIMITS } }, nodeClasses: {}, karpenterVersion: "0.37.8" })).toEqual(
    [],
  );
});

describe("objects and settings together", () => {
  const eni = { labels: { "k8s.amazonaws.com/eniConfig": "eu-north-1a" } };
  const zone = (value: unknown) => ({ requirements: [requires("topology.kubernetes.io/zone", value)] });
  const pools = (...given: object[]) => ({ nodePools: Object.fromEntries(given.map((pool, at) => [`p${at}`, pool])) });
  test.each<[string, object, readonly string[]]>([
    [
      "a zone of another region",
      { region: "eu-north-1", ...pools(zone("eu-west-1a")) },
      ["karpenter-impossible-requirements"],
    ],
    [
      "a zone of another region by the OIDC provider",
      { ...GOOD, ...pools(zone("eu-west-1a")) },
      ["karpenter-impossible-requirements"],
    ],
    ["a zone of the region", { ...GOOD, ...pools(zone("eu-north-1b"), zone("eu-north-1-hel-1a")) }, []],
    ["a zone that only Terraform knows", { ...GOOD, ...pools(zone(TOKEN)) }, []],
    ["a region that only Terraform knows", { ...GOOD, region: TOKEN, ...pools(zone("eu-west-1a")) }, []],
    ["an ENIConfig with settings that only Terraform knows", { settings: variableFlag("x"), ...pools(eni) }, []],
    [
      "an ENIConfig with maxPods in the pool, before v1",
      { karpenterVersion: "0.37.8", ...pools({ ...eni, spec: { template: { spec: { kubelet: { maxPods: 58 } } } } }) },
      [],
    ],
    [
      "an ENIConfig with maxPods in the Provisioner",
      { karpenterVersion: "0.31.5", ...pools({ ...eni, spec: { kubeletConfiguration: { maxPods: 58 } } }) },
      [],
    ],
    [
      "an ENIConfig with another kubelet in the Provisioner",
      { karpenterVersion: "0.31.5", ...pools({ ...eni, spec: { kubeletConfiguration: { podsPerCore: 5 } } }) },
      ["karpenter-reserved-enis"],
    ],
  ])("%s", (_, given, expected) => {
    expect(ids(installationWarnings(given))).toEqual(expected);
  });
});

test("subnets that only Terraform knows are not warned of", () => {
  expect(installationWarnings({ subnetIds: variable("subnets") })).toEqual([]);
});

describe("warnings", () => {
  const shown = (props: Partial<KarpenterProps>): string[] => {
    const stack = readableStack();
    new Karpenter(stack, "karpenter", { ...GOOD, ...props } as unknown as KarpenterProps);
    return stack.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data)),
      );
  };

  test("are annotations of Karpenter and its NodePools, each once and with its id", () => {
    const found = shown({
      subnetIds: ["subnet-0a"],
      nodePools: { default: {} },
      nodeClasses: { default: { amiAlias: ALIAS } },
    });
    expect(found).toEqual([
      expect.stringMatching(/^"subnetIds" has one subnet: .*; give a subnet of each zone \[karpenter-one-subnet\]$/),
      expect.stringMatching(/^"nodePools.default" has no "limits": .* \[karpenter-no-limits\]$/),
      expect.stringMatching(
        /^"nodePools.default": no "terminationGracePeriod", .* \[karpenter-no-termination-grace-period\]$/,
      ),
    ]);
  });

  test("do not keep synth from its work, and are none where values are wrong", () => {
    const stack = readableStack();
    const broken = { nodePools: { a: null, b: 5, c: { requirements: [null], labels: [] } }, nodeClasses: "none" };
    new NodePools(stack, "pools", { ...broken, nodePoolsChart: "./chart" } as never);
    expect(Testing.synth(stack)).toContain("helm_release");
  });

  test("are those of docs/warnings.md", () => {
    const root = join(__dirname, "..", "..", "..");
    const inDocs = [...readFileSync(join(root, "docs/warnings.md"), "utf8").matchAll(/^\| `([a-z0-9-]+)`/gm)];
    expect(inDocs.map(([, id]) => id).sort()).toEqual([...WARNING_IDS].sort());
  });
});

describe("with a release before 1.0", () => {
  const warned = (karpenterVersion: string, nodePools: object, nodeClasses: object = {}, manifests: object[] = []) =>
    nodeWarnings({ karpenterVersion, nodePools, nodeClasses, manifests } as never);
  const pool = (spec: object) => ({ default: { spec } });
  const latest = { default: { amiAlias: "al2@latest", allowLatestAmi: true } };
  const byName = { default: { amiFamily: "AL2", amiSelectorTerms: [{ name: "amazon-eks-node-*" }] } };

  test("a pool is read where its API says a thing", () => {
    expect(warned("0.31.5", pool({ limits: { resources: { cpu: "10" } } }))).toEqual([]);
    expect(warned("0.31.5", pool({ limits: { resources: { CPU: "10" } } }))).toEqual([
      expect.objectContaining({ text: expect.stringContaining('"nodePools.default.spec.limits.resources.CPU"') }),
    ]);
    const spec = { limits: { resources: { cpu: "10" } }, requirements: [requires(TYPE, "m5large")] };
    expect(warned("0.32.10", {}, {}, [{ kind: "Provisioner", spec }])).toEqual([
      expect.objectContaining({ text: expect.stringContaining('"manifests[0].spec.requirements[0]"') }),
    ]);
  });

  test("no budgets are asked for that it does not know", () => {
    const consolidated = { default: { limits: LIMITS, disruption: { consolidationPolicy: "WhenEmpty" } } };
    expect(ids(warned("0.33.12", consolidated))).toEqual([]);
    expect(ids(warned("0.34.13", consolidated))).toEqual(["karpenter-no-budget"]);
  });

  test("no alias with a release is advised", () => {
    const texts = [...warned("0.37.8", {}, latest), ...warned("0.37.8", {}, byName)].map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect(texts.filter((text) => text.includes("al2023@"))).toEqual([]);
  });
});
