/**
 * Whether an object that a plan would make is there already, by types of which AWS refuses a second one. All others, such as
 * rules, attachments and inline policies, are made over what is there.
 */
import type { Fields } from "../../../lib/terraform/known-values";
import { ifThere } from "../../aws/answers";
import type { AwsClients } from "../../aws/clients";
import type { HelmRevision } from "../../kubernetes/helm-releases";
import { helmRevisions, newestRevisions } from "../../kubernetes/helm-releases";
import type { Kubernetes } from "../../kubernetes/kubernetes";

/** What is asked. */
export interface Asked {
  readonly aws: AwsClients;
  readonly account: string;
  readonly partition: string;
  readonly kubernetes: Kubernetes;
  /** ARNs of the roles of the plan that are there: names and identities that a plan does not know yet follow from them. */
  readonly roleArns: ReadonlySet<string>;
}

/** An object that is there. */
export interface Found {
  /** What `terraform import` calls it. */
  readonly id: string;
  /** How it is removed, for where it cannot be imported. */
  readonly removal: string;
  /** Why Terraform would not get on with it. */
  readonly obstacle?: string;
}

/** Looks for one. */
export type Lookup = (values: Fields, asked: Asked) => Promise<Found | undefined>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Whether a value of the plan is that of the object, or not known yet. */
const fits = (planned: unknown, there: string | undefined): boolean =>
  planned === undefined || planned === null || planned === there;

const sameMembers = (some: unknown, others: readonly string[]): boolean =>
  Array.isArray(some) && some.length === others.length && some.every((one) => others.includes(String(one)));

/** The pods that a profile selects, in the form of a plan and of EKS. */
const selectorTexts = (selectors: unknown): string[] =>
  (Array.isArray(selectors) ? (selectors as readonly Fields[]) : []).map(({ namespace, labels }) =>
    JSON.stringify([namespace, Object.entries((labels ?? {}) as Fields).sort()]),
  );

const role: Lookup = async ({ name }, { aws: { iam } }) => {
  const found = await ifThere(iam.getRole({ RoleName: text(name) }));
  return found && { id: text(name), removal: `aws iam delete-role --role-name ${text(name)}` };
};

const policy: Lookup = async ({ name, path }, { aws: { iam }, account, partition }) => {
  const arn = `arn:${partition}:iam::${account}:policy${text(path) || "/"}${text(name)}`;
  const found = await ifThere(iam.getPolicy({ PolicyArn: arn }));
  return found && { id: arn, removal: `aws iam delete-policy --policy-arn ${arn}` };
};

const serviceLinkedRole: Lookup = async (_, { aws: { iam } }) => {
  const found = await ifThere(iam.getRole({ RoleName: "AWSServiceRoleForEC2Spot" }));
  const id = found?.Role?.Arn;
  return id === undefined
    ? undefined
    : { id, removal: "aws iam delete-service-linked-role --role-name AWSServiceRoleForEC2Spot" };
};

const instanceProfile: Lookup = async ({ name }, { aws: { iam } }) => {
  const found = await ifThere(iam.getInstanceProfile({ InstanceProfileName: text(name) }));
  return (
    found && {
      id: text(name),
      removal: `aws iam delete-instance-profile --instance-profile-name ${text(name)}`,
    }
  );
};

const queue: Lookup = async ({ name }, { aws: { sqs } }) => {
  const id = (await ifThere(sqs.getQueueUrl({ QueueName: text(name) })))?.QueueUrl;
  return id === undefined ? undefined : { id, removal: `aws sqs delete-queue --queue-url ${id}` };
};

const accessEntry: Lookup = async ({ cluster_name: cluster, principal_arn: principal }, { aws: { eks }, roleArns }) => {
  const clusterName = text(cluster);
  for (const principalArn of typeof principal === "string" ? [principal] : roleArns) {
    if ((await ifThere(eks.describeAccessEntry({ clusterName, principalArn }))) !== undefined) {
      return {
        id: `${clusterName}:${principalArn}`,
        removal: `aws eks delete-access-entry --cluster-name ${clusterName} --principal-arn ${principalArn}`,
      };
    }
  }
  return undefined;
};

const fargateProfile: Lookup = async (values, { aws: { eks }, roleArns }) => {
  const clusterName = text(values.cluster_name);
  const { fargateProfileNames: names = [] } = (await ifThere(eks.listFargateProfiles({ clusterName }))) ?? {};
  for (const fargateProfileName of names.filter((name) => fits(values.fargate_profile_name, name))) {
    const { fargateProfile: there } =
      (await ifThere(eks.describeFargateProfile({ clusterName, fargateProfileName }))) ?? {};
    // A name that a plan does not know yet follows from the role, which is known by what is there.
    const isIt =
      typeof values.fargate_profile_name === "string" ||
      (roleArns.has(there?.podExecutionRoleArn ?? "") &&
        sameMembers(values.subnet_ids, there?.subnets ?? []) &&
        sameMembers(selectorTexts(values.selector), selectorTexts(there?.selectors)));
    if (there !== undefined && isIt) {
      return {
        id: `${clusterName}:${fargateProfileName}`,
        removal: `aws eks delete-fargate-profile --cluster-name ${clusterName} --fargate-profile-name ${fargateProfileName}`,
        ...(there.status === "CREATE_FAILED" || there.status === "DELETING"
          ? { obstacle: `it is ${there.status}` }
          : {}),
      };
    }
  }
  return undefined;
};

const podIdentity: Lookup = async (values, { aws: { eks } }) => {
  const clusterName = text(values.cluster_name);
  const { associations = [] } =
    (await ifThere(
      eks.listPodIdentityAssociations({
        clusterName,
        namespace: text(values.namespace),
        serviceAccount: text(values.service_account),
      }),
    )) ?? {};
  const id = associations[0]?.associationId;
  return id === undefined
    ? undefined
    : {
        id: `${clusterName},${id}`,
        removal: `aws eks delete-pod-identity-association --cluster-name ${clusterName} --association-id ${id}`,
      };
};

const helmRelease: Lookup = async ({ name, namespace }, { kubernetes }) => {
  const revisions = await helmRevisions(kubernetes, text(namespace), text(name));
  const newest = newestRevisions(revisions).find(({ release }) => release === name);
  return (
    newest && {
      id: `${text(namespace)}/${text(name)}`,
      removal: `helm uninstall ${text(name)} --namespace ${text(namespace)}`,
      ...obstacleOf(newest),
    }
  );
};

function obstacleOf({ status }: HelmRevision): { readonly obstacle?: string } {
  return status === "deployed" || status === "failed" ? {} : { obstacle: `it is ${status}` };
}

/** Those of which a second one is refused. */
export const LOOKUPS: Readonly<Record<string, Lookup>> = {
  aws_iam_role: role,
  aws_iam_policy: policy,
  aws_iam_service_linked_role: serviceLinkedRole,
  aws_iam_instance_profile: instanceProfile,
  aws_sqs_queue: queue,
  aws_eks_access_entry: accessEntry,
  aws_eks_fargate_profile: fargateProfile,
  aws_eks_pod_identity_association: podIdentity,
  helm_release: helmRelease,
};

/** Those of which a second one is refused, too, and that nobody asks about here: what they are imported by. */
export const NOT_ASKED: Readonly<Record<string, (values: Fields) => string>> = {
  aws_cloudwatch_log_group: ({ name }) => text(name),
  kubernetes_deployment_v1: ({ metadata }) => {
    const [{ namespace, name }] = (Array.isArray(metadata) ? metadata : [{}]) as [Fields];
    return `${text(namespace)}/${text(name)}`;
  },
};
