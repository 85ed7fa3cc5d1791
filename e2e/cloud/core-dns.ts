/** CoreDNS as the EKS add-on has it, as far as it matters where its pods can run. */
import type { KubeObject } from "./kube-client";

export const CORE_DNS = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  namespace: "kube-system",
  name: "coredns",
} as const;

/** The Deployment for the add-on's configuration, which is JSON. Unless that says Fargate, its pods stay away from it. */
export function coreDns(configurationValues = "{}"): KubeObject {
  const { computeType } = JSON.parse(configurationValues) as { computeType?: string };
  const labels = { "eks.amazonaws.com/component": "coredns", "k8s-app": "kube-dns" };
  const staysOnEc2 = computeType?.toLowerCase() === "fargate" ? {} : { "eks.amazonaws.com/compute-type": "ec2" };
  return {
    apiVersion: CORE_DNS.apiVersion,
    kind: CORE_DNS.kind,
    metadata: { name: CORE_DNS.name, namespace: CORE_DNS.namespace, labels },
    spec: {
      replicas: 2,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: staysOnEc2 },
        spec: {
          priorityClassName: "system-cluster-critical",
          dnsPolicy: "Default",
          tolerations: [
            { key: "CriticalAddonsOnly", operator: "Exists" },
            { key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" },
          ],
          containers: [
            {
              name: "coredns",
              image: "602401143452.dkr.ecr.eu-north-1.amazonaws.com/eks/coredns:v1.11.4-eksbuild.2",
              resources: { requests: { cpu: "100m", memory: "70Mi" }, limits: { memory: "170Mi" } },
            },
          ],
        },
      },
    },
  };
}
