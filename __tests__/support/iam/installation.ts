/** Karpenter's AWS side as this library synthesizes it, as the account that IAM would then hold. */
import { ControllerRole } from "../../../lib/aws/controller-role";
import type { KarpenterProps } from "../../../lib";
import { Karpenter } from "../../../lib/karpenter";
import type { InstanceProfileMode } from "../../../lib/aws/controller-policy-props";
import { ACCOUNT } from "../fixtures";
import { policyDocument } from "../policy";
import type { Synthesized } from "../stack";
import { synth } from "../stack";
import type { Account } from "./account";
import type { Place, Tags } from "./calls";
import type { PolicyStatement } from "./simulator";

/** Which installation. */
export interface InstallationOptions {
  readonly karpenterVersion: string;
  readonly partition: "aws" | "aws-cn";
  readonly instanceProfileMode: InstanceProfileMode;
}

/** What else an installation has been given. */
export type More = Partial<KarpenterProps>;

/** What was synthesized, and its names. */
export interface Installation extends InstallationOptions {
  /** Where the controller makes its calls. */
  readonly place: Place;
  readonly cluster: string;
  readonly account: Account;
  readonly issuer: string;
  readonly oidcProviderArn: string;
  readonly controllerRoleArn: string;
  /** The controller's role where its identity is that of EKS Pod Identity. */
  readonly podIdentityRoleArn: string;
  readonly podExecutionRoleArn: string;
  readonly nodeRoleArn: string;
  readonly queueArn: string;
  readonly queueKeyArn: string;
  readonly eventRuleArns: readonly string[];
  /** Whether nodes are rebooted to repair them. */
  readonly reboots: boolean;
  /** Whether the tag `eks:eks-cluster-name` is asked for. */
  readonly tagsClusterName: boolean;
  /** What the controller puts on everything that it makes for nodes. */
  readonly nodeTags: Tags;
  /** What it puts on instance profiles. */
  readonly profileTags: Tags;
}

const CLUSTER = "demo";
const ID = "0123456789ABCDEF0123456789ABCDEF";

/** Synthesizes an installation in one of its forms. */
export function installationOf(options: InstallationOptions, more: More = {}): Installation {
  const { karpenterVersion, partition, instanceProfileMode } = options;
  const [region, suffix] = partition === "aws" ? ["eu-north-1", ""] : ["cn-north-1", ".cn"];
  const inAccount = (service: string, resource: string) => `arn:${partition}:${service}:${resource}`;
  const issuer = `oidc.eks.${region}.amazonaws.com${suffix}/id/${ID}`;
  const oidcProviderArn = inAccount("iam", `:${ACCOUNT}:oidc-provider/${issuer}`);
  const queueKeyArn = inAccount("kms", `${region}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`);
  const minor = Number(karpenterVersion.split(".")[1]);
  const isV1 = karpenterVersion.startsWith("1.");
  const reboots = isV1 && minor >= 15;
  const common = {
    partition,
    region,
    accountId: ACCOUNT,
    clusterName: CLUSTER,
    karpenterVersion,
    instanceProfileMode,
  };
  const synthesized = synth(
    (stack) =>
      new Karpenter(stack, "karpenter", {
        ...common,
        oidcProviderArn,
        subnetIds: ["subnet-1", "subnet-2"],
        securityGroupIds: ["sg-1"],
        interruptionQueueKmsKeyArn: queueKeyArn,
        ...more,
        ...(reboots ? { featureGates: { nodeRepair: true }, awsFeatureGates: { rebootForRepair: true } } : {}),
      }),
  );
  const role = (name: string) => inAccount("iam", `:${ACCOUNT}:role/${CLUSTER}-karpenter-${name}`);
  const nodeRoleArn = role("node");
  const queueArn = inAccount("sqs", `${region}:${ACCOUNT}:${CLUSTER}-karpenter`);
  const arns = {
    aws_iam_role: () => nodeRoleArn,
    aws_sqs_queue: () => queueArn,
    aws_cloudwatch_event_rule: (name: string) => inAccount("events", `${region}:${ACCOUNT}:rule/${name}`),
  };
  const scope = scopeOf(synthesized, arns);
  const document = (name: string) => policyDocument(synthesized, name, scope).Statement as readonly PolicyStatement[];
  const controllerRoleArn = role("controller");
  const podIdentityRoleArn = role("controller-by-pod-identity");
  const podExecutionRoleArn = role("fargate");
  return {
    ...options,
    place: { partition, region, accountId: ACCOUNT, principal: { type: "AWS", id: controllerRoleArn } },
    cluster: CLUSTER,
    issuer,
    oidcProviderArn,
    controllerRoleArn,
    podIdentityRoleArn,
    podExecutionRoleArn,
    nodeRoleArn,
    queueArn,
    queueKeyArn,
    eventRuleArns: Object.values(scope.aws_cloudwatch_event_rule).map(({ arn }) => arn),
    reboots,
    tagsClusterName: isV1,
    nodeTags: {
      Name: "default",
      [`kubernetes.io/cluster/${CLUSTER}`]: "owned",
      "karpenter.sh/nodepool": "default",
      "karpenter.k8s.aws/ec2nodeclass": "default",
      [isV1 ? "eks:eks-cluster-name" : "karpenter.sh/managed-by"]: CLUSTER,
    },
    profileTags: {
      [`kubernetes.io/cluster/${CLUSTER}`]: "owned",
      "eks:eks-cluster-name": CLUSTER,
      "karpenter.k8s.aws/ec2nodeclass": "default",
      "topology.kubernetes.io/region": region,
    },
    account: {
      identities: { [controllerRoleArn]: document("karpenter_controller_policy_document") },
      resources: {
        [queueArn]: document("karpenter_interruption_queue_policy_document"),
        [controllerRoleArn]: document("karpenter_controller_irsa_trust"),
        [podIdentityRoleArn]: podIdentityTrust({ ...common, nodeRoleArns: [nodeRoleArn] }),
        [podExecutionRoleArn]: document("karpenter_fargate_trust"),
        [nodeRoleArn]: document("karpenter_node_trust"),
      },
    },
  };
}

function podIdentityTrust(props: ConstructorParameters<typeof ControllerRole>[2]): readonly PolicyStatement[] {
  const synthesized = synth(
    (stack) => new ControllerRole(stack, "controller", { ...props, controllerIdentity: "pod-identity" }),
  );
  return policyDocument(synthesized, "controller_pod_identity_trust").Statement;
}

/** What references to resources stand for: their ARNs. */
function scopeOf<T extends string>(
  { json }: Synthesized,
  arns: Readonly<Record<T, (name: string) => string>>,
): Record<T, Record<string, { arn: string }>> {
  const resources = json.resource as Readonly<Record<string, Readonly<Record<string, { name: string }>>>>;
  const entries = Object.entries<(name: string) => string>(arns).map(([type, arn]) => [
    type,
    Object.fromEntries(Object.entries(resources[type] ?? {}).map(([id, { name }]) => [id, { arn: arn(name) }])),
  ]);
  return Object.fromEntries(entries) as Record<T, Record<string, { arn: string }>>;
}
