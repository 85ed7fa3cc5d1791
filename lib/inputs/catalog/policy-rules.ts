import { hclString } from "../../terraform/expression";
import { isFields, isKnownText } from "../../terraform/known-values";
import { DEFAULT_KARPENTER_VERSION, mayBeTaken, minorVersionOf, MINOR_VERSIONS_AT_PLAN } from "../../versions";
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

/** No policy is one of those that AWS manages and that the role of nodes made here has in that release. */
function notOfEveryNode(property: string): CrossRule {
  const namesOf = (at: At): string => {
    const pattern = `format(${hclString(managedPolicy("%s"))}, join("|", ${policiesAtPlan(at("karpenterVersion"))}))`;
    return `[for key, arn in ${at(property)} : key if can(regex(${pattern}, arn))]`;
  };
  return {
    refusal:
      `"{${property}}" is <${property}>, but must not have <attached>: the role of nodes has that policy already, ` +
      `${ONE_TO_AWS}; leave it out`,
    computed: {
      attached: {
        of: ({ [property]: policies, karpenterVersion }) => quoted(attachedIn(policies, karpenterVersion)),
        terraform: (at) => quotedAtPlan(namesOf(at)),
      },
    },
    condition: any(
      is("createNodeRole", false),
      predicate(
        ({ [property]: policies, karpenterVersion }) => attachedIn(policies, karpenterVersion).length === 0,
        (at) => `try(length(${namesOf(at)}) == 0, true)`,
      ),
    ),
  };
}

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

function attachedIn(policies: unknown, release: unknown = DEFAULT_KARPENTER_VERSION): string[] {
  if (!isKnownText(release) || !mayBeTaken(release)) {
    return [];
  }
  const ofEveryNode = new RegExp(managedPolicy(minorVersionOf(release).nodePolicies.join("|")));
  return knownPolicies(policies)
    .filter(([, arn]) => ofEveryNode.test(arn))
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
  notOfEveryNode(property),
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
