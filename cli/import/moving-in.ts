/** From a state to the inputs that keep what is there, and to what becomes of each object. */
import { checkKarpenter } from "../../lib/karpenter-checks";
import type { KarpenterProps } from "../../lib/karpenter-props";
import { KARPENTER_PROPERTIES } from "../../lib/inputs/catalog/properties";
import { allProblems } from "../../lib/inputs/problems";
import { isFields } from "../../lib/terraform/known-values";
import { DEFAULT_KARPENTER_VERSION, mayBeTaken } from "../../lib/versions";
import type { ClusterObject } from "./cluster-objects";
import { clusterObjectsPart } from "./cluster-objects";
import type { Move, Part } from "./move";
import { NOTHING, together } from "./move";
import { chartsPart, controllerRelease, versionOf } from "./parts/charts";
import { controllerPart, controllerRoles, serviceAccountOf } from "./parts/controller";
import { discoveryTagsPart } from "./parts/discovery-tags";
import { fargatePart } from "./parts/fargate";
import { nodePart, nodeRoleOf } from "./parts/nodes";
import { ownReleasesPart } from "./parts/own-releases";
import { queuePart } from "./parts/queue";
import type { Role } from "./roles";
import { rolesOf } from "./roles";
import { sharedInputs } from "./shared-inputs";
import type { State } from "./state";
import { withoutInstances } from "./state";

/** What the state does not say. */
export interface MovingInOptions {
  readonly clusterName?: string;
  readonly controllerRole?: string;
  readonly nodeRole?: string;
  readonly karpenterVersion?: string;
  /** Objects of Karpenter as the cluster has them. */
  readonly manifests?: readonly ClusterObject[];
}

/** How an installation moves in. */
export interface MovingIn extends Part {
  /** What the inputs break of what this project holds them to. */
  readonly problems: readonly string[];
  /** Objects that are not taken and come after some that are, by address. */
  readonly dependents: readonly string[];
}

/** Recognizes Karpenter in a state. Throws a sentence where it is not there, or there more than once. */
export function movingIn(state: State, options: MovingInOptions = {}): MovingIn {
  const roles = rolesOf(state);
  const controller = theController(state, roles, options.controllerRole);
  const clusterName = options.clusterName ?? clusterNameOf(state, controller);
  const namespace = serviceAccountOf(state, controller)?.namespace ?? "karpenter";
  const installed = versionOf(controllerRelease(state));
  const karpenterVersion = options.karpenterVersion ?? installed ?? DEFAULT_KARPENTER_VERSION;
  if (!mayBeTaken(karpenterVersion)) {
    throw new Error(
      `has Karpenter ${karpenterVersion}, which is no release that is known here: give one with --karpenter-version`,
    );
  }
  const path = controller.object.values.path;
  const parts = together(
    {
      inputs: { clusterName, karpenterVersion },
      moves: [],
      notes:
        options.karpenterVersion === undefined && installed === undefined
          ? [
              `the state does not say which Karpenter runs: permissions and rules are those of ${karpenterVersion}; ` +
                "--karpenter-version takes another one",
            ]
          : [],
    },
    controllerPart(state, controller, clusterName),
    nodePart(state, nodeRoleOf(state, roles, controller, options.nodeRole), { clusterName, karpenterVersion, path }),
    fargatePart(state, roles, { clusterName, namespace, path }),
    discoveryTagsPart(state, clusterName),
    queuePart(state, controller, clusterName, karpenterVersion),
    chartsPart(state, namespace, karpenterVersion),
    ownReleasesPart(state),
    clusterObjectsPart(state, options.manifests ?? [], namespace),
  );
  const all = together(
    parts,
    sharedInputs(parts.moves, String(path ?? "/")),
    namedByClasses(parts.inputs),
    stacksPart(parts.moves),
  );
  return {
    ...all,
    problems: allProblems({ ...all.inputs, clusterName } as KarpenterProps, KARPENTER_PROPERTIES, checkKarpenter),
    dependents: dependentsOn(state, all.moves),
  };
}

function theController(state: State, roles: readonly Role[], name: string | undefined): Role {
  const found = controllerRoles(state, roles).filter((role) => name === undefined || role.name === name);
  const [role] = found;
  if (role === undefined) {
    throw new Error(
      "holds no role of Karpenter's controller: one that a service account becomes, by IRSA or EKS Pod Identity, and that may start instances",
    );
  }
  if (found.length > 1) {
    throw new Error(
      `holds several roles of controllers: name one with --controller-role, ${found.map((it) => it.name).join(", ")}`,
    );
  }
  return role;
}

/** The cluster's name, as what belongs to it says. */
function clusterNameOf({ objects }: State, controller: Role): string {
  const named = objects.filter(
    ({ type, values }) =>
      (type === "aws_eks_pod_identity_association" && values.role_arn === controller.arn) ||
      type === "aws_eks_fargate_profile" ||
      type === "aws_eks_access_entry",
  );
  const clusters = [
    ...named.map(({ values }) => values.cluster_name),
    ...objects.filter(({ type }) => type === "aws_eks_cluster").map(({ values }) => values.name),
  ];
  const [name, ...others] = [...new Set(clusters)];
  if (typeof name !== "string" || others.length > 0) {
    throw new Error(
      name === undefined
        ? "does not say which cluster it is: give --cluster-name"
        : `holds several clusters: give --cluster-name, ${[name, ...others].join(", ")}`,
    );
  }
  return name;
}

/** Node classes that name the role have instance profiles of Karpenter's, beside that of Terraform if there is one. */
function namedByClasses({ manifests, instanceProfileMode }: Part["inputs"]): Part {
  const classes = (Array.isArray(manifests) ? manifests : []) as readonly ClusterObject[];
  const byRole = classes.some(({ kind, spec }) => kind === "EC2NodeClass" && isFields(spec) && spec.role !== undefined);
  return byRole && instanceProfileMode === undefined
    ? { ...NOTHING, inputs: { instanceProfileMode: "karpenter", createInstanceProfile: true } }
    : NOTHING;
}

/** What a stack of CloudFormation has, it deletes with itself, or with the resource in its template. */
function stacksPart(moves: readonly Move[]): Part {
  const owned = moves.map(({ object }) => object).filter(({ stack }) => stack !== undefined);
  const stacks = [...new Set(owned.map(({ stack }) => String(stack)))];
  return {
    ...NOTHING,
    notes: stacks.map((stack) => {
      const names = owned.filter((object) => object.stack === stack).map(({ address }) => address);
      return `CloudFormation's stack ${stack} has ${names.join(", ")}: let it keep them first, docs/migration.md#out-of-cloudformation`;
    }),
  };
}

/** What stays in the old code and refers to what leaves it. */
function dependentsOn({ objects }: State, moves: readonly Move[]): string[] {
  const going = new Set(moves.filter(({ fate }) => fate !== "left").map(({ object }) => object.address));
  const resources = new Set([...going].map(withoutInstances));
  return objects
    .filter(
      ({ address, dependsOn }) => !going.has(address) && dependsOn.some((one) => resources.has(withoutInstances(one))),
    )
    .map(({ address }) => address);
}
