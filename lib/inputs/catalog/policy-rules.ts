import { hclString } from "../../terraform/expression";
import type { Fields } from "../../terraform/known-values";
import { isFields, isKnownText } from "../../terraform/known-values";
import {
  CNI_POLICY,
  DEFAULT_KARPENTER_VERSION,
  mayBeTaken,
  minorVersionOf,
  MINOR_VERSIONS_AT_PLAN,
  POD_EXECUTION_POLICIES,
  SSM_POLICY,
} from "../../versions";
import type { CrossRule } from "../cross-rule";
import type { At } from "../predicate";
import { any, implies, is, predicate, sized } from "../predicate";

const ONE_TO_AWS = "to AWS both are one attachment, and removing one of them takes the policy away";

/** No policy stands under two names in a map of policies to attach. */
export function policyOnce(property: string): CrossRule {
  const namesOf = (at: At): string =>
    `[for key, arn in ${at(property)} : key if length([for other in values(${at(property)}) : other if other == arn]) > 1]`;
  return {
    refusal:
      `"{${property}}" is <${property}>, but must name each policy once, unlike <twice>: ${ONE_TO_AWS}; ` +
      "leave all but one out",
    computed: {
      twice: {
        of: ({ [property]: policies }) => quoted(twiceIn(policies)),
        terraform: (at) => quotedAtPlan(namesOf(at)),
      },
    },
    condition: predicate(
      ({ [property]: policies }) => twiceIn(policies).length === 0,
      (at) => `try(length(${namesOf(at)}) == 0, true)`,
    ),
  };
}

/** Policies that AWS manages and that a role made here has, by what else is said. */
interface OwnPolicies {
  /** The toggle of the role. */
  readonly toggle: string;
  /** Whose the role is. */
  readonly role: string;
  names(values: Fields): readonly string[];
  /** A list, in Terraform. */
  namesAtPlan(at: At): string;
}

/** No policy is one that the role has already. */
function notOfRole(property: string, own: OwnPolicies): CrossRule {
  const attachedIn = (values: Fields): string[] => {
    const pattern = new RegExp(managedPolicy(own.names(values).join("|")));
    return knownPolicies(values[property])
      .filter(([, arn]) => pattern.test(arn))
      .map(([name]) => name);
  };
  const namesOf = (at: At): string => {
    const pattern = `format(${hclString(managedPolicy("%s"))}, join("|", ${own.namesAtPlan(at)}))`;
    return `[for key, arn in ${at(property)} : key if can(regex(${pattern}, arn))]`;
  };
  return {
    refusal:
      `"{${property}}" is <${property}>, but must not have <attached>: the role of ${own.role} has that policy already, ` +
      `${ONE_TO_AWS}; leave it out`,
    computed: {
      attached: { of: (values) => quoted(attachedIn(values)), terraform: (at) => quotedAtPlan(namesOf(at)) },
    },
    condition: any(
      is(own.toggle, false),
      predicate(
        (values) => attachedIn(values).length === 0,
        (at) => `try(length(${namesOf(at)}) == 0, true)`,
      ),
    ),
  };
}

/** Whether a role has the policy that the VPC CNI needs in a cluster of IPv4. */
const hasCniPolicy = (toggle: string) => ({
  of: ({ [toggle]: wanted, clusterIpFamily }: Fields): boolean => wanted !== false && clusterIpFamily !== "ipv6",
  terraform: (at: At): string => `${at(toggle)} && ${at("clusterIpFamily")} != "ipv6"`,
});

const nodeCni = hasCniPolicy("nodeCniPolicy");
const podCni = hasCniPolicy("podExecutionRoleCniPolicy");

const ofNodes: OwnPolicies = {
  toggle: "createNodeRole",
  role: "nodes",
  names: ({ karpenterVersion: release = DEFAULT_KARPENTER_VERSION, ...values }) =>
    !isKnownText(release) || !mayBeTaken(release)
      ? []
      : minorVersionOf(release).nodePolicies.filter(
          (name) =>
            (name !== CNI_POLICY || nodeCni.of(values)) && (name !== SSM_POLICY || values.nodeSsmPolicy !== false),
        ),
  namesAtPlan: (at) =>
    `[for name in ${policiesAtPlan(at("karpenterVersion"))} : name if ` +
    `(name != ${hclString(CNI_POLICY)} || ${nodeCni.terraform(at)}) && (name != ${hclString(SSM_POLICY)} || ${at("nodeSsmPolicy")})]`,
};

const ofPodsOnFargate: OwnPolicies = {
  toggle: "createPodExecutionRole",
  role: "pods on Fargate",
  names: (values) => POD_EXECUTION_POLICIES.filter((name) => name !== CNI_POLICY || podCni.of(values)),
  namesAtPlan: (at) =>
    `[for name in [${POD_EXECUTION_POLICIES.map(hclString).join(", ")}] : name if name != ${hclString(CNI_POLICY)} || ${podCni.terraform(at)}]`,
};

/** Managed policies of Karpenter's own and those of the user are attachments, of which IAM takes 10 on a role. */
function besideManaged(property: string): CrossRule {
  return {
    refusal:
      `"{${property}}" is <${property}>, but must have at most 4 entries while "{controllerPolicyForm}" is ` +
      "<controllerPolicyForm>: IAM takes 10 policies on a role, of which Karpenter's own are up to 6; put several into one, " +
      'or take "inline"',
    condition: implies(is("controllerPolicyForm", "managed", "both"), sized(property, { max: 4 })),
  };
}

/** On policies that the role of the controller gets beside its own. */
export const controllerPolicyRules = (property: string): readonly CrossRule[] => [
  policyOnce(property),
  besideManaged(property),
];

/** The names of policies that stand there under another name too. */
function twiceIn(policies: unknown): string[] {
  const known = knownPolicies(policies);
  return known
    .filter(([name, arn]) => known.some(([other, same]) => same === arn && other !== name))
    .map(([name]) => name);
}

/** In the order of Terraform, which has that of names. */
function knownPolicies(policies: unknown): [name: string, arn: string][] {
  return Object.entries(isFields(policies) ? policies : {})
    .filter((entry): entry is [string, string] => isKnownText(entry[1]))
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The ARN of a policy that AWS manages, with one of these names. */
function managedPolicy(names: string): string {
  return `^arn:[a-z0-9-]+:iam::aws:policy/(${names})$`;
}

/** On policies that the role of nodes gets beside its own. */
export const nodePolicyRules = (property: string): readonly CrossRule[] => [
  policyOnce(property),
  notOfRole(property, ofNodes),
];

/** On policies that the pod execution role gets beside its own. */
export const podExecutionPolicyRules: readonly CrossRule[] = [
  policyOnce("podExecutionRoleAdditionalPolicies"),
  notOfRole("podExecutionRoleAdditionalPolicies", ofPodsOnFargate),
];

/** The policies of a release that only Terraform knows. */
function policiesAtPlan(release: string): string {
  const listOf = (names: readonly string[]): string => `[${names.map(hclString).join(", ")}]`;
  const lists = MINOR_VERSIONS_AT_PLAN.map(({ minorVersion, nodePolicies }) => ({
    since: minorVersion.split(".")[1],
    list: listOf(nodePolicies),
  })).filter(({ list }, index, all) => list !== all[index - 1]?.list);
  return lists
    .slice(1)
    .reduce(
      (older, { since, list }) => `(tonumber(split(".", ${release})[1]) >= ${since} ? ${list} : ${older})`,
      lists[0].list,
    );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(" and ");
}

function quotedAtPlan(names: string): string {
  return `join(" and ", [for name in ${names} : jsonencode(name)])`;
}
