import { nodeClassSpec, olderObjects } from "../../../lib/node-objects/older-objects";
import type { NodeClass } from "../../../lib/node-objects/node-class";
import type { NodePool } from "../../../lib/node-objects/node-pool";
import type { NodePoolsProps } from "../../../lib/kubernetes/node-pools";
import { termsById } from "../../../lib/kubernetes/selector-terms";
import { render } from "../../support/stack";
import { variable, variableList, variableMap } from "../../support/tokens";

const LATEST: NodeClass = { amiAlias: "bottlerocket@latest", allowLatestAmi: true };
const KUBELET = { maxPods: 58, clusterDNS: ["10.100.0.10"] };

const objectsOf = (props: Partial<NodePoolsProps>) =>
  olderObjects({ nodePools: {}, nodeClasses: {}, karpenterVersion: "0.28.1", ...props }) ?? [];
const provisionerOf = (pool: NodePool, nodeClasses: NodePoolsProps["nodeClasses"] = { default: LATEST }) =>
  objectsOf({ nodePools: { default: pool }, nodeClasses }).find(({ kind }) => kind === "Provisioner");
const templateOf = (nodeClass: NodeClass, nodeClassDefaults?: NodePoolsProps["nodeClassDefaults"]) =>
  objectsOf({ nodeClasses: { default: nodeClass }, nodeClassDefaults })[0];

describe("a Provisioner of v1alpha5", () => {
  test("consolidates and lets nodes live 720h where nothing is said, as later APIs do by default", () => {
    expect(provisionerOf({})).toEqual({
      apiVersion: "karpenter.sh/v1alpha5",
      kind: "Provisioner",
      metadata: { name: "default" },
      spec: {
        providerRef: { name: "default" },
        consolidation: { enabled: true },
        ttlSecondsUntilExpired: 2_592_000,
      },
    });
  });

  test.each([
    ["the only class", {}, { gpu: LATEST }, "gpu"],
    ["its own choice", { nodeClass: "gpu" }, { gpu: LATEST, default: LATEST }, "gpu"],
  ])("is of %s", (_, pool, classes, name) => {
    expect(provisionerOf(pool, classes)?.spec.providerRef).toEqual({ name });
  });

  test.each<[string, NodePool, object]>([
    ["labels", { labels: { team: "a" } }, { labels: { team: "a" } }],
    ["annotations", { annotations: { "a/b": "c" } }, { annotations: { "a/b": "c" } }],
    [
      "requirements",
      { requirements: [{ key: "karpenter.k8s.aws/instance-cpu", operator: "In", values: ["4", "8"] }] },
      { requirements: [{ key: "karpenter.k8s.aws/instance-cpu", operator: "In", values: ["4", "8"] }] },
    ],
    ["taints", { taints: [{ key: "gpu", effect: "NoSchedule" }] }, { taints: [{ key: "gpu", effect: "NoSchedule" }] }],
    [
      "startupTaints",
      { startupTaints: [{ key: "cilium", effect: "NoExecute" }] },
      { startupTaints: [{ key: "cilium", effect: "NoExecute" }] },
    ],
    [
      "limits",
      { limits: { cpu: "1000", memory: "1000Gi" } },
      { limits: { resources: { cpu: "1000", memory: "1000Gi" } } },
    ],
    ["weight", { weight: 10 }, { weight: 10 }],
    ["expireAfter in seconds", { expireAfter: "1h30m5s" }, { ttlSecondsUntilExpired: 5405 }],
  ])("says %s", (_, pool, spec) => {
    expect(provisionerOf(pool)?.spec).toMatchObject(spec);
  });

  test("says nothing of expiry where nodes never expire", () => {
    expect(provisionerOf({ expireAfter: "Never" })?.spec).not.toHaveProperty("ttlSecondsUntilExpired");
  });

  test.each<[string, NodePool["disruption"], object]>([
    ["at once by default", {}, { consolidation: { enabled: true } }],
    ["at once", { consolidationPolicy: "WhenEmptyOrUnderutilized" }, { consolidation: { enabled: true } }],
    ["never", { consolidateAfter: "Never" }, {}],
    ["empty nodes never", { consolidationPolicy: "WhenEmpty", consolidateAfter: "Never" }, {}],
    ["empty nodes at once", { consolidationPolicy: "WhenEmpty" }, { ttlSecondsAfterEmpty: 0 }],
    ["empty nodes later", { consolidationPolicy: "WhenEmpty", consolidateAfter: "1m" }, { ttlSecondsAfterEmpty: 60 }],
  ])("consolidates %s", (_, disruption, rendered) => {
    const { consolidation, ttlSecondsAfterEmpty } = provisionerOf({ disruption })?.spec ?? {};
    expect(JSON.parse(JSON.stringify({ consolidation, ttlSecondsAfterEmpty }))).toEqual(rendered);
  });

  test("has the kubelet of its node class", () => {
    const classes = { default: { ...LATEST, kubelet: KUBELET } };
    expect(provisionerOf({}, classes)?.spec.kubeletConfiguration).toEqual(KUBELET);
    expect(objectsOf({ nodeClasses: classes })[0].spec).toEqual({ amiFamily: "Bottlerocket" });
  });

  test.each<[Record<string, unknown>, object]>([
    [{ ttlSecondsAfterEmpty: 30 }, { ttlSecondsAfterEmpty: 30, ttlSecondsUntilExpired: 2_592_000 }],
    [{ consolidation: { enabled: false } }, { consolidation: { enabled: false }, ttlSecondsUntilExpired: 2_592_000 }],
    [{ ttlSecondsUntilExpired: 60 }, { consolidation: { enabled: true }, ttlSecondsUntilExpired: 60 }],
  ])("takes from its free form %j what replaces a default", (spec, rendered) => {
    expect(provisionerOf({ spec })?.spec).toEqual({ providerRef: { name: "default" }, ...rendered });
  });

  test("has its free form below what is said field by field", () => {
    const spec = { weight: 1, limits: { resources: { cpu: "1", pods: "5" } }, ttlSecondsUntilExpired: 1 };
    expect(provisionerOf({ limits: { cpu: "10" }, expireAfter: "1m", spec })?.spec).toMatchObject({
      weight: 1,
      limits: { resources: { cpu: "10", pods: "5" } },
      ttlSecondsUntilExpired: 60,
    });
  });
});

describe("an AWSNodeTemplate of v1alpha1", () => {
  test("takes the newest AMI of a family by its name", () => {
    expect(templateOf(LATEST)).toEqual({
      apiVersion: "karpenter.k8s.aws/v1alpha1",
      kind: "AWSNodeTemplate",
      metadata: { name: "default" },
      spec: { amiFamily: "Bottlerocket" },
    });
  });

  test("says every field that it has as it is", () => {
    const fields: NodeClass = {
      amiFamily: "AL2",
      instanceProfile: "nodes",
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: "100Gi", volumeType: "gp3", encrypted: true } },
      ],
      context: "context",
      detailedMonitoring: true,
      metadataOptions: { httpPutResponseHopLimit: 1, httpTokens: "required" },
      tags: { "karpenter.sh/discovery": "demo" },
      userData: "#!/bin/sh",
    };
    expect(templateOf(fields).spec).toEqual(fields);
  });

  test.each<[string, NodeClass["amiSelectorTerms"], object]>([
    ["ids", [{ id: "ami-1" }, { id: "ami-2" }], { "aws-ids": "ami-1,ami-2" }],
    ["name and owner", [{ name: "my-*", owner: "self" }], { "aws::name": "my-*", "aws::owners": "self" }],
    ["tags", [{ tags: { team: "a" } }], { team: "a" }],
  ])("selects AMIs by %s", (_, amiSelectorTerms, amiSelector) => {
    expect(templateOf({ amiFamily: "AL2", amiSelectorTerms }).spec).toEqual({ amiFamily: "AL2", amiSelector });
  });

  test.each([
    ["subnetSelectorTerms", "subnetSelector"],
    ["securityGroupSelectorTerms", "securityGroupSelector"],
  ])("turns %s into %s", (terms, selector) => {
    const selected = (value: unknown) => templateOf({ ...LATEST, [terms]: value }).spec[selector];
    expect(selected([{ id: "a" }])).toEqual({ "aws-ids": "a" });
    expect(selected([{ id: "a" }, { id: "b" }])).toEqual({ "aws-ids": "a,b" });
    expect(selected([{ tags: { "karpenter.sh/discovery": "demo", zone: "a" } }])).toEqual({
      "karpenter.sh/discovery": "demo",
      zone: "a",
    });
  });

  test("gets from the AWS side what it does not say itself", () => {
    const defaults = {
      instanceProfile: "nodes",
      subnetSelectorTerms: [{ id: "subnet-1" }, { id: "subnet-2" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
    };
    const own = { securityGroupSelectorTerms: [{ tags: { team: "a" } }] };
    expect(templateOf({ ...LATEST, ...own }, defaults).spec).toEqual({
      amiFamily: "Bottlerocket",
      instanceProfile: "nodes",
      subnetSelector: { "aws-ids": "subnet-1,subnet-2" },
      securityGroupSelector: { team: "a" },
    });
  });

  test("joins ids that only Terraform knows", () => {
    const selected = (subnetSelectorTerms: unknown) =>
      render(nodeClassSpec({ subnetSelectorTerms }, "0.27.8").subnetSelector);
    expect(selected([{ id: variable("a") }, { id: "b" }])).toEqual({ "aws-ids": "${var.a},b" });
    expect(selected(termsById(variableList("ids")))).toEqual({
      "aws-ids": '${join(",", [for term in [for id in var.ids : { id = id }] : term.id])}',
    });
  });

  test("carries the tags of all classes below its own, and above both those that the controller needs to see", () => {
    const tags = { "karpenter.sh/discovery": "demo", team: "all", cost: "1" };
    const tagsOf = (own: NodeClass["tags"]) => templateOf({ ...LATEST, tags: own }, { tags }).spec.tags;
    expect(tagsOf(undefined)).toEqual(tags);
    expect(tagsOf({ team: "a", "karpenter.sh/discovery": "other" })).toEqual({ ...tags, team: "a" });
    expect(render(tagsOf(variableMap("tags")))).toBe(
      '${merge({"karpenter.sh/discovery" = "demo", "team" = "all", "cost" = "1"}, var.tags, {"karpenter.sh/discovery" = "demo"})}',
    );
  });

  test("selects what the free form says instead of the AWS side, and what is said by field instead of both", () => {
    const spec = { subnetSelector: { zone: "a" }, amiSelector: { team: "a" }, tags: { a: "1" } };
    expect(templateOf({ ...LATEST, spec }, { subnetSelectorTerms: [{ id: "subnet-1" }] }).spec).toEqual({
      amiFamily: "Bottlerocket",
      subnetSelector: { zone: "a" },
      amiSelector: { team: "a" },
      tags: { a: "1" },
    });
    const typed = { subnetSelectorTerms: [{ id: "subnet-2" }], amiSelectorTerms: [{ id: "ami-1" }] };
    expect(templateOf({ ...LATEST, ...typed, spec }, {}).spec).toMatchObject({
      subnetSelector: { "aws-ids": "subnet-2" },
      amiSelector: { "aws-ids": "ami-1" },
    });
  });
});

describe("nodeClassSpec", () => {
  const defaults = { role: "nodes", subnetSelectorTerms: [{ id: "subnet-1" }] };

  test.each(["0.32.10", "0.37.8", "1.0.8", "1.14.3", undefined])("is in terms with Karpenter %s", (version) => {
    expect(nodeClassSpec(defaults, version)).toEqual(defaults);
  });

  test("is in maps of tags with Karpenter 0.31", () => {
    expect(nodeClassSpec(defaults, "0.31.5")).toEqual({ role: "nodes", subnetSelector: { "aws-ids": "subnet-1" } });
  });
});
