/** Whether the nodes' roles may enter the cluster. Without that instances run, and never become nodes. */
import { arnWithoutPath } from "../../../lib/arns";
import { ifThere } from "../../aws/answers";
import { karpenterObjects } from "../../kubernetes/karpenter-objects";
import type { KubernetesObject } from "../../kubernetes/kubernetes";
import { check } from "../check";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { error, ok, orOk } from "../verdict";
import { eksCluster } from "./eks-cluster";

/** A role of nodes, and the entry that lets it in. */
export interface NodeAccess {
  readonly nodeClass: string;
  /** What the class names: a role or an instance profile. */
  readonly named: string;
  /** Undefined where what the class names is not there. */
  readonly role: { readonly arn: string; readonly createdAt: Date } | undefined;
  readonly entry: { readonly type: string; readonly createdAt: Date } | undefined;
}

/** The ways in that there are. */
export interface NodeAccessFacts {
  readonly authenticationMode: string;
  /** `aws-auth`, as it is; undefined where there is none. */
  readonly mapRoles: string | undefined;
  readonly nodes: readonly NodeAccess[];
}

const NODE_TYPES = ["EC2_LINUX", "EC2_WINDOWS", "EC2", "HYBRID_LINUX"];

export function judgeNodeAccess({ nodes, authenticationMode, mapRoles = "" }: NodeAccessFacts): readonly Verdict[] {
  if (nodes.length === 0) {
    return [ok("there is no node class whose role could enter")];
  }
  return orOk(
    nodes.flatMap(({ nodeClass, named, role, entry }): Verdict[] => {
      const title = `EC2NodeClass ${nodeClass}`;
      if (role === undefined) {
        return [error(`${title} names ${named}, which is not there: no instance starts; apply again, or correct it`)];
      }
      if (authenticationMode !== "API" && mapRoles.includes(arnWithoutPath(role.arn))) {
        return [];
      }
      if (entry === undefined) {
        return [
          error(
            `the role ${role.arn} of ${title} may not enter the cluster: its instances never become nodes; give create_access_entry = true, or map it in aws-auth`,
          ),
        ];
      }
      if (!NODE_TYPES.includes(entry.type)) {
        return [
          error(
            `the access entry of ${role.arn} is of type ${entry.type}, but must be EC2_LINUX or EC2_WINDOWS; make it again, for a type cannot be changed`,
          ),
        ];
      }
      return entry.createdAt < role.createdAt
        ? [
            error(
              `the access entry of ${role.arn} is older than the role, and lets in one that had the same name; make the entry again`,
            ),
          ]
        : [];
    }),
    `the roles of ${nodes.length} node classes may enter the cluster`,
  );
}

interface NodeClass extends KubernetesObject {
  readonly spec: { readonly role?: string; readonly instanceProfile?: string };
  readonly status?: { readonly instanceProfile?: string };
}

async function nodeAccess({ ask, aws, kubernetes, options }: Sources): Promise<NodeAccessFacts> {
  const [{ authenticationMode }, classes, awsAuth] = await Promise.all([
    ask(eksCluster),
    karpenterObjects<NodeClass>(kubernetes, "ec2nodeclasses"),
    kubernetes.get<{ readonly data?: { readonly mapRoles?: string } }>(
      "/api/v1/namespaces/kube-system/configmaps/aws-auth",
    ),
  ]);
  const roleOf = async ({ spec, status }: NodeClass): Promise<NodeAccess["role"]> => {
    const profile = spec.instanceProfile ?? status?.instanceProfile;
    const found =
      spec.role !== undefined
        ? (await ifThere(aws.iam.getRole({ RoleName: spec.role.split("/").at(-1) })))?.Role
        : (await ifThere(aws.iam.getInstanceProfile({ InstanceProfileName: profile })))?.InstanceProfile?.Roles?.[0];
    return found && { arn: found.Arn ?? "", createdAt: found.CreateDate ?? new Date(0) };
  };
  const entryOf = async (principalArn: string): Promise<NodeAccess["entry"]> => {
    if (authenticationMode === "CONFIG_MAP") {
      return undefined;
    }
    const asked = aws.eks.describeAccessEntry({ clusterName: options.clusterName, principalArn });
    const entry = (await ifThere(asked))?.accessEntry;
    return entry && { type: entry.type ?? "", createdAt: entry.createdAt ?? new Date() };
  };
  return {
    authenticationMode,
    mapRoles: awsAuth?.data?.mapRoles,
    nodes: await Promise.all(
      classes.map(async (nodeClass) => {
        const role = await roleOf(nodeClass);
        return {
          nodeClass: nodeClass.metadata.name,
          named: nodeClass.spec.role ?? nodeClass.spec.instanceProfile ?? "nothing",
          role,
          entry: role && (await entryOf(role.arn)),
        };
      }),
    ),
  };
}

export const NODE_ACCESS_CHECKS = [check("node-access", nodeAccess, judgeNodeAccess)];
