/** The role of the nodes, its instance profile, and its access to the cluster. */
import { generatedName, NAME_LIMITS } from "../../../lib/names";
import { CNI_POLICY, minorVersionOf, SSM_POLICY } from "../../../lib/versions";
import type { Move, Part } from "../move";
import { NOTHING, together } from "../move";
import { passedRoles } from "../policies";
import type { Role } from "../roles";
import { documentsOf, hasPolicy, keptAttachments, keptInlinePolicies } from "../roles";
import type { State, StateObject } from "../state";

/** The module has one path for all, and another one would make the object anew. */
const OTHER_PATH = "its IAM path is not that of the controller's role";

/** The role that nodes have: the one that is named, or that the controller's policies name, or else the only one that nodes could run as. */
export function nodeRoleOf(
  state: State,
  roles: readonly Role[],
  controller: Role,
  name: string | undefined,
): Role | undefined {
  if (name !== undefined) {
    return roles.find((role) => role.name === name);
  }
  const candidates = roles.filter(({ trust }) => trust.services.some((service) => /^ec2\./.test(service)));
  const passed = documentsOf(controller).flatMap(passedRoles);
  const named = candidates.filter(({ arn }) => passed.includes(arn));
  const others = candidates.filter(
    (role) => hasPolicy(role, "AmazonEKSWorkerNodePolicy") && !isOfNodeGroup(state, role),
  );
  const found = named.length > 0 ? named : others;
  return found.length === 1 ? found[0] : undefined;
}

/** What the nodes' part hangs on. */
export interface NodeSurroundings {
  readonly clusterName: string;
  readonly karpenterVersion: string;
  /** The IAM path of what is taken over. */
  readonly path: unknown;
}

/** Keeps the nodes' role with what hangs on it. */
export function nodePart(
  state: State,
  role: Role | undefined,
  { clusterName, karpenterVersion, path }: NodeSurroundings,
): Part {
  if (role === undefined) {
    return {
      ...NOTHING,
      notes: [
        "no role of nodes was found, or more than one: the module makes a new one. With nodeRoleArn it takes yours, " +
          "and createNodeRole = false makes none",
      ],
    };
  }
  const why = isOfNodeGroup(state, role)
    ? "nodes of a node group run as it, too: it is given by its ARN"
    : role.object.values.path === path
      ? undefined
      : OTHER_PATH;
  if (why !== undefined) {
    return together(
      {
        inputs: { createNodeRole: false, nodeRoleArn: role.arn },
        moves: [{ fate: "left", object: role.object, why }],
        notes: [],
      },
      profileAndAccess(state, role, clusterName, path),
    );
  }
  const description = role.object.values.description;
  return together(
    {
      inputs: {
        ...(role.name === generatedName(clusterName, "-karpenter-node", NAME_LIMITS.role)
          ? {}
          : { nodeRoleName: role.name }),
        ...(typeof description === "string" && description !== "" ? { nodeRoleDescription: description } : {}),
        ...(hasPolicy(role, CNI_POLICY) ? {} : { nodeCniPolicy: false }),
        ...(hasPolicy(role, SSM_POLICY) ? {} : { nodeSsmPolicy: false }),
      },
      moves: [{ fate: "taken", object: role.object, place: "nodeRole" }],
      notes: [],
    },
    keptAttachments(role, {
      whose: "node",
      own: minorVersionOf(karpenterVersion).nodePolicies,
      input: "nodeAdditionalPolicies",
    }),
    keptInlinePolicies(role, "nodeInlinePolicy", "nodeInlinePolicies"),
    profileAndAccess(state, role, clusterName, path),
  );
}

function profileAndAccess({ objects }: State, { name, arn }: Role, clusterName: string, path: unknown): Part {
  const all = objects.filter(({ type, values }) => type === "aws_iam_instance_profile" && values.role === name);
  const entry = objects.find(({ type, values }) => type === "aws_eks_access_entry" && values.principal_arn === arn);
  const [profile, ...more] = all.filter(({ values }) => values.path === path);
  const elsewhere = all.filter(({ values }) => values.path !== path);
  return {
    inputs: {
      ...profileInputs(profile, clusterName),
      ...(entry === undefined
        ? { createAccessEntry: false }
        : entry.values.type === "EC2_LINUX"
          ? {}
          : { accessEntryType: entry.values.type }),
    },
    moves: [
      ...(profile === undefined ? [] : [{ fate: "taken", object: profile, place: "instanceProfile" } as const]),
      ...elsewhere.map((object): Move => ({ fate: "left", object, why: OTHER_PATH })),
      ...more.map((object): Move => ({ fate: "left", object, why: "the module has one instance profile" })),
      ...(entry === undefined ? [] : [{ fate: "taken", object: entry, place: "accessEntry" } as const]),
    ],
    notes:
      entry === undefined
        ? [`no access entry of ${name}: its nodes join by the aws-auth ConfigMap, whose mapping stays as it is`]
        : [],
  };
}

/** Without an instance profile of Terraform's, Karpenter makes those of node classes that name the role. */
function profileInputs(profile: StateObject | undefined, clusterName: string): Record<string, unknown> {
  if (profile === undefined) {
    return { instanceProfileMode: "karpenter" };
  }
  const generated = generatedName(clusterName, "-karpenter-instance-profile", NAME_LIMITS.instanceProfile);
  return profile.values.name === generated ? {} : { instanceProfileName: profile.values.name };
}

function isOfNodeGroup({ objects }: State, { arn }: Role): boolean {
  return objects.some(({ type, values }) => type === "aws_eks_node_group" && values.node_role_arn === arn);
}
