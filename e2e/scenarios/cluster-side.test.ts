/**
 * The cluster side from the published modules: real Terraform, Helm and charts against a real API server. No controller
 * runs; one-apply.test.ts has one, and nodes.
 */
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { parse } from "yaml";

import { karpenterCharts } from "../cloud/charts";
import { ControlPlane } from "../cloud/control-plane";
import { addFargateNodes, setFargateProfiles } from "../cloud/fargate";
import type { KubeObject } from "../cloud/kube-client";
import { Kwok } from "../cloud/kwok";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules } from "../support/account";

const OLD_ROLE = { rolearn: "arn:aws:iam::123456789012:role/old-nodes", username: "old", groups: ["system:nodes"] };
const NODE_ROLE = {
  rolearn: "arn:aws:iam::123456789012:role/prod-karpenter-node",
  username: "system:node:{{EC2PrivateDNSName}}",
  groups: ["system:bootstrappers", "system:nodes"],
};
const CRDS = [
  "capacitybuffers.autoscaling.x-k8s.io",
  "ec2nodeclasses.karpenter.k8s.aws",
  "nodeclaims.karpenter.sh",
  "nodeoverlays.karpenter.sh",
  "nodepools.karpenter.sh",
];

const AWS_AUTH = { apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: "aws-auth" } as const;
/** A node that no controller is there to end. */
const NODE_CLAIM = {
  apiVersion: "karpenter.sh/v1",
  kind: "NodeClaim",
  metadata: { name: "left-behind" },
  spec: {
    nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "general" },
    requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
  },
};

describe("the cluster side", () => {
  let kube: ControlPlane;
  let kwok: Kwok;
  let folder: string;
  let terraform: Terraform;
  let variables: Record<string, unknown>;

  const get = (apiVersion: string, kind: string, name: string, namespace?: string): Promise<KubeObject> =>
    kube.get({ apiVersion, kind, name, namespace });
  const nodePool = (name: string): Promise<KubeObject> => get("karpenter.sh/v1", "NodePool", name);
  const nodeClass = (name: string): Promise<KubeObject> => get("karpenter.k8s.aws/v1", "EC2NodeClass", name);
  const definition = (name: string): Promise<KubeObject> =>
    get("apiextensions.k8s.io/v1", "CustomResourceDefinition", name);
  const definitions = (): Promise<KubeObject[]> =>
    kube.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
  const awsAuth = (): Promise<KubeObject> => kube.get(AWS_AUTH);
  const controller = (): Promise<KubeObject> => get("apps/v1", "Deployment", "karpenter", "karpenter");

  beforeAll(async () => {
    kube = await ControlPlane.start();
    kwok = await Kwok.start(kube);
    await addFargateNodes(kube);
    await setFargateProfiles(kube, [
      {
        fargateProfileName: "karpenter",
        selectors: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
      },
    ]);
    const charts = await karpenterCharts("1.14.0");
    // Someone has installed the CRDs by hand, and EKS has made the ConfigMap.
    await applyCrds(kube, charts.karpenter);
    await kube.apply({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "aws-auth", namespace: "kube-system" },
      data: { mapRoles: JSON.stringify([OLD_ROLE]), mapUsers: "[]" },
    });
    folder = await mkdtemp(join(tmpdir(), "karpenter-scenario-"));
    await copyModules(join(folder, "karpenter"));
    await cp(join(__dirname, "fixtures/cluster-side/main.tf"), join(folder, "main.tf"));
    terraform = await Terraform.in({ folder, mirrors: await standInMirrors() });
    await terraform.init();
    variables = {
      kubeconfig: kube.kubeconfig,
      charts: dirname(charts.karpenter),
      karpenter_version: "1.14.0",
      map_roles: [OLD_ROLE, NODE_ROLE],
    };
  });

  afterAll(async () => {
    await terraform?.close();
    await kwok?.stop();
    await kube?.stop();
    if (folder) {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("refuses a plan that would drop a mapping it was not told of, and names it", async () => {
    const errors = await terraform.planErrors({ ...variables, map_roles: [NODE_ROLE] });
    expect(errors).toContain(OLD_ROLE.rolearn);
    expect(errors).toContain("drop_other_mappings");
  });

  it("goes from nothing to NodePools in one apply, adopting CRDs made by hand", async () => {
    await terraform.apply(variables);
    const found = await kube.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
    const adopted = found.filter((crd) => crd.metadata.labels?.["app.kubernetes.io/managed-by"] === "Helm");
    expect(adopted.map((crd) => crd.metadata.name).sort()).toEqual(CRDS);
  });

  it("runs two controllers on Fargate as they were asked for", async () => {
    const deployment = await controller();
    expect(deployment.status.readyReplicas).toBe(2);
    const { containers, dnsPolicy } = deployment.spec.template.spec;
    const environment = Object.fromEntries(
      (containers[0].env as { name: string; value?: string }[]).map(({ name, value }) => [name, value]),
    );
    expect(dnsPolicy).toBe("Default");
    expect(containers[0].image).toBe("registry.example/karpenter/controller:1.14.0");
    expect(deployment.spec.template.spec.priorityClassName).toBe("system-node-critical");
    expect(deployment.spec.template.metadata.annotations).toMatchObject({ "example.com/team": "platform" });
    expect(containers[0].resources).toEqual({
      requests: { cpu: "1", memory: "1Gi" },
      limits: { cpu: "1", memory: "1Gi" },
    });
    expect(environment).toMatchObject({
      CLUSTER_NAME: "prod",
      CLUSTER_ENDPOINT: "https://prod.example",
      INTERRUPTION_QUEUE: "prod-karpenter",
      BATCH_IDLE_DURATION: "2s",
      HTTPS_PROXY: "http://proxy.example:3128",
      NO_PROXY: expect.stringMatching(/10\.0\.0\.0\/8.*,\.internal$/) as string,
      LOG_LEVEL: "debug",
    });
    expect(environment.FEATURE_GATES).toContain("NodeRepair=true");
    expect(environment.FEATURE_GATES).toContain("SpotToSpotConsolidation=false");
  });

  it("tells the service account which role it is", async () => {
    const account = await get("v1", "ServiceAccount", "karpenter", "karpenter");
    expect(account.metadata.annotations).toMatchObject({
      "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/prod-karpenter-controller",
    });
  });

  it("writes a NodePool as it was said, and nothing that was not", async () => {
    expect((await nodePool("spot")).spec).toEqual({
      disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "30s", budgets: [{ nodes: "20%" }] },
      limits: { cpu: "1000", memory: "1000Gi" },
      weight: 10,
      template: {
        metadata: { labels: { team: "platform" } },
        spec: {
          expireAfter: "720h",
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "general" },
          requirements: [
            { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
            { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["4"] },
          ],
        },
      },
    });
    expect((await nodePool("batch")).spec.template.spec).toEqual({
      expireAfter: "24h",
      terminationGracePeriod: "10m",
      taints: [{ key: "batch", effect: "NoSchedule" }],
      requirements: [],
      nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "own-role" },
    });
  });

  it("fills instance profile, subnets and security groups of a node class in from the AWS side", async () => {
    expect((await nodeClass("general")).spec).toEqual({
      amiSelectorTerms: [{ alias: "al2023@v20260714" }],
      instanceProfile: "prod-karpenter-instance-profile",
      subnetSelectorTerms: [{ id: "subnet-0a1b2c3d" }],
      securityGroupSelectorTerms: [{ id: "sg-0a1b2c3d" }],
      tags: { team: "platform" },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: "100Gi", volumeType: "gp3", encrypted: true } },
      ],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIPv6: "disabled",
        httpPutResponseHopLimit: 2,
        httpTokens: "required",
      },
    });
  });

  it("leaves a node class with a role of its own that role, and takes the free part of its spec", async () => {
    const { spec } = await nodeClass("own-role");
    expect(spec.role).toBe("batch-nodes");
    expect(spec).not.toHaveProperty("instanceProfile");
    expect(spec.kubelet).toEqual({ maxPods: 58 });
  });

  it("maps the nodes' role and keeps what it was told to keep, users too", async () => {
    const { data } = await awsAuth();
    expect(data.mapRoles).toContain(OLD_ROLE.rolearn);
    expect(data.mapRoles).toContain(NODE_ROLE.rolearn);
    expect(data.mapUsers).toBe("[]");
  });

  it("has a smoke test that asks for nothing until it is scaled", async () => {
    const { spec } = await get("apps/v1", "Deployment", "inflate", "default");
    expect(spec.replicas).toBe(0);
    expect(spec.template.spec.containers[0].resources.requests).toEqual({ cpu: "1", memory: "1536Mi" });
  });

  it("plans nothing the second time", async () => {
    expect(await terraform.isPlanEmpty(variables)).toBe(true);
  });

  it("upgrades CRDs and controller by changing the version alone, and keeps the NodePools", async () => {
    const before = (await nodePool("spot")).metadata.uid;
    variables.charts = dirname((await karpenterCharts("1.14.3")).karpenter);
    variables.karpenter_version = "1.14.3";
    await terraform.apply(variables);
    expect((await controller()).metadata.labels?.["app.kubernetes.io/version"]).toBe("1.14.3");
    expect((await nodePool("spot")).metadata.uid).toBe(before);
    expect(await terraform.isPlanEmpty(variables)).toBe(true);
  });

  it("puts back a mapping that someone else has taken away, and then plans nothing", async () => {
    const { data: before } = await awsAuth();
    await kube.patch(AWS_AUTH, { data: { mapRoles: JSON.stringify([OLD_ROLE]) } });
    await terraform.apply(variables);
    expect((await awsAuth()).data).toEqual(before);
    expect(await terraform.isPlanEmpty(variables)).toBe(true);
  });

  it("refuses to take the controller away while a node is left, after the NodePools too", async () => {
    await kube.apply(NODE_CLAIM);
    const errors = await terraform.destroyErrors(variables);
    expect(errors).toContain("NodeClaim left-behind is still there");
    expect(await kube.list({ apiVersion: "karpenter.sh/v1", kind: "NodePool" })).toEqual([]);
    expect(await terraform.destroyErrors(variables)).toContain("NodeClaim left-behind is still there");
    expect((await controller()).metadata.deletionTimestamp).toBeUndefined();
  });

  it("leaves every role mapping after a destroy, and nothing else", async () => {
    const { data: before } = await awsAuth();
    await kube.delete({ ...NODE_CLAIM, name: NODE_CLAIM.metadata.name });
    await terraform.destroy(variables);
    expect((await awsAuth()).data).toEqual(before);
    for (const [apiVersion, kind] of [
      ["apiextensions.k8s.io/v1", "CustomResourceDefinition"],
      ["admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"],
      ["apps/v1", "Deployment"],
    ] as const) {
      expect(await kube.list({ apiVersion, kind })).toEqual([]);
    }
  });

  it("makes the ConfigMap where there is none, and leaves CRDs alone that are someone else's", async () => {
    await kube.delete(AWS_AUTH);
    const charts = await karpenterCharts("1.14.0");
    const theirs = ["nodeclaims.karpenter.sh", "nodepools.karpenter.sh"];
    await applyCrds(kube, charts.karpenter, ["karpenter.sh_nodeclaims.yaml", "karpenter.sh_nodepools.yaml"]);
    const marks = async () => Promise.all(theirs.map(async (name) => (await definition(name)).metadata.generation));
    const before = await marks();
    variables.crds = "existing";
    await terraform.apply(variables);
    expect((await awsAuth()).data.mapRoles).toContain(NODE_ROLE.rolearn);
    expect((await definitions()).map(({ metadata }) => metadata.name).sort()).toEqual(CRDS);
    expect(await marks()).toEqual(before);
    expect(await terraform.isPlanEmpty(variables)).toBe(true);
  });

  it("takes none of these CRDs along at a destroy", async () => {
    await terraform.destroy(variables);
    expect((await definitions()).map(({ metadata }) => metadata.name).sort()).toEqual(CRDS);
  });
});

/** Applies the definitions as `kubectl apply` would, without Helm knowing of them. */
async function applyCrds(kube: ControlPlane, chart: string, files?: readonly string[]): Promise<void> {
  for (const name of files ?? (await readdir(join(chart, "crds")))) {
    await kube.apply(parse(await readFile(join(chart, "crds", name), "utf8")) as KubeObject);
  }
}
