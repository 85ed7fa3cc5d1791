import { Construct } from "constructs";
import { ITerraformDependable, Token } from "cdktf";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import * as kubernetesRules from "../inputs/catalog/kubernetes";
import { Problems, reportAtSynth } from "../inputs/problems";

/** Properties of {@link SmokeTest}. */
export interface SmokeTestProps {
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
  /** @default "default" */
  readonly namespace?: string;
  /** @default "inflate" */
  readonly name?: string;
  /**
   * A pause image, for clusters without a way out.
   *
   * @default "public.ecr.aws/eks-distro/kubernetes/pause:3.7"
   */
  readonly image?: string;
  /** @default - nothing */
  readonly dependsOn?: ITerraformDependable[];
}

/** A deployment of pods that do nothing but take room on Karpenter's nodes. */
export class SmokeTest extends Construct {
  constructor(scope: Construct, id: string, props: SmokeTestProps = {}) {
    super(scope, id);
    reportAtSynth(this, props, (problems) => checkSmokeTest(problems, props));
    const name = props.name ?? "inflate";
    const labels = { app: name };
    new DeploymentV1(this, "Resource", {
      metadata: { name, namespace: props.namespace ?? "default", labels },
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
  }
}

/** Holds the properties of a {@link SmokeTest} against their rules. */
export function checkSmokeTest(problems: Problems, props: SmokeTestProps): void {
  problems.check("namespace", props.namespace, kubernetesRules.namespace);
  const { replicas } = props;
  if (replicas !== undefined && !Token.isUnresolved(replicas) && !(Number.isInteger(replicas) && replicas >= 0)) {
    problems.add(`"replicas" is ${replicas}, but must be a whole number from 0; take 0 for no pods`);
  }
}
