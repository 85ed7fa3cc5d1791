import { olderObjects } from "../../../lib/node-objects/older-objects";
import type { NodeClass } from "../../../lib/node-objects/node-class";
import type { NodePool } from "../../../lib/node-objects/node-pool";
import type { NodePoolsProps } from "../../../lib/kubernetes/node-pools";
import { variable } from "../../support/tokens";

const LATEST: NodeClass = { amiAlias: "al2@latest", allowLatestAmi: true };
const KUBELET = { maxPods: 58, systemReserved: { cpu: "100m" } };

const objectsOf = (props: Partial<NodePoolsProps>) =>
  olderObjects({ nodePools: {}, nodeClasses: {}, karpenterVersion: "0.35.0", ...props }) ?? [];
const poolOf = (pool: NodePool, nodeClasses: NodePoolsProps["nodeClasses"] = { default: LATEST }) =>
  objectsOf({ nodePools: { default: pool }, nodeClasses }).find(({ kind }) => kind === "NodePool");
const classOf = (nodeClass: NodeClass, nodeClassDefaults?: NodePoolsProps["nodeClassDefaults"]) =>
  objectsOf({ nodeClasses: { default: nodeClass }, nodeClassDefaults })[0];

describe("a NodePool of v1beta1", () => {
  test("refers to its node class as that API does, and leaves all else to it", () => {
    expect(poolOf({})).toEqual({
      apiVersion: "karpenter.sh/v1beta1",
      kind: "NodePool",
      metadata: { name: "default" },
      spec: {
        template: {
          spec: {
            nodeClassRef: { apiVersion: "karpenter.k8s.aws/v1beta1", kind: "EC2NodeClass", name: "default" },
            requirements: [],
          },
        },
      },
    });
  });

  test.each([
    ["the only class", {}, { gpu: LATEST }, "gpu"],
    ["the one named default of several", {}, { gpu: LATEST, default: LATEST }, "default"],
    ["its own choice", { nodeClass: "gpu" }, { gpu: LATEST, default: LATEST }, "gpu"],
  ])("is of %s", (_, pool, classes, name) => {
    expect(poolOf(pool, classes)?.spec).toMatchObject({ template: { spec: { nodeClassRef: { name } } } });
  });

  test.each<[string, NodePool, object]>([
    ["labels", { labels: { team: "a" } }, { template: { metadata: { labels: { team: "a" } } } }],
    ["annotations", { annotations: { "a/b": "c" } }, { template: { metadata: { annotations: { "a/b": "c" } } } }],
    [
      "requirements",
      { requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["amd64"], minValues: 1 }] },
      {
        template: {
          spec: { requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["amd64"], minValues: 1 }] },
        },
      },
    ],
    [
      "taints",
      { taints: [{ key: "gpu", effect: "NoSchedule" }] },
      { template: { spec: { taints: [{ key: "gpu", effect: "NoSchedule" }] } } },
    ],
    [
      "startupTaints",
      { startupTaints: [{ key: "cilium", value: "true", effect: "NoExecute" }] },
      { template: { spec: { startupTaints: [{ key: "cilium", value: "true", effect: "NoExecute" }] } } },
    ],
    ["limits", { limits: { cpu: "1000", memory: "1000Gi" } }, { limits: { cpu: "1000", memory: "1000Gi" } }],
    ["weight", { weight: 10 }, { weight: 10 }],
    ["expireAfter", { expireAfter: "720h" }, { disruption: { expireAfter: "720h" } }],
    ["an endless life", { expireAfter: "Never" }, { disruption: { expireAfter: "Never" } }],
    ["budgets", { disruption: { budgets: [{ nodes: "0" }] } }, { disruption: { budgets: [{ nodes: "0" }] } }],
  ])("says %s", (_, pool, spec) => {
    expect(poolOf(pool)?.spec).toMatchObject(spec);
  });

  test.each<[string, NodePool["disruption"], object]>([
    ["WhenUnderutilized", {}, { consolidationPolicy: "WhenUnderutilized" }],
    [
      "WhenUnderutilized for the word of v1",
      { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "0s" },
      { consolidationPolicy: "WhenUnderutilized" },
    ],
    ["Never", { consolidateAfter: "Never" }, { consolidationPolicy: "WhenUnderutilized", consolidateAfter: "Never" }],
    [
      "WhenEmpty after a while",
      { consolidationPolicy: "WhenEmpty", consolidateAfter: "30s" },
      { consolidationPolicy: "WhenEmpty", consolidateAfter: "30s" },
    ],
    [
      "WhenEmpty at once, which has to be said",
      { consolidationPolicy: "WhenEmpty" },
      { consolidationPolicy: "WhenEmpty", consolidateAfter: "0s" },
    ],
  ])("consolidates %s", (_, disruption, rendered) => {
    expect(poolOf({ disruption })?.spec.disruption).toEqual(rendered);
  });

  test("has the kubelet of its node class", () => {
    const classes = { default: { ...LATEST, kubelet: KUBELET } };
    expect(poolOf({}, classes)?.spec).toMatchObject({ template: { spec: { kubelet: KUBELET } } });
    expect(objectsOf({ nodeClasses: classes })[0].spec).toEqual({ amiFamily: "AL2" });
  });

  test("has its free form below what is said field by field", () => {
    const spec = { weight: 1, template: { spec: { resources: {}, taints: [] } }, limits: { cpu: "1", pods: "5" } };
    expect(poolOf({ limits: { cpu: "10" }, spec })?.spec).toMatchObject({
      weight: 1,
      limits: { cpu: "10", pods: "5" },
      template: { spec: { resources: {}, taints: [], nodeClassRef: { name: "default" } } },
    });
  });

  test("keeps what only Terraform knows", () => {
    const cpu = variable("cpu");
    expect(poolOf({ limits: { cpu } })?.spec.limits).toEqual({ cpu });
  });
});

describe("an EC2NodeClass of v1beta1", () => {
  test.each([
    ["al2", "AL2"],
    ["al2023", "AL2023"],
    ["bottlerocket", "Bottlerocket"],
    ["windows2022", "Windows2022"],
  ])("takes the newest AMI of %s by its family", (alias, amiFamily) => {
    expect(classOf({ amiAlias: `${alias}@latest`, allowLatestAmi: true })).toEqual({
      apiVersion: "karpenter.k8s.aws/v1beta1",
      kind: "EC2NodeClass",
      metadata: { name: "default" },
      spec: { amiFamily },
    });
  });

  test("says every field of its own as it is", () => {
    const fields: NodeClass = {
      amiFamily: "AL2",
      amiSelectorTerms: [{ name: "amazon-eks-node-1.29-v20240227", owner: "amazon" }],
      role: "nodes",
      subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": "demo" } }],
      securityGroupSelectorTerms: [{ id: "sg-1" }, { name: "nodes" }],
      associatePublicIPAddress: false,
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: "100Gi", volumeType: "gp3", encrypted: true } },
      ],
      context: "context",
      detailedMonitoring: true,
      instanceStorePolicy: "RAID0",
      metadataOptions: { httpPutResponseHopLimit: 1 },
      tags: { team: "a" },
      userData: "#!/bin/sh",
    };
    expect(classOf({ ...fields, context: undefined })?.spec).toEqual({ ...fields, context: undefined });
    expect(classOf(fields)?.spec).toEqual(fields);
  });

  test("gets from the AWS side what it does not say itself", () => {
    const defaults = {
      role: "nodes",
      subnetSelectorTerms: [{ id: variable("subnet") }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
    };
    expect(classOf({ ...LATEST, securityGroupSelectorTerms: [{ id: "sg-2" }] }, defaults)?.spec).toEqual({
      amiFamily: "AL2",
      ...defaults,
      securityGroupSelectorTerms: [{ id: "sg-2" }],
    });
  });

  test.each([{ role: "own" }, { instanceProfile: "own" }])("with %j takes no other identity", (identity) => {
    expect(classOf({ ...LATEST, ...identity }, { instanceProfile: "nodes" })?.spec).toEqual({
      amiFamily: "AL2",
      ...identity,
    });
  });

  test("has its free form below what is said field by field", () => {
    expect(
      classOf({ ...LATEST, tags: { a: "1" }, spec: { amiFamily: "Ubuntu", tags: { a: "0", b: "2" } } })?.spec,
    ).toEqual({
      amiFamily: "Ubuntu",
      tags: { a: "1", b: "2" },
    });
  });
});
