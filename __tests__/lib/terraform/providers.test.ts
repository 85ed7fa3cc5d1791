import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Construct } from "constructs";
import { Testing } from "cdktf";
import * as library from "../../../lib";
import { useProviders } from "../../../lib/terraform/providers";
import { ReadableStack } from "../../../lib/terraform/readable-stack";
import { POLICY_ARN, PROVIDER_ARN, ROLE_ARN } from "../../support/fixtures";
import { Synthesized } from "../../support/stack";

interface Providers {
  readonly awsProvider: AwsProvider;
  readonly helmProvider: HelmProvider;
  readonly kubernetesProvider: KubernetesProvider;
}
type Create = (scope: Construct, providers: Partial<Providers>) => Construct;

const CLUSTER = { clusterName: "demo", tags: { a: "b" } };
const NETWORK = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
const POOLS = { nodePools: { a: {} }, nodeClasses: { default: { amiAlias: "al2023@v20260714" } } };
const DISCOVERY = { discoverySubnetIds: { a: "subnet-1" }, discoverySecurityGroupIds: { a: "sg-1" } };
const OIDC = { oidcProviderArn: PROVIDER_ARN };
const NODES = { nodeRoleArns: [ROLE_ARN] };
const MORE = { additionalPolicies: { a: POLICY_ARN } };

/** Every construct of this library, with all that it can make. */
const CONSTRUCTS: Readonly<Record<string, Create>> = {
  AwsAuth: (scope, p) => new library.AwsAuth(scope, "it", { ...p, mapRoles: [] }),
  ControllerPolicy: (scope, p) => new library.ControllerPolicy(scope, "it", { ...p, ...CLUSTER, ...NODES }),
  ControllerRole: (scope, p) =>
    new library.ControllerRole(scope, "it", { ...p, ...CLUSTER, ...OIDC, ...NODES, ...MORE, region: "eu-west-1" }),
  DiscoveryTags: (scope, p) => new library.DiscoveryTags(scope, "it", { ...p, ...CLUSTER, ...DISCOVERY }),
  FargateProfile: (scope, p) => new library.FargateProfile(scope, "it", { ...p, ...CLUSTER, ...NETWORK }),
  InterruptionQueue: (scope, p) => new library.InterruptionQueue(scope, "it", { ...p, ...CLUSTER }),
  IrsaRole: (scope, p) =>
    new library.IrsaRole(scope, "it", {
      ...p,
      ...OIDC,
      roleName: "a",
      serviceAccounts: [{ namespace: "a", name: "b" }],
      policies: { a: POLICY_ARN },
    }),
  Karpenter: (scope, p) =>
    new library.Karpenter(scope, "it", {
      ...p,
      ...CLUSTER,
      ...NETWORK,
      ...POOLS,
      ...DISCOVERY,
      ...OIDC,
      nodeAdditionalPolicies: { a: POLICY_ARN },
      controllerAdditionalPolicies: { a: POLICY_ARN },
    }),
  FargateLogging: (scope, p) =>
    new library.FargateLogging(scope, "it", { ...p, region: "eu-north-1", fargateLogGroupName: "a" }),
  KarpenterCharts: (scope, p) =>
    new library.KarpenterCharts(scope, "it", { ...p, ...CLUSTER, controllerRoleArn: ROLE_ARN }),
  Monitoring: (scope, p) => new library.Monitoring(scope, "it", { ...p, prometheusRule: true }),
  SpotServiceLinkedRole: (scope, p) => new library.SpotServiceLinkedRole(scope, "it", p),
  NodeAccess: (scope, p) =>
    new library.NodeAccess(scope, "it", { ...p, ...CLUSTER, nodeRoleArn: ROLE_ARN, nodeRoleUniqueId: "A" }),
  NodePools: (scope, p) => new library.NodePools(scope, "it", { ...p, ...POOLS }),
  NodeRole: (scope, p) => new library.NodeRole(scope, "it", { ...p, ...CLUSTER, ...MORE }),
  SmokeTest: (scope, p) => new library.SmokeTest(scope, "it", p),
};

type Blocks = Readonly<Record<string, Readonly<Record<string, { readonly provider?: string }>>>>;

/** The provider of each resource and data source, by address. */
function providersIn(create: Create, isGiven: boolean): Record<string, string | undefined> {
  const stack = new ReadableStack(Testing.app(), "test");
  new AwsProvider(stack, "aws", { region: "eu-north-1" });
  new HelmProvider(stack, "helm");
  new KubernetesProvider(stack, "kubernetes");
  const others: Providers = {
    awsProvider: new AwsProvider(stack, "aws-other", { alias: "other", region: "us-east-1" }),
    helmProvider: new HelmProvider(stack, "helm-other", { alias: "other" }),
    kubernetesProvider: new KubernetesProvider(stack, "kubernetes-other", { alias: "other" }),
  };
  create(stack, isGiven ? others : {});
  const { resource, data } = new Synthesized(JSON.parse(Testing.synth(stack)) as Record<string, unknown>).json;
  return Object.fromEntries(
    [resource, data].flatMap((blocks) =>
      Object.entries((blocks ?? {}) as Blocks).flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, { provider }]) => [`${type}.${name}`, provider]),
      ),
    ),
  );
}

test("the constructs here are all that the library has", () => {
  const classes = Object.entries(library)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof Construct)
    .map(([name]) => name);
  expect(Object.keys(CONSTRUCTS).sort()).toEqual(classes.sort());
});

describe.each(Object.entries(CONSTRUCTS))("%s in a stack with two providers of each kind", (_, create) => {
  test("makes everything with the ones that it is given", () => {
    const providers = Object.entries(providersIn(create, true));
    expect(providers.length).toBeGreaterThan(0);
    for (const [address, provider] of providers) {
      const [kind] = address.split("_");
      expect([address, provider]).toEqual([address, kind === "terraform" ? undefined : `${kind}.other`]);
    }
  });

  test("leaves everything to the default ones where it is given none", () => {
    expect(Object.values(providersIn(create, false)).filter((provider) => provider !== undefined)).toEqual([]);
  });
});

test("a resource that has a provider keeps it", () => {
  const own: Create = (stack, { awsProvider }) => {
    const construct = new Construct(stack, "it");
    const third = new AwsProvider(stack, "third", { alias: "third" });
    new SqsQueue(construct, "kept", { provider: third });
    new SqsQueue(construct, "given", {});
    useProviders(construct, { awsProvider });
    return construct;
  };
  expect(providersIn(own, true)).toEqual({
    "aws_sqs_queue.it_given": "aws.other",
    "aws_sqs_queue.it_kept": "aws.third",
  });
});

describe("a stack whose providers of a kind", () => {
  const providers = (stack: ReadableStack, aliases: readonly (string | undefined)[]) => {
    new HelmProvider(stack, "helm");
    return aliases.map(
      (alias, index) => new AwsProvider(stack, `aws-${index}`, { ...(alias && { alias }), region: "eu-north-1" }),
    );
  };
  const stackWith = (aliases: readonly (string | undefined)[]) => {
    const stack = new ReadableStack(Testing.app(), "test");
    return { stack, aws: providers(stack, aliases) };
  };
  const problemsOf = (stack: ReadableStack) => stack.node.findAll().flatMap((construct) => construct.node.validate());
  const warningsOf = (construct: Construct) => {
    Testing.synth(construct as ReadableStack);
    return construct.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
  };
  const make = (stack: ReadableStack, awsProvider?: AwsProvider) =>
    new library.Karpenter(stack, "k", { ...CLUSTER, ...NETWORK, ...OIDC, awsProvider });

  test("all have an alias refuses what is given none, once", () => {
    const { stack, aws } = stackWith(["blue", "green"]);
    make(stack);
    new library.InterruptionQueue(stack, "given", { ...CLUSTER, awsProvider: aws[0] });
    expect(problemsOf(stack)).toEqual([
      '"awsProvider" of "test/k" is missing, but must be given where every aws provider of the stack has an alias: ' +
        "aws.blue, aws.green; give one of them",
    ]);
  });

  test("are one without an alias and others is warned of, until it is said which", () => {
    const { stack } = stackWith([undefined, "green"]);
    make(stack);
    expect(problemsOf(stack)).toEqual([]);
    expect(warningsOf(stack).filter((text) => text.includes("karpenter-default-provider"))).toEqual([
      "the stack has several aws providers, and this takes the one without an alias, not aws.green; give the one of the " +
        'cluster as "awsProvider", also where it is the one without an alias [karpenter-default-provider]',
    ]);
    const said = stackWith([undefined, "green"]);
    make(said.stack, said.aws[0]);
    expect(warningsOf(said.stack).join()).not.toContain("karpenter-default-provider");
  });

  test("is one alone needs no word", () => {
    const { stack } = stackWith([undefined]);
    make(stack);
    expect([...problemsOf(stack), ...warningsOf(stack)].join()).not.toContain("rovider");
  });
});
