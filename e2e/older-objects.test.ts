/** NodePools in the words of the APIs before v1, put to a real API server that has Karpenter's own definitions of them. */
import { Testing } from "cdktf";

import { decodeValues } from "../__tests__/lib/kubernetes/on-cluster";
import { synth, Synthesized } from "../__tests__/support/stack";
import { NodeClass } from "../lib/kubernetes/node-class";
import { NodePool } from "../lib/kubernetes/node-pool";
import { NodePools } from "../lib/kubernetes/node-pools";
import { chartFolder } from "../lib/kubernetes/packaged-chart";
import { NodeGroupKarpenter035Stack, NodelessKarpenter027Stack } from "../stacks";
import { ClusterConfig } from "../stacks/cluster-config";
import { renderChart, Rendered } from "./charts/rendered-chart";
import { karpenterCharts } from "./cloud/charts";
import { ControlPlane } from "./cloud/control-plane";
import { helm } from "./cloud/helm-cli";
import { type KubeObject } from "./cloud/kube-client";

const CLUSTER: ClusterConfig = {
  clusterName: "demo",
  region: "eu-north-1",
  accountId: "111122223333",
  partition: "aws",
  oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
};

/** A pool with every field that all of these APIs have. */
const POOL: NodePool = {
  labels: { team: "platform" },
  annotations: { "example.com/owner": "platform" },
  requirements: [
    { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
    { key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["3"] },
    { key: "karpenter.sh/capacity-type", operator: "Exists" },
  ],
  taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }],
  startupTaints: [{ key: "example.com/agent", effect: "NoExecute" }],
  expireAfter: "1h30m",
  disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "90s" },
  limits: { cpu: "1000", memory: "1000Gi" },
  weight: 10,
};

/** A node class with every field that all of these APIs have. */
const CLASS: NodeClass = {
  amiFamily: "AL2",
  amiSelectorTerms: [{ id: "ami-0a1b2c3d4e5f60001" }, { id: "ami-0a1b2c3d4e5f60002" }],
  subnetSelectorTerms: [{ id: "subnet-1" }, { id: "subnet-2" }],
  securityGroupSelectorTerms: [{ tags: { team: "platform" } }],
  blockDeviceMappings: [
    {
      deviceName: "/dev/xvda",
      ebs: {
        deleteOnTermination: true,
        encrypted: true,
        iops: 3000,
        throughput: 125,
        volumeSize: "100Gi",
        volumeType: "gp3",
      },
    },
  ],
  context: "context",
  detailedMonitoring: true,
  kubelet: { maxPods: 58, evictionHard: { "memory.available": "5%" }, systemReserved: { cpu: "100m" } },
  metadataOptions: { httpEndpoint: "enabled", httpPutResponseHopLimit: 1, httpTokens: "required" },
  tags: { team: "platform" },
  userData: "#!/bin/sh",
};

/** What Helm sends of a stack's release of NodePools. */
async function sent(stack: Synthesized, name: string): Promise<Rendered[]> {
  const { values } = stack.resource("helm_release", name);
  const roles = { karpenter_node: { name: "nodes" } };
  const known = decodeValues((values as string[])[0], { aws_iam_role: roles });
  return renderChart({
    name: "karpenter-node-pools",
    chart: chartFolder("node-pools"),
    values: [JSON.stringify(known)],
  });
}

/** What Helm sends of a pool and a node class. */
function sentOf(karpenterVersion: string, pool: NodePool, nodeClass: NodeClass): Promise<Rendered[]> {
  const stack = synth(
    (scope) =>
      new NodePools(scope, "pools", {
        karpenterVersion,
        nodePools: { default: pool },
        nodeClasses: { default: nodeClass },
        nodePoolsChart: chartFolder("node-pools"),
      }),
  );
  return sent(stack, "pools");
}

/** What Helm sends of a setup's stack. */
function sentOfSetup(stack: NodelessKarpenter027Stack | NodeGroupKarpenter035Stack): Promise<Rendered[]> {
  stack.prepareStack();
  return sent(
    new Synthesized(JSON.parse(Testing.synth(stack, true)) as Record<string, unknown>),
    "karpenter_node_pools",
  );
}

describe("the API server", () => {
  let kube: ControlPlane;

  beforeAll(async () => {
    kube = await ControlPlane.start();
  });

  afterAll(() => kube?.stop());

  async function define(version: string): Promise<void> {
    const { crds } = await karpenterCharts(version);
    await helm(["upgrade", "--install", "karpenter-crd", crds, "--namespace", "kube-system", "--wait"], {
      kubeconfig: kube.kubeconfig,
    });
  }

  /** Unknown fields are refused, so what is taken is there as it was sent. */
  async function expectTaken(objects: readonly Rendered[]): Promise<void> {
    expect(objects).toHaveLength(2);
    const kept = await kube.apply(objects as unknown as KubeObject[], { dryRun: true });
    expect(kept).toMatchObject(objects.map(({ kind, spec }) => ({ kind, spec })));
  }

  describe("with the definitions of 0.32", () => {
    beforeAll(() => define("0.32.1"));

    it("takes the Provisioner and the AWSNodeTemplate of the nodeless setup", async () => {
      await expectTaken(await sentOfSetup(new NodelessKarpenter027Stack(Testing.app(), "setup", CLUSTER)));
    });

    it("takes every field of a Provisioner and an AWSNodeTemplate", async () => {
      const objects = await sentOf("0.31.5", POOL, { ...CLASS, instanceProfile: "nodes" });
      expect(objects.map(({ kind }) => kind).sort()).toEqual(["AWSNodeTemplate", "Provisioner"]);
      await expectTaken(objects);
    });

    it("takes every field of a NodePool and an EC2NodeClass", async () => {
      await expectTaken(await sentOf("0.32.1", POOL, { ...CLASS, role: "nodes" }));
    });

    it("refuses what the API has no field for", async () => {
      const objects = await sentOf("0.31.5", { ...POOL, spec: { terminationGracePeriod: "1h" } }, CLASS);
      await expect(expectTaken(objects)).rejects.toThrow(/terminationGracePeriod.*field not declared in schema/);
    });
  });

  describe("with the definitions of 0.35", () => {
    beforeAll(() => define("0.35.0"));

    it.each([undefined, "WhenEmpty"] as const)(
      "takes the setup on existing nodes, with the policy %s",
      async (policy) => {
        await expectTaken(
          await sentOfSetup(
            new NodeGroupKarpenter035Stack(Testing.app(), "setup", {
              ...CLUSTER,
              otherRoles: [],
              consolidationPolicy: policy,
            }),
          ),
        );
      },
    );

    it("takes every field of a NodePool and an EC2NodeClass", async () => {
      await expectTaken(
        await sentOf(
          "0.35.0",
          {
            ...POOL,
            requirements: [{ key: "karpenter.k8s.aws/instance-family", operator: "Exists", minValues: 2 }],
            disruption: {
              consolidateAfter: "Never",
              budgets: [{ nodes: "10%" }, { nodes: "0", schedule: "@daily", duration: "8h" }],
            },
          },
          {
            ...CLASS,
            amiFamily: "AL2023",
            amiSelectorTerms: [{ name: "my-*", owner: "self" }, { tags: { team: "platform" } }],
            securityGroupSelectorTerms: [{ name: "nodes" }, { id: "sg-1" }],
            instanceProfile: "nodes",
            associatePublicIPAddress: false,
            instanceStorePolicy: "RAID0",
          },
        ),
      );
    });

    it("knows Provisioners no more", async () => {
      await expect(kube.apply((await sentOf("0.31.5", POOL, CLASS)) as never, { dryRun: true })).rejects.toThrow();
    });
  });
});
