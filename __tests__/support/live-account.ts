/** AWS and a cluster with a Karpenter on them that no state has: what their APIs answer. */
import { gzipSync } from "node:zlib";
import type { AwsClients } from "../../cli/aws/clients";
import type { Kubernetes } from "../../cli/kubernetes/kubernetes";
import { ACCOUNT, AWS_POLICY, irsaTrust, PERMISSIONS, policy, QUEUE_ARN } from "./states";

const QUEUE_URL = "https://sqs.eu-north-1.amazonaws.com/111122223333/prod";
const STACK = [{ Key: "aws:cloudformation:stack-name", Value: "Karpenter-prod" }];
const OWN_POLICY = `${ACCOUNT}:policy/KarpenterControllerPolicy-prod`;

const ROLES: Readonly<Record<string, { readonly trust: string; readonly attached: readonly string[] }>> = {
  "prod-karpenter": { trust: irsaTrust("system:serviceaccount:karpenter:karpenter"), attached: [OWN_POLICY] },
  workers: {
    trust: policy({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }),
    attached: [`${AWS_POLICY}AmazonEKSWorkerNodePolicy`],
  },
};

/** An answer of AWS that there is no such thing. */
function missing(name: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(name), { name }));
}

/** The account; how its cluster knows nodes. */
export function liveAccount(authenticationMode: "API" | "CONFIG_MAP" = "CONFIG_MAP"): AwsClients {
  const iam = {
    getRole: ({ RoleName }: { RoleName: string }) =>
      Object.hasOwn(ROLES, RoleName)
        ? Promise.resolve({
            Role: {
              Arn: `${ACCOUNT}:role/${RoleName}`,
              Path: "/",
              MaxSessionDuration: 3600,
              // As IAM sends it.
              AssumeRolePolicyDocument: encodeURIComponent(ROLES[RoleName].trust),
              Tags: [...STACK, { Key: "team", Value: "platform" }],
            },
          })
        : missing("NoSuchEntityException"),
    listRolePolicies: () => Promise.resolve({ PolicyNames: [] }),
    listAttachedRolePolicies: ({ RoleName }: { RoleName: string }) =>
      Promise.resolve({ AttachedPolicies: ROLES[RoleName].attached.map((PolicyArn) => ({ PolicyArn })) }),
    getPolicy: () =>
      Promise.resolve({ Policy: { PolicyName: "KarpenterControllerPolicy-prod", DefaultVersionId: "v2" } }),
    getPolicyVersion: ({ VersionId }: { VersionId: string }) =>
      Promise.resolve({ PolicyVersion: { Document: VersionId === "v2" ? encodeURIComponent(PERMISSIONS) : "{}" } }),
    listInstanceProfilesForRole: () =>
      Promise.resolve({
        InstanceProfiles: [{ InstanceProfileName: "prod_1234" }, { InstanceProfileName: "workers" }],
      }),
    getInstanceProfile: ({ InstanceProfileName: name }: { InstanceProfileName: string }) =>
      Promise.resolve({
        InstanceProfile: {
          InstanceProfileName: name,
          Path: "/",
          Tags: name === "workers" ? [] : [{ Key: "karpenter.k8s.aws/ec2nodeclass", Value: "default" }],
        },
      }),
  };
  const eks = {
    listPodIdentityAssociations: () => Promise.resolve({ associations: [] }),
    listFargateProfiles: () => Promise.resolve({ fargateProfileNames: [] }),
    listNodegroups: () => Promise.resolve({ nodegroups: ["system"] }),
    describeNodegroup: () => Promise.resolve({ nodegroup: { nodeRole: `${ACCOUNT}:role/system` } }),
    describeCluster: () => Promise.resolve({ cluster: { accessConfig: { authenticationMode } } }),
    describeAccessEntry: ({ principalArn }: { principalArn: string }) =>
      authenticationMode === "CONFIG_MAP"
        ? missing("InvalidRequestException")
        : Promise.resolve({ accessEntry: { principalArn, type: "EC2_LINUX" } }),
  };
  const sqs = {
    getQueueUrl: ({ QueueName }: { QueueName: string }) =>
      QueueName === "prod" ? Promise.resolve({ QueueUrl: QUEUE_URL }) : missing("QueueDoesNotExist"),
    getQueueAttributes: () =>
      Promise.resolve({ Attributes: { QueueArn: QUEUE_ARN, MessageRetentionPeriod: "600", Policy: "" } }),
    listQueueTags: () => Promise.resolve({ Tags: { "aws:cloudformation:stack-name": "Karpenter-prod" } }),
  };
  const eventBridge = {
    listRuleNamesByTarget: () => Promise.resolve({ RuleNames: ["spot"] }),
    describeRule: () =>
      Promise.resolve({
        Arn: "arn:aws:events:eu-north-1:111122223333:rule/spot",
        EventBusName: "default",
        EventPattern: JSON.stringify({
          source: ["aws.ec2"],
          "detail-type": ["EC2 Spot Instance Interruption Warning"],
        }),
      }),
    listTagsForResource: () => Promise.resolve({ Tags: [] }),
    listTargetsByRule: () => Promise.resolve({ Targets: [{ Id: "Target0", Arn: QUEUE_ARN }] }),
  };
  return { iam, eks, sqs, eventBridge } as unknown as AwsClients;
}

const CONTAINER = {
  name: "controller",
  image: "public.ecr.aws/karpenter/controller:1.14.3",
  env: [{ name: "CLUSTER_NAME", value: "prod" }],
};
const RELEASE = {
  name: "karpenter",
  namespace: "karpenter",
  version: 3,
  info: { status: "deployed" },
  chart: { metadata: { name: "karpenter", version: "1.14.3" } },
  config: { replicas: 3, settings: { clusterName: "prod", interruptionQueue: "prod" } },
};
const secret = Buffer.from(gzipSync(JSON.stringify(RELEASE)).toString("base64")).toString("base64");

/** Its cluster: a controller by `helm install`, a NodePool and its class. */
export function liveCluster(objects: Readonly<Record<string, unknown>> = {}): Kubernetes {
  const answers: Readonly<Record<string, unknown>> = {
    "/apis/apps/v1/deployments": [
      {
        metadata: { name: "karpenter", namespace: "karpenter" },
        spec: { template: { spec: { serviceAccountName: "karpenter", containers: [CONTAINER] } } },
      },
    ],
    "/api/v1/namespaces/karpenter/serviceaccounts/karpenter": {
      metadata: { annotations: { "eks.amazonaws.com/role-arn": `${ACCOUNT}:role/prod-karpenter` } },
    },
    "/api/v1/namespaces/karpenter/secrets": [
      { metadata: { name: "sh.helm.release.v1.karpenter.v3" }, data: { release: secret } },
    ],
    "/apis/karpenter.sh": { preferredVersion: { groupVersion: "karpenter.sh/v1" } },
    "/apis/karpenter.k8s.aws": { preferredVersion: { groupVersion: "karpenter.k8s.aws/v1" } },
    "/apis/karpenter.sh/v1/nodepools": [
      {
        metadata: { name: "default", uid: "1" },
        spec: {
          template: {
            spec: {
              nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
              requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
            },
          },
          limits: { cpu: "100" },
        },
      },
    ],
    "/apis/karpenter.k8s.aws/v1/ec2nodeclasses": [
      {
        metadata: { name: "default" },
        spec: {
          role: "workers",
          amiSelectorTerms: [{ alias: "al2023@v20260714" }],
          subnetSelectorTerms: [{ id: "subnet-0a1b2c3d4e5f60001" }],
          securityGroupSelectorTerms: [{ id: "sg-0a1b2c3d4e5f60001" }],
        },
      },
    ],
    ...objects,
  };
  const at = (path: string): unknown => answers[path.replace(/\?.*$/, "")];
  return {
    get: <T>(path: string) => Promise.resolve(at(path) as T | undefined),
    list: <T>(path: string) => Promise.resolve((at(path) ?? []) as readonly T[]),
  };
}
