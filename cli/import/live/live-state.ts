/** Reads an account and a cluster as if a state of Terraform had what is there of Karpenter. */
import { isFields } from "../../../lib/terraform/known-values";
import { ifThere } from "../../aws/answers";
import type { AwsClients } from "../../aws/clients";
import type { Kubernetes } from "../../kubernetes/kubernetes";
import { NotAsked } from "../../kubernetes/unreachable";
import type { ClusterObject } from "../cluster-objects";
import { passedRoles, statementsOf, textsOf } from "../policies";
import { documentsOf, policyName, rolesOf } from "../roles";
import type { State, StateObject } from "../state";
import type { ClusterSide } from "./cluster-side";
import { clusterSide } from "./cluster-side";
import { accessEntryObjects, associationObjects, fargateProfileObjects, nodeGroupObjects } from "./eks-objects";
import { queueObjects } from "./queue-objects";
import { instanceProfileObjects, roleObjects } from "./roles";

/** Which installation. */
export interface LiveOptions {
  readonly clusterName: string;
  readonly controllerRole?: string;
  readonly nodeRole?: string;
  readonly chartRepository?: string;
  /** Objects of the cluster that were given; those that are read come beside them. */
  readonly manifests: readonly ClusterObject[];
}

/** What is there. */
export interface Live {
  readonly state: State;
  readonly controllerRole: string;
  /** The release that runs. */
  readonly karpenterVersion?: string;
  readonly manifests: readonly ClusterObject[];
}

/** Reads it. Throws a sentence where nothing says which role the controller has. */
export async function liveState(aws: AwsClients, kubernetes: Kubernetes, options: LiveOptions): Promise<Live> {
  const { clusterName } = options;
  const side = await seenSide(kubernetes, options);
  const [associations, profiles, groups] = await Promise.all([
    associationObjects(aws.eks, clusterName),
    fargateProfileObjects(aws.eks, clusterName),
    nodeGroupObjects(aws.eks, clusterName),
  ]);
  const controllerRole = options.controllerRole ?? roleNameOf(side, associations);
  const own = await roleObjects(aws.iam, controllerRole);
  if (own.length === 0) {
    throw new Error(`has no role ${controllerRole}`);
  }
  const documents = rolesOf({ objects: own }).flatMap(documentsOf);
  const manifests = [...options.manifests, ...(side?.manifests ?? [])];
  const nodes = options.nodeRole === undefined ? await nodeRoles(aws, documents, manifests) : [options.nodeRole];
  const names = new Set([...nodes, ...profiles.map(({ values }) => policyName(String(values.pod_execution_role_arn)))]);
  const others = await Promise.all([...names].map((name) => roleObjects(aws.iam, name)));
  const arns = rolesOf({ objects: others.flat() })
    .filter(({ name }) => nodes.includes(name))
    .map(({ arn }) => arn);
  const around = await Promise.all([
    ...nodes.map((name) => ifThere(instanceProfileObjects(aws.iam, name))),
    accessEntryObjects(aws.eks, clusterName, arns),
    ...queueNames(documents, side).map((name) => queueObjects(aws, name)),
  ]);
  const objects = [
    ...own,
    ...associations,
    ...others.flat(),
    ...around.flatMap((found) => found ?? []),
    ...profiles,
    ...groups,
    ...(side?.releases ?? []),
  ];
  return { state: { objects, live: true }, controllerRole, karpenterVersion: side?.version, manifests };
}

/** A cluster that nobody wants asked says nothing; AWS alone knows much already. */
async function seenSide(kubernetes: Kubernetes, options: LiveOptions): Promise<ClusterSide | undefined> {
  try {
    return await clusterSide(kubernetes, options);
  } catch (problem) {
    if (!(problem instanceof NotAsked)) {
      throw problem;
    }
    if (options.controllerRole === undefined) {
      throw new Error("is not asked: name the controller's role with --controller-role");
    }
    return undefined;
  }
}

/** The controller's role by name: the one of its association, or the one that its service account names. */
function roleNameOf(side: ClusterSide | undefined, associations: readonly StateObject[]): string {
  const { namespace, name } = side?.serviceAccount ?? {};
  const association = associations.find(
    ({ values }) => values.namespace === namespace && values.service_account === name,
  );
  const arn = association?.values.role_arn ?? side?.roleArn;
  if (typeof arn !== "string") {
    throw new Error(
      side === undefined
        ? "has no Deployment with the label app.kubernetes.io/name=karpenter: name the controller's role with --controller-role"
        : `has no role for the service account ${namespace}/${name}, neither by EKS Pod Identity nor by IRSA: name it with --controller-role`,
    );
  }
  return policyName(arn);
}

/** Roles of nodes by name: those that the controller may pass on, and those that node classes name or have a profile of. */
async function nodeRoles(
  { iam }: AwsClients,
  documents: readonly unknown[],
  manifests: readonly ClusterObject[],
): Promise<string[]> {
  const passed = documents.flatMap(passedRoles).filter((arn) => arn.includes(":role/") && !/[*?]/.test(arn));
  const specs = manifests.filter(({ kind }) => kind === "EC2NodeClass").map(({ spec }) => (isFields(spec) ? spec : {}));
  const profiles = specs.flatMap(({ instanceProfile }) => textsOf(instanceProfile));
  const found = await Promise.all(
    profiles.map((InstanceProfileName) => ifThere(iam.getInstanceProfile({ InstanceProfileName }))),
  );
  const named = [
    ...passed.map(policyName),
    ...specs.flatMap(({ role }) => textsOf(role)),
    ...found.flatMap((it) => (it?.InstanceProfile?.Roles ?? []).map(({ RoleName = "" }) => RoleName)),
  ];
  return [...new Set(named)];
}

/** Queues by name: the one that the controller is told, and those that it may read. */
function queueNames(documents: readonly unknown[], side: ClusterSide | undefined): string[] {
  const readable = documents
    .flatMap(statementsOf)
    .filter(({ Action }) => textsOf(Action).includes("sqs:ReceiveMessage"))
    .flatMap(({ Resource }) => textsOf(Resource))
    .map((arn) => arn.split(":").pop() ?? "")
    .filter((name) => name !== "" && !/[*?]/.test(name));
  return [...new Set([...(side?.queueName === undefined ? [] : [side.queueName]), ...readable])];
}
