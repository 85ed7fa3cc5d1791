import type { Construct, IConstruct } from "constructs";
import type { TerraformProvider } from "cdktf";
import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";

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

/** A kind of provider as the properties name it. */
type Kind = "aws" | "helm" | "kubernetes";

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
    if (isOfProvider(node)) {
      node.provider ??= byKind[kindOf(node)];
    }
  }
  refuseWithoutDefault(construct);
}

function isOfProvider(node: IConstruct): node is TerraformResource | TerraformDataSource {
  return TerraformResource.isTerraformResource(node) || TerraformDataSource.isTerraformDataSource(node);
}

function kindOf(node: TerraformResource | TerraformDataSource): string {
  return node.terraformGeneratorMetadata?.providerName ?? "";
}

/** The constructs of each stack that have called {@link useProviders}, without those inside of another one. */
const users = new WeakMap<TerraformStack, Set<Construct>>();

/**
 * Refuses a construct that is given no provider where every provider of that kind has an alias: Terraform would make one up
 * from the environment, for whatever account, region or cluster that names.
 */
function refuseWithoutDefault(construct: Construct): void {
  const stack = TerraformStack.of(construct);
  const ofStack = users.get(stack);
  if (ofStack === undefined) {
    users.set(stack, new Set([construct]));
    stack.node.addValidation({ validate: () => [...(users.get(stack) ?? [])].flatMap(withoutDefault) });
    return;
  }
  construct.node.findAll().forEach((inner) => ofStack.delete(inner as Construct));
  ofStack.add(construct);
}

function withoutDefault(construct: Construct): string[] {
  const kinds = construct.node
    .findAll()
    .filter(isOfProvider)
    .filter(({ provider }) => provider === undefined)
    .map(kindOf);
  return (["aws", "helm", "kubernetes"] as const)
    .filter((kind) => kinds.includes(kind))
    .flatMap((kind) => problemWith(construct, kind));
}

/** The providers of a kind that a construct's stack has. */
export function providersOf(construct: Construct, kind: Kind): TerraformProvider[] {
  return TerraformStack.of(construct)
    .allProviders()
    .filter(({ terraformResourceType }) => terraformResourceType === kind);
}

function problemWith(construct: Construct, kind: Kind): string[] {
  const providers = providersOf(construct, kind);
  if (providers.length === 0 || providers.some(({ alias }) => alias === undefined)) {
    return [];
  }
  const aliases = providers.map(({ alias }) => `${kind}.${alias}`).join(", ");
  return [
    `"${kind}Provider" of "${construct.node.path}" is missing, but must be given where every ${kind} provider of the stack has an ` +
      `alias: ${aliases}; give one of them`,
  ];
}
