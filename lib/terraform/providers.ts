import type { Construct } from "constructs";
import type { TerraformProvider } from "cdktf";
import { TerraformDataSource, TerraformResource } from "cdktf";

/** Which AWS provider makes the resources. */
export interface AwsProviderProps {
  /**
   * The AWS provider of the cluster's account and region, for stacks that have several.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly awsProvider?: TerraformProvider;
}

/** Which Helm provider makes the releases. */
export interface HelmProviderProps {
  /**
   * The Helm provider of the cluster, for stacks that have several.
   *
   * @default - the stack's Helm provider without an alias
   */
  readonly helmProvider?: TerraformProvider;
}

/** Which Kubernetes provider makes the objects. */
export interface KubernetesProviderProps {
  /**
   * The Kubernetes provider of the cluster, for stacks that have several.
   *
   * @default - the stack's Kubernetes provider without an alias
   */
  readonly kubernetesProvider?: TerraformProvider;
}

/**
 * Gives every resource and data source of a construct the provider of its kind. The last line of a constructor: it
 * reaches whatever is below the construct by then, so that no resource can be forgotten. One that has a provider keeps it.
 */
export function useProviders(
  construct: Construct,
  props: AwsProviderProps & HelmProviderProps & KubernetesProviderProps,
): void {
  const { awsProvider: aws, helmProvider: helm, kubernetesProvider: kubernetes } = props;
  const byKind: Readonly<Record<string, TerraformProvider | undefined>> = { aws, helm, kubernetes };
  for (const node of construct.node.findAll()) {
    if (TerraformResource.isTerraformResource(node) || TerraformDataSource.isTerraformDataSource(node)) {
      node.provider ??= byKind[node.terraformGeneratorMetadata?.providerName ?? ""];
    }
  }
}
