import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { SMOKE_TEST_PROPERTIES } from "../inputs/catalog/properties";
import { checkedProps } from "../inputs/problems";
import type { KubernetesProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { mustBeUnique } from "../terraform/unique-name";

/** Properties of {@link SmokeTest}. */
export interface SmokeTestProps extends KubernetesProviderProps {
  /**
   * How many pods ask for room; scale it up to see nodes come, and down to see them go.
   *
   * @default 0
   */
  readonly replicas?: number;
  /**
   * Cpu that each pod asks for.
   *
   * @default "1"
   */
  readonly cpuPerReplica?: string;
  /**
   * Memory that each pod asks for.
   *
   * @default "1.5Gi"
   */
  readonly memoryPerReplica?: string;
  /**
   * The pods' namespace.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * The deployment's name.
   *
   * @default "inflate"
   */
  readonly name?: string;
  /**
   * The image of the pods, one that does nothing; a mirror of it for air-gapped clusters.
   *
   * @default "public.ecr.aws/eks-distro/kubernetes/pause:3.7"
   */
  readonly image?: string;
  /**
   * What must be there before the pods, such as the NodePools.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/** A deployment of pods that do nothing but take room on Karpenter's nodes. */
export class SmokeTest extends Construct {
  constructor(scope: Construct, id: string, props: SmokeTestProps = {}) {
    super(scope, id);
    props = checkedProps(this, props, SMOKE_TEST_PROPERTIES);
    const name = props.name ?? "inflate";
    const labels = { app: name };
    const namespace = props.namespace ?? "default";
    const deployment = new DeploymentV1(this, "Resource", {
      metadata: { name, namespace, labels },
      // Nodes take a minute to come: the one who scales up looks for itself.
      waitForRollout: false,
      spec: {
        replicas: String(props.replicas ?? 0),
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            terminationGracePeriodSeconds: 0,
            // Every node of Karpenter's has this label, and no other node.
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerm: [{ matchExpressions: [{ key: "karpenter.sh/nodepool", operator: "Exists" }] }],
                },
              },
            },
            container: [
              {
                name,
                image: props.image ?? "public.ecr.aws/eks-distro/kubernetes/pause:3.7",
                resources: {
                  requests: { cpu: props.cpuPerReplica ?? "1", memory: props.memoryPerReplica ?? "1.5Gi" },
                },
              },
            ],
          },
        },
      },
      dependsOn: props.dependsOn,
    });
    useProviders(this, props);
    mustBeUnique(this, deployment, {
      kind: "Deployment",
      name,
      namespace,
      remedy: 'give one of them another "name" or "namespace", or a provider of another cluster',
    });
  }
}
