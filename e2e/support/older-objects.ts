/** Pools and node classes in the words of the APIs before v1, as Helm sends them. */
import { decodeValues } from "../../__tests__/lib/kubernetes/on-cluster";
import { synth } from "../../__tests__/support/stack";
import type { NodeClass } from "../../lib/node-objects/node-class";
import type { NodePool } from "../../lib/node-objects/node-pool";
import { NodePools } from "../../lib/kubernetes/node-pools";
import { chartFolder } from "../../lib/kubernetes/packaged-chart";
import { renderChart } from "../charts/rendered-chart";
import type { KubeObject } from "../cloud/kube-client";

/** A pool with every field that all of these APIs have. */
export const POOL: NodePool = {
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
export const CLASS: NodeClass = {
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

/** What Helm sends of a pool and its node class, both named `every-field`. */
export async function sentOf(
  karpenterVersion: string,
  nodePool: NodePool,
  nodeClass: NodeClass,
): Promise<KubeObject[]> {
  const chart = chartFolder("node-pools");
  const stack = synth(
    (scope) =>
      new NodePools(scope, "pools", {
        karpenterVersion,
        nodePools: { "every-field": nodePool },
        nodeClasses: { "every-field": nodeClass },
        nodePoolsChart: chart,
      }),
  );
  const [text] = stack.resource("helm_release", "pools").values as [string];
  const values = [JSON.stringify(decodeValues(text, {}))];
  return (await renderChart({ name: "karpenter-node-pools", chart, values })) as unknown as KubeObject[];
}
