import { fieldProblems } from "../../../../lib/inputs/field-problems";
import { INPUTS } from "../../../../lib/inputs/catalog/inputs";

const ALPHA = "0.31.5";
const BOTH = "0.32.10";
const BETA = "0.37.8";

const problems = (input: "nodePools" | "nodeClasses" | "manifests", value: unknown, release: string) =>
  fieldProblems(input, value, INPUTS[input], release);
const ofPool = (release: string, spec: object) => problems("nodePools", { a: { spec } }, release);
const ofClass = (release: string, spec: object) => problems("nodeClasses", { a: { amiFamily: "AL2", spec } }, release);
const ofManifest = (release: string, manifest: object) => problems("manifests", [manifest], release);

const template = (spec: object) => ({ template: { spec } });
const whole = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: "a" }, spec });
const nodePool = (spec: object) => whole("karpenter.sh/v1beta1", "NodePool", spec);
const nodeClass = (spec: object) => whole("karpenter.k8s.aws/v1beta1", "EC2NodeClass", spec);
const provisioner = (spec: object) => whole("karpenter.sh/v1alpha5", "Provisioner", spec);
const nodeTemplate = (spec: object) => whole("karpenter.k8s.aws/v1alpha1", "AWSNodeTemplate", spec);

const BETA_TEMPLATE = { nodeClassRef: { name: "a" }, requirements: [] };
const BETA_POOL = template(BETA_TEMPLATE);
const BETA_CLASS = { amiFamily: "AL2" };
const ALPHA_TEMPLATE = { subnetSelector: { a: "b" }, securityGroupSelector: { "aws-ids": "sg-1,sg-2" } };

describe("the free form of a pool", () => {
  test.each<[string, string, object]>([
    ["the kubelet of v1beta1", BETA, template({ kubelet: { maxPods: 58, kubeReserved: { cpu: "100m" } } })],
    [
      "the disruption of v1beta1",
      BETA,
      { disruption: { consolidationPolicy: "WhenUnderutilized", expireAfter: "720h", budgets: [{ nodes: "1" }] } },
    ],
    [
      "the reference of v1beta1",
      BOTH,
      template({ nodeClassRef: { apiVersion: "karpenter.k8s.aws/v1beta1", kind: "EC2NodeClass", name: "a" } }),
    ],
    ["metadata of the nodes", BETA, { template: { metadata: { labels: { a: "b" }, annotations: { c: "d" } } } }],
    [
      "every field of v1alpha5",
      ALPHA,
      {
        annotations: { a: "b" },
        consolidation: { enabled: true },
        kubeletConfiguration: { maxPods: 20, containerRuntime: "containerd", kubeReserved: { cpu: 1 } },
        labels: { a: "b" },
        limits: { resources: { cpu: 1000, memory: "1000Gi" } },
        providerRef: { apiVersion: "karpenter.k8s.aws/v1alpha1", kind: "AWSNodeTemplate", name: "a" },
        requirements: [{ key: "karpenter.k8s.aws/instance-pods", operator: "Gt", values: ["20"] }],
        startupTaints: [{ key: "a", effect: "NoExecute" }],
        taints: [{ key: "a", value: "b", effect: "NoSchedule" }],
        ttlSecondsUntilExpired: 0,
        weight: 100,
      },
    ],
    ["a provider of any form", ALPHA, { provider: { subnetSelector: { a: "b" }, x: { y: [1] } } }],
    ["what goes when empty", ALPHA, { ttlSecondsAfterEmpty: 30, consolidation: { enabled: false } }],
  ])("takes %s with %s", (_, release, spec) => {
    expect(ofPool(release, spec)).toEqual([]);
  });

  test.each<[string, object, string]>([
    [BETA, { limit: { cpu: 1 } }, 'limit" is not known; did you mean "limits"?'],
    [BETA, template({ kublet: {} }), 'template.spec.kublet" is not known; did you mean "kubelet"?'],
    [
      BETA,
      template({ kubelet: { maxpods: 1 } }),
      'template.spec.kubelet.maxpods" is not known; did you mean "maxPods"?',
    ],
    [
      BETA,
      template({ kubelet: { maxPods: "1" } }),
      'template.spec.kubelet.maxPods" is "1", but must be a number with Karpenter 0.37.8; leave out the quotes',
    ],
    [
      BETA,
      template({ expireAfter: "1h" }),
      'template.spec.expireAfter" is not known here; it stands in "disruption" before Karpenter 1.0, beside "template"',
    ],
    [BETA, { expireAfter: "1h" }, 'expireAfter" is not known here; it stands in "disruption" before Karpenter 1.0'],
    [
      BETA,
      template({ nodeClassRef: { group: "karpenter.k8s.aws", name: "a" } }),
      'template.spec.nodeClassRef.group" is not known here; it is "apiVersion" before Karpenter 1.0',
    ],
    [
      BETA,
      { disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized" } },
      'disruption.consolidationPolicy" is "WhenEmptyOrUnderutilized", but must be one of "WhenEmpty", ' +
        '"WhenUnderutilized"; here it is "WhenUnderutilized"',
    ],
    [
      BETA,
      template({ terminationGracePeriod: "1h" }),
      'template.spec.terminationGracePeriod" is given, but must be left out with Karpenter 0.37.8, which does not know it',
    ],
    [
      BETA,
      { disruption: { budgets: [{ nodes: "1", reasons: ["Empty"] }] } },
      'disruption.budgets[0].reasons" is given',
    ],
    [
      "0.33.12",
      { disruption: { budgets: [] } },
      'disruption.budgets" is given, but must be left out with Karpenter 0.33.12',
    ],
    [
      "0.34.13",
      template({ requirements: [{ key: "a", operator: "Exists", minValues: 1 }] }),
      'template.spec.requirements[0].minValues" is given, but must be left out with Karpenter 0.34.13',
    ],
    [
      "0.36.9",
      template({ kubelet: { kubeReserved: { cpu: 1 } } }),
      'kubelet.kubeReserved.cpu" is 1, but must be a Kub',
    ],
    [BETA, { ttlSecondsUntilExpired: 60 }, 'ttlSecondsUntilExpired" is not known here; it is "disruption.expireAfter"'],
    [BETA, { requirements: [] }, 'requirements" is not known here; it stands in "template.spec"'],
    [ALPHA, { template: {} }, 'template" is not known here; what is in it stands right here before Karpenter 0.32'],
    [ALPHA, { limits: { cpu: "1" } }, 'limits.cpu" is not known here; it stands in "resources" before Karpenter 0.32'],
    [ALPHA, { disruption: {} }, 'disruption" is not known here; it is "consolidation" and "ttlSecondsAfterEmpty"'],
    [ALPHA, { kubelet: {} }, 'kubelet" is not known here; it is "kubeletConfiguration" before Karpenter 0.32'],
    [ALPHA, { ttlsecondsafterempty: 1 }, 'ttlsecondsafterempty" is not known; did you mean "ttlSecondsAfterEmpty"?'],
    [ALPHA, { ttlSecondsAfterEmpty: "30" }, 'ttlSecondsAfterEmpty" is "30", but must be a whole number from 0'],
    [ALPHA, { ttlSecondsUntilExpired: -1 }, 'ttlSecondsUntilExpired" is -1, but must be a whole number from 0'],
    [ALPHA, { provider: "aws" }, 'provider" is "aws", but must be a map'],
    [ALPHA, { provider: {}, providerRef: { name: "a" } }, '" has both "provider" and "providerRef", but must have one'],
    [
      ALPHA,
      { ttlSecondsAfterEmpty: 30, consolidation: { enabled: true } },
      'ttlSecondsAfterEmpty" is 30, but must be left out where "consolidation" is enabled',
    ],
  ])("with %s refuses %j", (release, spec, told) => {
    expect(ofPool(release, spec)).toEqual([expect.stringContaining(told)]);
  });
});

describe("the free form of a node class", () => {
  test.each<[string, string, object]>([
    ["a family that 1.0 dropped", BETA, { amiFamily: "Ubuntu" }],
    ["selectors of v1alpha1", ALPHA, { ...ALPHA_TEMPLATE, amiSelector: { "aws::name": "a", "aws::owners": "self" } }],
    ["a volume", ALPHA, { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: "20Gi" } }] }],
    ["metadata options", ALPHA, { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } }],
  ])("takes %s with %s", (_, release, spec) => {
    expect(ofClass(release, spec)).toEqual([]);
  });

  test("takes selectors of AMIs, or a launch template, for a family", () => {
    for (const spec of [{ amiSelector: { a: "b" } }, { launchTemplate: "own" }]) {
      expect(problems("nodeClasses", { a: { spec } }, ALPHA)).toEqual([]);
    }
    expect(problems("nodeClasses", { a: { spec: {} } }, ALPHA)).toHaveLength(1);
  });

  test.each<[string, object, string]>([
    [BETA, { kubelet: {} }, 'kubelet" is not known here; the kubelet is configured in the pool before Karpenter 1.0'],
    [BETA, { subnetSelector: { a: "b" } }, 'subnetSelector" is not known here; it is "subnetSelectorTerms" since'],
    [BETA, { amiSelectorTerms: [{ alias: "al2@v1" }] }, 'amiSelectorTerms[0].alias" is given, but must be left out'],
    [
      BETA,
      { capacityReservationSelectorTerms: [{ id: "cr-1" }] },
      'capacityReservationSelectorTerms" is given, but must be left out',
    ],
    [
      BETA,
      { tags: { "karpenter.sh/managed-by": "x" } },
      'tags" has the name "karpenter.sh/managed-by", but a name must',
    ],
    [BETA, { amiFamily: "Windows2025" }, 'amiFamily" is "Windows2025", but must be one of "AL2", "AL2023"'],
    ["0.34.13", { amiFamily: "AL2023" }, 'amiFamily" is "AL2023", but must be another with Karpenter 0.34.13'],
    [BETA, { amiFamily: "al2" }, 'amiFamily" is "al2", but must be one of "AL2"'],
    [BETA, { detailedmonitoring: true }, 'detailedmonitoring" is not known; did you mean "detailedMonitoring"?'],
    [ALPHA, { subnetSelectorTerms: [] }, 'subnetSelectorTerms" is not known here; it is "subnetSelector" before'],
    [ALPHA, { subnetSelector: { a: "" } }, "empty tag keys or values aren't supported"],
    [ALPHA, { subnetSelector: [{ id: "subnet-1" }] }, 'subnetSelector" is [{"id":"subnet-1"}], but must be a map'],
    [ALPHA, { role: "a" }, 'role" is not known here; an EC2NodeClass has it, since Karpenter 0.32: leave it out'],
    [
      ALPHA,
      { blockDeviceMappings: [{ deviceName: "a", ebs: { volumeSize: "1Gi" }, rootVolume: true }] },
      'blockDeviceMappings[0].rootVolume" is not known',
    ],
    [ALPHA, { amiFamily: "AL2023" }, 'amiFamily" is "AL2023", but must be one of "AL2", "Bottlerocket"'],
    [ALPHA, { launchTemplate: "own" }, 'amiFamily" is given beside "launchTemplate", but must be left out'],
  ])("with %s refuses %j", (release, spec, told) => {
    expect(ofClass(release, spec)).toEqual([expect.stringContaining(told)]);
  });

  test("a custom family names its AMIs before 1.0", () => {
    const custom = (more: object) => problems("nodeClasses", { a: { amiFamily: "Custom", ...more } }, BETA);
    expect(custom({})).toEqual([expect.stringContaining("amiSelectorTerms is required when amiFamily == 'Custom'")]);
    expect(custom({ spec: { amiSelectorTerms: [{ id: "ami-1" }] } })).toEqual([]);
  });
});

describe("manifests", () => {
  test.each<[string, object]>([
    [BETA, nodePool(BETA_POOL)],
    [BETA, nodePool({ ...BETA_POOL, disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "30s" } })],
    [BETA, nodePool({ ...BETA_POOL, disruption: { consolidateAfter: "Never" } })],
    [BETA, nodeClass({ ...BETA_CLASS, amiFamily: "Ubuntu", role: "nodes" })],
    [BOTH, nodePool(BETA_POOL)],
    [BOTH, nodeClass(BETA_CLASS)],
    [BOTH, provisioner({ providerRef: { name: "a" } })],
    [BOTH, nodeTemplate(ALPHA_TEMPLATE)],
    [ALPHA, provisioner({ provider: { subnetSelector: {} } })],
    [ALPHA, nodeTemplate({ subnetSelector: { a: "b" }, launchTemplate: "own" })],
  ])("with %s take %j", (release, manifest) => {
    expect(ofManifest(release, manifest)).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      BETA,
      whole("karpenter.sh/v1", "NodePool", BETA_POOL),
      'apiVersion" is "karpenter.sh/v1", but must be "karpenter.sh/v1beta1"',
    ],
    [
      ALPHA,
      nodePool(BETA_POOL),
      'kind" is "NodePool", but must be one of "Provisioner", "AWSNodeTemplate"; here it is "Provisioner"',
    ],
    [
      BETA,
      provisioner({}),
      'kind" is "Provisioner", but must be one of "NodePool", "EC2NodeClass"; here it is "NodePool"',
    ],
    [
      "1.14.3",
      nodeTemplate({}),
      'kind" is "AWSNodeTemplate", but must be one of "NodePool", "EC2NodeClass", "NodeOverlay", "CapacityBuffer", "PodTemplate"; here it is "EC2NodeClass"',
    ],
    [
      BOTH,
      whole("karpenter.sh/v1alpha1", "NodeOverlay", {}),
      'kind" is "NodeOverlay", but must be one of "Provisioner"',
    ],
    [BETA, nodePool({}), 'spec.template" is missing, but must be an object'],
    [
      BETA,
      nodePool(template({ ...BETA_TEMPLATE, nodeClassRef: {} })),
      'spec.template.spec.nodeClassRef.name" is missing',
    ],
    [
      BETA,
      nodePool({ ...BETA_POOL, disruption: { consolidateAfter: "30s" } }),
      "consolidateAfter cannot be combined with",
    ],
    [
      BETA,
      nodePool({ ...BETA_POOL, disruption: { consolidationPolicy: "WhenEmpty" } }),
      "consolidateAfter must be specified",
    ],
    [BETA, nodeClass({}), 'spec.amiFamily" is missing'],
    [BETA, nodeClass({ amiFamily: "Custom" }), "amiSelectorTerms is required when amiFamily == 'Custom'"],
    [BETA, { ...nodeClass(BETA_CLASS), status: {} }, 'status" is not known here'],
    [BOTH, provisioner({}), 'spec.providerRef" is missing, but must name the AWSNodeTemplate of the nodes'],
    [BOTH, nodeTemplate({ ...ALPHA_TEMPLATE, role: "a" }), 'spec.role" is not known here; an EC2NodeClass has it'],
    [BOTH, nodeTemplate({ subnetSelector: { a: "b" } }), 'spec.securityGroupSelector" is missing, but must say which'],
    [BOTH, nodeTemplate({ ...ALPHA_TEMPLATE, subnetSelector: undefined }), 'spec.subnetSelector" is missing'],
    [ALPHA, nodeTemplate({ ...ALPHA_TEMPLATE, amiFamily: "Custom" }), 'spec.amiSelector" is missing'],
    [ALPHA, nodeTemplate({ ...ALPHA_TEMPLATE, launchTemplate: "own" }), 'spec.securityGroupSelector" is given beside'],
  ])("with %s refuse %j", (release, manifest, told) => {
    expect(ofManifest(release, manifest)).toEqual([expect.stringContaining(told)]);
  });
});

test.each([
  ["0.33.5", 30],
  ["0.33.6", 100],
  ["0.34.0", 30],
  ["0.37.0", 30],
  ["0.37", 100],
  ["1.0.0", 100],
])("Karpenter %s takes %d requirements", (release, most) => {
  const pool = (count: number) => ({
    a: { requirements: Array.from({ length: count }, (_, index) => ({ key: `k${index}`, operator: "Exists" })) },
  });
  expect(problems("nodePools", pool(most), release)).toEqual([]);
  expect(problems("nodePools", pool(most + 1), release)).toHaveLength(1);
});

test.each([
  ["0.35.2", false],
  ["0.35.4", true],
])("a budget of Karpenter %s applies for hours and minutes: %p", (release, isTaken) => {
  const budgets = (duration: string) => ({
    a: { disruption: { budgets: [{ nodes: "1", schedule: "@daily", duration }] } },
  });
  expect(problems("nodePools", budgets("8h"), release)).toEqual([]);
  expect(problems("nodePools", budgets("8h30m"), release)).toHaveLength(isTaken ? 0 : 1);
});
