/** The constructs of an installation, read without Terraform. */
import { TerraformStack } from "cdktf";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { RootConstruct } from "constructs";
import { knownEnvironment } from "../../lib/inputs/catalog/environment-rules";
import { chartVersion } from "../../lib/kubernetes/karpenter-charts";
import type { NodePoolsProps } from "../../lib/kubernetes/node-pools";
import { NodePools } from "../../lib/kubernetes/node-pools";
import type { Fields } from "../../lib/terraform/known-values";
import { without } from "../../lib/terraform/known-values";
import type { ClusterConfig } from "../../stacks/cluster-config";
import { stackId } from "../../stacks/cluster-config";
import { withoutCreationTraces } from "../../stacks/creation-traces";
import { KarpenterStack } from "../../stacks/karpenter-stack";
import { gitopsMetadata } from "./gitops-metadata";
import { KnownAttributes } from "./known-attributes";
import type { RenderInput } from "./render-input";

/** What an apply would give to Helm, and what is wrong with it. */
export interface Installation {
  /** The namespace of the controller and of the release of the objects. */
  readonly namespace: string;
  /** Values of the chart of the objects; undefined where there are none. */
  readonly objects?: Fields;
  /** Values of the `karpenter` chart; undefined without a cluster. */
  readonly controller?: Fields;
  /** What a GitOps controller needs to know; undefined without a cluster. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Makes the constructs of the input and reads what they say. */
export function installationOf(input: RenderInput): Installation {
  return withoutCreationTraces(() =>
    input.isOfCluster ? ofCluster(input.inputs as unknown as ClusterConfig) : ofNodePools(input.inputs),
  );
}

function ofNodePools(inputs: Fields): Installation {
  const stack = new TerraformStack(new RootConstruct(), "node-pools");
  new HelmProvider(stack, "helm");
  const props = { nodePools: {}, nodeClasses: {}, ...inputs } as unknown as NodePoolsProps;
  const { values } = new NodePools(stack, "node-pools", props);
  const namespace = inputs.namespace ?? "karpenter";
  return { namespace: String(namespace), objects: isEmpty(inputs) ? undefined : values, ...said(stack) };
}

/** Whether nothing is said that an object would be made of. */
function isEmpty(inputs: Fields): boolean {
  const objects = ["nodePools", "nodeClasses", "nodeOverlays", "capacityBuffers", "manifests"];
  return objects.every((name) => Object.keys(inputs[name] ?? {}).length === 0);
}

function ofCluster(cluster: ClusterConfig): Installation {
  const environment = knownEnvironment(cluster);
  // Where the state is kept is nothing to render, and objects are made whoever applies them.
  const props = without({ ...cluster }, "backend", "createNodePools") as ClusterConfig;
  const stack = new KarpenterStack(new RootConstruct(), stackId(cluster), props);
  const about = said(stack);
  const { karpenter } = stack;
  const namespace = cluster.namespace ?? "karpenter";
  if (about.problems.length > 0) {
    return { namespace, ...about };
  }
  const known = new KnownAttributes(stack, environment);
  const controller = known.fill(karpenter.helmValues) as Fields;
  const text = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : String(known.fill(value));
  const { name: serviceAccountName } = controller.serviceAccount as { readonly name: string };
  const installation = {
    namespace,
    objects: karpenter.nodePools === undefined ? undefined : (known.fill(karpenter.nodePools.values) as Fields),
    controller,
    metadata: gitopsMetadata({
      clusterName: cluster.clusterName,
      clusterEndpoint: cluster.clusterEndpoint,
      region: cluster.region,
      accountId: typeof environment.accountId === "string" ? environment.accountId : undefined,
      namespace,
      serviceAccountName,
      chartVersion: chartVersion(cluster),
      controllerRoleArn: String(known.fill(karpenter.controllerRoleArn)),
      nodeRoleName: String(known.fill(karpenter.nodeRole.roleName)),
      instanceProfileName: text(karpenter.nodeRole.instanceProfileName),
      interruptionQueueName: text(karpenter.interruptionQueueName),
    }),
  };
  const problems = known.unknown.map(
    (address) =>
      `"${address}" is known to Terraform alone, but must be known here; give what it follows from ` +
      `("accountId" and "partition" for ARNs), or take the outputs of the stack`,
  );
  return { ...installation, ...about, problems };
}

/** What the constructs say of their properties. */
function said(stack: TerraformStack): Pick<Installation, "problems" | "warnings"> {
  const all = stack.node.findAll();
  const warnings = all.flatMap(({ node }) => node.metadata.filter(({ type }) => type === "@cdktf/warn"));
  return {
    problems: [...new Set(all.flatMap(({ node }) => node.validate()))],
    warnings: warnings.map(({ data }) => String(data)),
  };
}
