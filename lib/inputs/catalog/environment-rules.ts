/** Rules that what is given by its ARN, or by an address, is of the cluster's partition, account and region. */
import { Token } from "cdktf";
import { environmentOfOidcProvider } from "../../arns";
import { hclString } from "../../terraform/expression";
import { isFields, isGiven } from "../../terraform/known-values";
import type { CrossRule } from "../cross-rule";
import type { Predicate } from "../predicate";
import { any, given, is, not, predicate } from "../predicate";

/** What of the cluster's environment an ARN tells, by the place between its colons. */
const PLACES = { partition: 1, region: 3, accountId: 4 } as const;
type Place = keyof typeof PLACES;

const IN_WORDS: Readonly<Record<Place, string>> = { partition: "partition", region: "region", accountId: "account" };

/** An input that holds ARNs: one, a list of them, or a map from names to them. */
interface Arns {
  readonly property: string;
  readonly holds: "one" | "list" | "map";
  /** What the service of the ARN has a place for. */
  readonly places: readonly Place[];
}

const IAM = ["partition", "accountId"] as const;
const REGIONAL = ["partition", "region", "accountId"] as const;
/** A key may be another account's for a queue of one's own; SQS looks for it in the queue's region. */
const KEY = ["partition", "region"] as const;

const nodeRoleArn: Arns = { property: "nodeRoleArn", holds: "one", places: IAM };
const nodeRoleArns: Arns = { property: "nodeRoleArns", holds: "list", places: IAM };
const additionalNodeRoleArns: Arns = { property: "additionalNodeRoleArns", holds: "list", places: IAM };
const controllerRoleArn: Arns = { property: "controllerRoleArn", holds: "one", places: IAM };
const podExecutionRoleArn: Arns = { property: "podExecutionRoleArn", holds: "one", places: IAM };
const permissionsBoundaryArn: Arns = { property: "permissionsBoundaryArn", holds: "one", places: IAM };
const additionalPolicies: Arns = { property: "additionalPolicies", holds: "map", places: IAM };
const controllerAdditionalPolicies: Arns = { property: "controllerAdditionalPolicies", holds: "map", places: IAM };
const podExecutionRoleAdditionalPolicies: Arns = {
  property: "podExecutionRoleAdditionalPolicies",
  holds: "map",
  places: IAM,
};
const nodeAdditionalPolicies: Arns = { property: "nodeAdditionalPolicies", holds: "map", places: IAM };
const policies: Arns = { property: "policies", holds: "map", places: IAM };
const interruptionQueueArn: Arns = { property: "interruptionQueueArn", holds: "one", places: REGIONAL };
const interruptionQueueKmsKeyArn: Arns = { property: "interruptionQueueKmsKeyArn", holds: "one", places: KEY };
/** SSM and EBS look in the cluster's region; a parameter or a key may be another account's. */
const amiParameterArns: Arns = { property: "amiParameterArns", holds: "list", places: KEY };
const ebsKmsKeyArns: Arns = { property: "ebsKmsKeyArns", holds: "list", places: KEY };

/** The rules on these inputs, one for each place. */
function areOfCluster(...inputs: readonly Arns[]): CrossRule[] {
  return inputs.flatMap((input) => input.places.map((place) => isOfCluster(input, place)));
}

function isOfCluster({ property, holds }: Arns, place: Place): CrossRule {
  const words = IN_WORDS[place];
  const isStranger = (arn: string, own: unknown): boolean => {
    const found = arn.split(":").at(PLACES[place]);
    // An ARN that is malformed is told of by itself, and what AWS manages is of the account `aws`.
    return found !== undefined && found !== "" && found !== own && !(place === "accountId" && found === "aws");
  };
  const itemsAt = (it: string): string => ({ one: `[${it}]`, list: it, map: `values(${it})` })[holds];
  const strangersAt = (it: string, own: string): string => {
    const found = `split(":", arn)[${PLACES[place]}]`;
    const known = place === "accountId" ? `["", "aws", ${own}]` : `["", ${own}]`;
    return `try([for arn in ${itemsAt(it)} : arn if !try(contains(${known}, ${found}), true)], [])`;
  };
  return {
    refusal:
      `"{${property}}" ${holds === "one" ? "is" : "has"} <strangers>, but must be of ${words} <${place}>, that of the ` +
      `cluster; give one of the cluster's ${words}`,
    condition: any(
      not(given(place)),
      predicate(
        ({ [property]: value, [place]: own }) => !knownTexts(value).some((arn) => isStranger(arn, own)),
        (at) => `length(${strangersAt(at(property), at(place))}) == 0`,
      ),
    ),
    computed: {
      strangers: {
        of: ({ [property]: value, [place]: own }) => {
          const found = knownTexts(value).filter((arn) => isStranger(arn, own));
          return found.map((arn) => JSON.stringify(arn)).join(", ");
        },
        terraform: (at) => `join(", ", [for arn in ${strangersAt(at(property), at(place))} : jsonencode(arn)])`,
      },
    },
  };
}

/** The texts in a value: itself, its items, or its values. */
function knownTexts(value: unknown): string[] {
  const items = Array.isArray(value) ? value : isFields(value) ? Object.values(value) : [value];
  return items.filter((item): item is string => typeof item === "string");
}

/** The region in the address of an API server, which says none where it is another's name for it. */
const ENDPOINT_REGION = "^https://.*[.]([a-z]{2,}(?:-[a-z]+)+-[0-9]+)[.](?:eks[.]|api[.]aws)";

const endpointRule: CrossRule = {
  refusal:
    '"{clusterEndpoint}" is <clusterEndpoint>, but must be of region <region>, that of the cluster; give the `endpoint` of ' +
    "this EKS cluster",
  condition: any(
    not(given("region")),
    not(given("clusterEndpoint")),
    predicate(
      ({ clusterEndpoint, region }) =>
        [region, undefined].includes(new RegExp(ENDPOINT_REGION).exec(String(clusterEndpoint))?.[1]),
      (at) => `try(regex(${hclString(ENDPOINT_REGION)}, ${at("clusterEndpoint")})[0] == ${at("region")}, true)`,
    ),
  ),
};

/** The queue that is made here takes a key of its own account; for another, bring the queue too. */
const ownKeyRule: CrossRule = withCondition(
  isOfCluster({ ...interruptionQueueKmsKeyArn, places: REGIONAL }, "accountId"),
  (condition) => any(is("createInterruptionQueue", false), condition),
);

function withCondition(rule: CrossRule, change: (condition: Predicate) => Predicate): CrossRule {
  return { ...rule, condition: change(rule.condition) };
}

/** On the whole of Karpenter. */
export const karpenterEnvironmentRules: readonly CrossRule[] = [
  ...areOfCluster(
    nodeRoleArn,
    additionalNodeRoleArns,
    controllerRoleArn,
    podExecutionRoleArn,
    permissionsBoundaryArn,
    controllerAdditionalPolicies,
    nodeAdditionalPolicies,
    podExecutionRoleAdditionalPolicies,
    interruptionQueueArn,
    interruptionQueueKmsKeyArn,
    amiParameterArns,
    ebsKmsKeyArns,
  ),
  ownKeyRule,
  endpointRule,
];

/** On the controller's policies. */
export const controllerPolicyEnvironmentRules = areOfCluster(
  nodeRoleArns,
  interruptionQueueArn,
  interruptionQueueKmsKeyArn,
  amiParameterArns,
  ebsKmsKeyArns,
);

/** On the interruption queue. */
export const queueEnvironmentRules: readonly CrossRule[] = [
  ...areOfCluster(interruptionQueueArn, interruptionQueueKmsKeyArn),
  ownKeyRule,
];

/** On the controller's role. */
export const controllerRoleEnvironmentRules = [
  ...controllerPolicyEnvironmentRules,
  ...areOfCluster(permissionsBoundaryArn, additionalPolicies),
];

/** On the node role. */
export const nodeRoleEnvironmentRules = areOfCluster(nodeRoleArn, permissionsBoundaryArn, additionalPolicies);

/** On the Fargate profile. */
export const fargateEnvironmentRules = areOfCluster(
  podExecutionRoleArn,
  permissionsBoundaryArn,
  podExecutionRoleAdditionalPolicies,
);

/** On the role that Terraform becomes to make a stack. */
export const assumedRoleRules = areOfCluster({ property: "assumeRoleArn", holds: "one", places: IAM });

/** On a role for service accounts. */
export const irsaRoleEnvironmentRules = areOfCluster(permissionsBoundaryArn, policies);

/**
 * The cluster's environment as far as it is known at synth: what is given, or what the OIDC provider's ARN tells. Where these
 * contradict each other, another rule says so, and nothing follows from either.
 */
export function knownEnvironment(props: object): Readonly<Partial<Record<Place, unknown>>> {
  const { oidcProviderArn, ...own } = props as Partial<Record<Place | "oidcProviderArn", unknown>>;
  const told = typeof oidcProviderArn === "string" ? environmentOfOidcProvider(oidcProviderArn) : {};
  const places = Object.keys(PLACES) as Place[];
  const isContradicted = (place: Place): boolean =>
    isGiven(own[place]) && !Token.isUnresolved(own[place]) && told[place] !== undefined && own[place] !== told[place];
  return Object.fromEntries(
    places.map((place) => [place, isContradicted(place) ? undefined : (own[place] ?? told[place])]),
  );
}
