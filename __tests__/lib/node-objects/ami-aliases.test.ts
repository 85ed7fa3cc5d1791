import { amiProblems, lackOf } from "../../../lib/node-objects/ami-aliases";
import { NodePools } from "../../../lib/kubernetes/node-pools";
import { Karpenter } from "../../../lib";
import { AMI_RELEASES, NEWEST_AMI_ALIAS, SUPPORTED_KUBERNETES } from "../../../lib/versions";
import { GOOD } from "../../../e2e/bad-input/cases";
import { moduleOfPools, ownSpelling } from "../../support/module-of-pools";
import { problemsOf } from "../../support/stack";
import { variable } from "../../support/tokens";

const CLASS = "nodeClasses.default.amiAlias";
const OLD = "al2023@v20251108";

/** What both sides say of an alias with a Kubernetes. */
function told(amiAlias: string, kubernetes_version: string | null): string[] {
  const atSynth = amiProblems({
    nodePools: {},
    nodeClasses: { default: { amiAlias } },
    kubernetesVersion: kubernetes_version ?? undefined,
  });
  const { problems } = moduleOfPools({ node_classes: { default: { amiAlias } }, kubernetes_version });
  expect(problems.map(ownSpelling)).toEqual(atSynth);
  return atSynth;
}

describe("an alias whose release is known to have no AMI for the cluster's Kubernetes", () => {
  test.each([
    [
      OLD,
      "1.35",
      'must be a release that has Kubernetes 1.35, the first of which is "al2023@v20260114"; take that or a later one',
    ],
    [
      "al2023@v20260714",
      "1.37",
      'must be a release that has Kubernetes 1.37, which none up to "al2023@v20260714" has; take a later one',
    ],
    [
      "al2023@v20260319",
      "1.29",
      'must be a release that has Kubernetes 1.29, the last of which is "al2023@v20260318"; take that or an earlier one, ' +
        "or update the cluster",
    ],
    [
      "al2@v20251108",
      "1.33",
      "must be of a family with AMIs for Kubernetes 1.33, and al2 has none after 1.32; take another family, such as al2023",
    ],
    [
      "windows2025@latest",
      "1.34",
      "must be of a family with AMIs for Kubernetes 1.34, and windows2025 has none before 1.35; take another family, or " +
        "update the cluster",
    ],
    [
      "bottlerocket@v1.21.9",
      "1.31",
      'must be a release that has Kubernetes 1.31, the first of which is "bottlerocket@1.22.0"; take that or a later one',
    ],
    [
      "bottlerocket@1.28.0",
      "1.34",
      'must be a release that has Kubernetes 1.34, which none up to "bottlerocket@1.28.0" has; take a later one',
    ],
  ])("%s with %s is refused on both sides", (alias, kubernetes, answer) => {
    expect(told(alias, kubernetes)).toEqual([`"${CLASS}" is "${alias}", but ${answer}`]);
  });

  test.each([
    [OLD, "1.34"],
    ["al2023@v20260114", "1.35"],
    ["al2023@v20260715", "1.37"],
    ["al2023@v20270101", "1.36"],
    ["al2023@v20260318", "1.29"],
    ["al2023@v20240213", "1.28"],
    ["al2023@v20240213", "1.27"],
    ["al2023@latest", "1.36"],
    ["al2@v20251209", "1.32"],
    ["al2@latest", "1.32"],
    ["windows2025@latest", "1.35"],
    ["windows2022@latest", "1.36"],
    ["bottlerocket@1.22.0", "1.31"],
    ["bottlerocket@1.28.1", "1.34"],
    ["bottlerocket@latest", "1.36"],
    [OLD, null],
    ["nothing", "1.35"],
  ])("%s with %s is not", (alias, kubernetes) => {
    expect(told(alias, kubernetes)).toEqual([]);
  });

  test("is found wherever an alias can stand", () => {
    const terms = [{ id: "ami-0" }, { alias: OLD }];
    const node_classes = {
      a: { amiAlias: OLD },
      b: { amiSelectorTerms: terms },
      c: { spec: { amiSelectorTerms: terms } },
    };
    const manifests = [
      { kind: "NodePool", spec: { amiSelectorTerms: terms } },
      { kind: "EC2NodeClass", spec: { amiSelectorTerms: terms } },
      { kind: "EC2NodeClass", spec: {} },
    ];
    const paths = [
      "nodeClasses.a.amiAlias",
      "nodeClasses.b.amiSelectorTerms[1].alias",
      "nodeClasses.c.spec.amiSelectorTerms[1].alias",
      "manifests[1].spec.amiSelectorTerms[1].alias",
    ];
    const atSynth = amiProblems({
      nodePools: {},
      nodeClasses: node_classes as never,
      manifests,
      kubernetesVersion: "1.35",
    });
    const atPlan = moduleOfPools({ node_classes, manifests, kubernetes_version: "1.35" }).problems.map(ownSpelling);
    expect([atSynth, atPlan].map((said) => said.map((sentence) => sentence.split('"')[1]))).toEqual([paths, paths]);
  });

  test("is told of by Karpenter and NodePools once, and not where either is known to Terraform only", () => {
    const props = { nodeClasses: { default: { amiAlias: OLD } }, kubernetesVersion: "1.35" };
    const unknown = [
      { ...props, kubernetesVersion: variable("kubernetes") },
      { ...props, nodeClasses: { default: { amiAlias: variable("alias") } } },
    ];
    const of = (given: object) =>
      problemsOf((stack) => new Karpenter(stack, "it", { ...GOOD, nodePools: { default: {} }, ...given } as never));
    expect(of(props)).toEqual([expect.stringContaining(`"${CLASS}" is "${OLD}"`)]);
    expect(unknown.flatMap(of)).toEqual([]);
    const nodeClassDefaults = {
      role: "nodes",
      subnetSelectorTerms: [{ id: "subnet-1" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
    };
    expect(
      problemsOf((stack) => new NodePools(stack, "it", { nodePools: {}, nodeClassDefaults, ...props } as never)),
    ).toEqual([expect.stringContaining(`"${CLASS}" is "${OLD}"`)]);
  });
});

test("both sides read the tables alike, at every edge of them", () => {
  const aliases = Object.entries(AMI_RELEASES).flatMap(([family, { newest, first = {}, last = {} }]) =>
    [newest, ...Object.values(first), ...Object.values(last), "latest"]
      .filter((release) => release !== undefined)
      .flatMap((release) => [release, ...(release.startsWith("v") ? [`v${Number(release.slice(1)) + 1}`] : [])])
      .map((release) => `${family}@${release}`),
  );
  const node_classes = Object.fromEntries([...new Set(aliases)].map((amiAlias) => [amiAlias, { amiAlias }]));
  for (let minor = 27; minor <= 38; minor++) {
    const { locals } = moduleOfPools({ node_classes, kubernetes_version: `1.${minor}` });
    const lacks = locals.ami_lacks as readonly { readonly alias: string; readonly lack: string }[];
    const atPlan = new Map(lacks.map(({ alias, lack }) => [alias, lack.replaceAll("{kubernetes}", `1.${minor}`)]));
    const differing = Object.keys(node_classes).filter(
      (alias) => (atPlan.get(alias) ?? "") !== (lackOf(alias, `1.${minor}`) ?? ""),
    );
    expect(differing).toEqual([]);
  }
});

test("the release that messages and examples name has every Kubernetes that is supported", () => {
  expect(SUPPORTED_KUBERNETES).toEqual(["1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36"]);
  expect(SUPPORTED_KUBERNETES.map((kubernetes) => lackOf(NEWEST_AMI_ALIAS, kubernetes))).toEqual(
    SUPPORTED_KUBERNETES.map(() => undefined),
  );
});
