/** Every kind of bad input with the answer to it, for the TypeScript side and for Terraform: same words, other names. */
import { isDeepStrictEqual } from "node:util";

import type { KarpenterProps } from "../../lib/karpenter-props";
import { NEEDED_FOR_OBJECTS, OF_PARTS } from "./of-parts";

/** Properties of Karpenter with values that may be wrong. Undefined stands for one that is left out. */
export type Patch = Readonly<Partial<Record<keyof KarpenterProps, unknown>>>;

/** One bad input. */
export interface BadInput {
  readonly title: string;
  /** What is added to {@link GOOD}; all that the answer depends on, so that cases without a common property combine. */
  readonly patch: Patch;
  /** The answer, with properties as `{camelCase}`. */
  readonly answer: string;
  /** Whether several properties are wrong together, each being right alone. */
  readonly together: boolean;
  /**
   * What must be right for the answer to be given.
   *
   * @default - nothing
   */
  readonly needs?: readonly (keyof KarpenterProps)[];
}

const OIDC =
  "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const ROLE = "arn:aws:iam::123456789012:role/theirs";
const BOUNDARY = "arn:aws:iam::123456789012:policy/theirs";
const QUEUE = "arn:aws:sqs:eu-north-1:123456789012:theirs";
const ONE_TO_AWS = "to AWS both are one attachment, and removing one of them takes the policy away";
const managedPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const DOCUMENT = '{"Version":"2012-10-17","Statement":[]}';
const PARAMETER = "arn:aws:ssm:eu-north-1:123456789012:parameter/golden/eks";
const KEY = "arn:aws:kms:eu-north-1:123456789012:key/1234abcd";

/** A configuration that is right. */
export const GOOD: Patch = {
  clusterName: "prod",
  oidcProviderArn: OIDC,
  subnetIds: ["subnet-0a", "subnet-0b"],
  securityGroupIds: ["sg-0a"],
};

/** What is allowed, and the way out, by kind. */
const RULES = {
  clusterName: [
    "1 to 100 letters, digits, hyphens and underscores, the first a letter or digit",
    "give the name that `aws eks list-clusters` shows",
  ],
  oidcProvider: [
    "the ARN of the cluster's IAM OIDC provider, arn:<partition>:iam::<account>:oidc-provider/oidc.eks.<region>.amazonaws.com/id/<id>",
    "give the ARN that `aws iam list-open-id-connect-providers` shows, not the issuer's address",
  ],
  subnet: ["a subnet id, subnet-…", "give the subnet's id, not its name"],
  tagLength: ["a text of 1 to 128 characters", "shorten it"],
  tagCharacters: ["a text of letters, digits, spaces and characters of _.:/=+-@", "leave out other characters"],
  reservedTagValue: ['a text that does not begin with "aws:"', "leave it out: AWS keeps such values for itself"],
  reservedTag: [
    'one that begins with none of "aws:", "eks:", "kubernetes.io/cluster/", "karpenter.sh/nodepool", ' +
      '"karpenter.sh/nodeclaim", "karpenter.k8s.aws/"',
    "leave it out: AWS, EKS and Karpenter set such keys themselves, and IAM conditions rest on them",
  ],
  kubernetes: [
    'a minor version of Kubernetes such as "1.33"',
    "write it in quotes, for 1.30 without them is the number 1.3, and without a v and a patch",
  ],
  role: [
    "the ARN of an IAM role, arn:<partition>:iam::<account>:role/<name>, without wildcards",
    "give the role's ARN, not its name",
  ],
  boundary: [
    "the ARN of an IAM policy, arn:<partition>:iam::<account>:policy/<name>",
    "give the ARN of the policy that bounds the roles",
  ],
  queue: [
    "the ARN of a standard SQS queue, arn:<partition>:sqs:<region>:<account>:<name>",
    "give the queue's ARN, not its URL; a FIFO queue cannot take EventBridge's events here",
  ],
  key: [
    "the ARN of a customer managed KMS key, arn:<partition>:kms:<region>:<account>:key/<id>",
    "give the key's ARN and let events.amazonaws.com use it in its key policy; alias/aws/sqs would drop events",
  ],
  ipFamily: ['one of "ipv4", "ipv6"', "give the `ip_family` of the EKS cluster"],
  reuse: ["a whole number from 60 to 86400", "give seconds, 300 for five minutes"],
  alarmAction: [
    "the ARN of what an alarm can tell, arn:<partition>:sns:<region>:<account>:<topic>",
    "give the topic's ARN, not its name",
  ],
  logGroup: [
    "1 to 512 letters, digits and characters of _/.#-",
    "give the log group's name, not its ARN, or leave it out",
  ],
  logKey: [
    "the ARN of a customer managed KMS key, arn:<partition>:kms:<region>:<account>:key/<id>",
    "give the key's ARN, not that of an alias, and let logs.<region>.amazonaws.com use it in its key policy",
  ],
  logDays: [
    "one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    "take the next one; 0 keeps logs for ever",
  ],
  logFilters: [
    "[FILTER] sections that each have a Match, and a Name of grep, parser, record_modifier, rewrite_tag, throttle, nest, modify, " +
      "kubernetes",
    "EKS runs no other filters on Fargate; correct that section, or leave it out",
  ],
  parameter: [
    "the ARN of an SSM parameter, arn:<partition>:ssm:<region>:<account>:parameter/<name>, or of all below a path, …/<path>/*",
    "give the parameter's ARN, not its name",
  ],
  volumeKey: [
    "the ARN of a customer managed KMS key, arn:<partition>:kms:<region>:<account>:key/<id>",
    "give the key's ARN, not that of an alias; for the account's key alias/aws/ebs, leave it out",
  ],
  reason: ["a reason of at least 10 characters", "say why nodes need not be spared, such as that none runs yet"],
  path: [
    "an IAM path of up to 512 letters, digits and characters of _+=,.@- with a slash at both ends and between its parts",
    'write "/" or "/platform/karpenter/"',
  ],
  namespace: [
    "a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens, without wildcards",
    "name one namespace exactly: whoever matches it may assume the role",
  ],
  serviceAccount: [
    "a Kubernetes service account name: 1 to 253 lower-case letters, digits, hyphens and dots, without wildcards",
    "name one service account exactly: whoever matches it may assume the role",
  ],
  partition: ["an AWS partition such as aws, aws-cn or aws-us-gov", "leave it out to take the provider's"],
  region: ["an AWS region such as eu-north-1", "leave it out to take the provider's"],
  account: [
    "an AWS account id of 12 digits",
    "write it as a string, with its leading zeros, or leave it out to take the provider's",
  ],
} as const;

/** How many there may be of something, and what to do where there are others, by kind. */
const SIZES = {
  subnets: ["1 to 30", "give the ids of the cluster's private subnets"],
  fargateSubnets: ["1 to 100", "give the ids of the cluster's private subnets"],
  securityGroups: ["1 to 16", "give the ids of the security groups that nodes run in"],
  selectors: ["1 to 5", "put what else should run on Fargate into a Fargate profile of its own"],
} as const;

/** A statement of the queue's policy in which a value is wrong. */
function ofQueueStatements(title: string, path: string, value: unknown, statement: object, allowed: string): BadInput {
  return {
    title,
    patch: { interruptionQueuePolicyStatements: { Own: statement } },
    answer: `"{interruptionQueuePolicyStatements}${path}" is ${JSON.stringify(value)}, but must be ${allowed}`,
    together: false,
    needs: NEEDED_FOR_OBJECTS,
  };
}

/** A property that is wrong whatever the others are. `beside` is what it takes for nothing else to be wrong. */
function single(
  title: string,
  property: keyof KarpenterProps,
  value: unknown,
  rule: keyof typeof RULES,
  beside: Patch = {},
): BadInput {
  const [allowed, remedy] = RULES[rule];
  const answer = `"{${property}}" is ${JSON.stringify(value)}, but must be ${allowed}; ${remedy}`;
  return { title, patch: { ...beside, [property]: value }, answer, together: false };
}

/** A list with more or fewer items than it may have. */
function sized(
  title: string,
  property: keyof KarpenterProps,
  items: readonly unknown[],
  size: keyof typeof SIZES,
): BadInput {
  const [allowed, remedy] = SIZES[size];
  const answer = `"{${property}}" has ${items.length} items, but must have ${allowed}; ${remedy}`;
  return { title, patch: { [property]: items }, answer, together: false };
}

/** A list that has the same item twice. */
function twice(title: string, property: keyof KarpenterProps, item: unknown): BadInput {
  const answer = `"{${property}}[1]" is ${JSON.stringify(item)} again, but must be there once; leave it out`;
  return { title, patch: { [property]: [item, item] }, answer, together: false };
}

/** A list whose only item is wrong. */
function itemOf(title: string, property: keyof KarpenterProps, item: unknown, rule: keyof typeof RULES): BadInput {
  const [allowed, remedy] = RULES[rule];
  const answer = `"{${property}}[0]" is ${JSON.stringify(item)}, but must be ${allowed}; ${remedy}`;
  return { title, patch: { [property]: [item] }, answer, together: false };
}

/** A tag whose key is wrong. */
function tagKey(title: string, key: string, rule: keyof typeof RULES): BadInput {
  const [allowed, remedy] = RULES[rule];
  const answer = `"{tags}" has the name ${JSON.stringify(key)}, but a name must be ${allowed}; ${remedy}`;
  return { title, patch: { tags: { [key]: "x" } }, answer, together: false };
}

/** A release that is refused with an answer of its own. */
function release(title: string, version: string, told: string): BadInput {
  const answer = `"{karpenterVersion}" is "${version}", but ${told}`;
  return { title, patch: { karpenterVersion: version }, answer, together: false };
}

function together(title: string, patch: Patch, answer: string): BadInput {
  return { title, patch, answer, together: true };
}

/** Tags whose value is wrong. */
function tagValue(title: string, value: string, rule: keyof typeof RULES): BadInput {
  const [allowed, remedy] = RULES[rule];
  const answer = `"{tags}.team" is ${JSON.stringify(value)}, but must be ${allowed}; ${remedy}`;
  return { title, patch: { tags: { team: value } }, answer, together: false };
}

/** More policies for a role than fit beside those that are attached already. */
function policies(property: keyof KarpenterProps, count: number, most: number, own: string): BadInput {
  const many = Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, `${BOUNDARY}-${i}`]));
  const answer =
    `"{${property}}" has ${count} entries, but must have at most ${most}; IAM takes 10 policies on a role, of which ` +
    `${own}: put several into one`;
  return { title: `${count} more policies in ${property}`, patch: { [property]: many }, answer, together: false };
}

/** What is of another partition, account or region than the cluster of {@link GOOD}. */
function stranger(
  property: keyof KarpenterProps,
  value: unknown,
  [word, own]: readonly [string, string],
  beside: Patch = {},
): BadInput {
  const isOne = typeof value === "string";
  const told = isOne ? value : Object.values(value as object)[0];
  const item = together(
    `${property} of another ${word}`,
    { oidcProviderArn: OIDC, createControllerRole: true, ...beside, [property]: value },
    `"{${property}}" ${isOne ? "is" : "has"} ${JSON.stringify(told)}, but must be of ${word} "${own}", that of the cluster; give ` +
      (property === "clusterEndpoint" ? "the `endpoint` of this EKS cluster" : `one of the cluster's ${word}`),
  );
  return { ...item, needs: ["partition", "region", "accountId"] };
}

const ACCOUNT = ["account", "123456789012"] as const;
const REGION = ["region", "eu-north-1"] as const;
const elsewhereArn = (arn: string): string => arn.replace("123456789012", "210987654321");

/** The OIDC provider of {@link GOOD} in a cluster that is said to be elsewhere. */
function elsewhere(property: "partition" | "region" | "accountId", word: string, value: string): BadInput {
  return together(
    `an OIDC provider of another ${word} than given`,
    { createControllerRole: true, controllerIdentity: "irsa", oidcProviderArn: OIDC, [property]: value },
    `"{oidcProviderArn}" is "${OIDC}", but must be of ${word} "${value}"; ` +
      `give the OIDC provider of this cluster, or correct "{${property}}"`,
  );
}

/** Something that is both made and existing, and neither. */
function madeOrExisting(
  toggle: keyof KarpenterProps,
  existing: keyof KarpenterProps,
  remedy: string,
  arn = ROLE,
): BadInput[] {
  const what = arn === ROLE ? "a role" : "a queue";
  return [
    { made: true, arn },
    { made: false, arn: undefined },
  ].map(({ made, arn: given }) =>
    together(
      `{${toggle}} ${made} ${made ? "with" : "without"} {${existing}}`.replace(/[{}]/g, ""),
      { [toggle]: made, [existing]: given },
      `"{${toggle}}" is ${made} and "{${existing}}" is ${JSON.stringify(given ?? null)}, ` +
        `but must be either true without, or false with ${what} of your own; ${remedy}`,
    ),
  );
}

const takeOrLeave = (toggle: string, existing: string): string =>
  `set "{${toggle}}" to false and give "{${existing}}", or leave both out`;
const selector = (namespace: string, labels: Readonly<Record<string, string>> = {}): unknown => ({ labels, namespace });
const sixOf = <T>(make: (i: number) => T): T[] => [0, 1, 2, 3, 4, 5].map(make);

/** All of them. */
export const BAD_INPUTS: readonly BadInput[] = [
  ...OF_PARTS,
  single("an empty cluster name", "clusterName", "", "clusterName"),
  single("a cluster name of 101 characters", "clusterName", "x".repeat(101), "clusterName"),
  single("a cluster name with a dot", "clusterName", "prod.eu", "clusterName"),
  single("a cluster name that begins with a hyphen", "clusterName", "-prod", "clusterName"),
  single("a cluster name with a line break", "clusterName", "prod\n", "clusterName"),
  single(
    "an OIDC issuer instead of the provider's ARN",
    "oidcProviderArn",
    "https://oidc.eks.eu-north-1.amazonaws.com/id/0A",
    "oidcProvider",
  ),
  single(
    "an OIDC provider that is not of EKS",
    "oidcProviderArn",
    "arn:aws:iam::123456789012:oidc-provider/accounts.google.com",
    "oidcProvider",
  ),
  sized("no subnets", "subnetIds", [], "subnets"),
  sized(
    "31 subnets",
    "subnetIds",
    Array.from({ length: 31 }, (_, i) => `subnet-${i}`),
    "subnets",
  ),
  twice("the same subnet twice", "subnetIds", "subnet-0a"),
  itemOf("a subnet by its name", "subnetIds", "private-a", "subnet"),
  sized("no subnets for Fargate", "fargateSubnetIds", [], "fargateSubnets"),
  sized("no security groups", "securityGroupIds", [], "securityGroups"),
  twice("the same security group twice", "securityGroupIds", "sg-0a"),
  ...[
    sized(
      "six Fargate selectors",
      "fargateSelectors",
      sixOf((i) => selector(`n${i}`)),
      "selectors",
    ),
    sized("no Fargate selector", "fargateSelectors", [], "selectors"),
    {
      title: "a Fargate selector with six labels",
      patch: {
        fargateSelectors: [selector("karpenter", Object.fromEntries(sixOf((i) => [`l${i}`, "x"])))],
      },
      answer: '"{fargateSelectors}[0].labels" has 6 entries, but must have at most 5; leave some out',
      together: false,
    },
    twice("the same Fargate selector twice", "fargateSelectors", selector("karpenter")),
  ].map((item) => ({ ...item, needs: NEEDED_FOR_OBJECTS })),
  ...[
    "aws:name",
    "eks:name",
    "kubernetes.io/cluster/prod",
    "karpenter.sh/nodepool",
    "karpenter.sh/nodeclaim",
    "karpenter.k8s.aws/x",
    "AWS:name",
  ].map((key) => tagKey(`the reserved tag key ${key}`, key, "reservedTag")),
  tagKey("a tag key of 129 characters", "x".repeat(129), "tagLength"),
  release(
    "a release of Karpenter without its patch",
    "1.2",
    'must be a published release; the newest of 1.2 that is known here is "1.2.8"',
  ),
  release("a Karpenter version with a v", "v1.14.3", 'must be written without the v; take "1.14.3"'),
  release(
    "a release of Karpenter that was yanked",
    "1.8.4",
    'must not be that release: it breaks the topology spread of pods; take "1.8.8"',
  ),
  together(
    "a release of Karpenter that is newer than this project",
    { karpenterVersion: "1.98.0" },
    '"{karpenterVersion}" is "1.98.0", but must be a release of a minor version that is known here, up to 1.15; take ' +
      '"1.14.3", or set "{allowNewerKarpenterVersion}" to true to have it treated as 1.15',
  ),
  single("a Kubernetes version with a patch", "kubernetesVersion", "1.33.1", "kubernetes"),
  single("a Kubernetes version of 1.30 without quotes", "kubernetesVersion", "1.3", "kubernetes"),
  together(
    "a release of Karpenter that is too old for the cluster's Kubernetes",
    { karpenterVersion: "1.14.3", kubernetesVersion: "1.37" },
    '"{karpenterVersion}" is "1.14.3", but must be a release for Kubernetes "1.37", and is for 1.26 to 1.36; ' +
      'take "1.15.1"',
  ),
  single("a permissions boundary by its name", "permissionsBoundaryArn", "boundary", "boundary"),
  single("a controller role by its name", "controllerRoleArn", "karpenter", "role", { createControllerRole: false }),
  single("a node role by its name", "nodeRoleArn", "nodes", "role", { createNodeRole: false }),
  itemOf("a role of more nodes by its name", "additionalNodeRoleArns", "windows", "role"),
  twice("one role of more nodes twice", "additionalNodeRoleArns", ROLE),
  single(
    "an instance profile's ARN as the pod execution role",
    "podExecutionRoleArn",
    "arn:aws:iam::123456789012:instance-profile/x",
    "role",
    { createPodExecutionRole: false },
  ),
  single(
    "a queue by its URL",
    "interruptionQueueArn",
    "https://sqs.eu-north-1.amazonaws.com/123456789012/theirs",
    "queue",
    { createInterruptionQueue: false },
  ),
  single("a FIFO queue", "interruptionQueueArn", `${QUEUE}.fifo`, "queue", { createInterruptionQueue: false }),
  single(
    "a data key that is used for a minute less than a minute",
    "interruptionQueueKmsDataKeyReusePeriod",
    59,
    "reuse",
  ),
  itemOf("a topic by its name", "interruptionQueueAlarmActions", "ops", "alarmAction"),
  ofQueueStatements(
    "an action of another service",
    ".Own.actions[0]",
    "s3:GetObject",
    {
      actions: ["s3:GetObject"],
      principals: [{ type: "AWS", identifiers: ["123456789012"] }],
    },
    'an action of SQS, "sqs:SendMessage"; write sqs, a colon and the action\'s name, of which * and ? may be parts',
  ),
  {
    title: "a queue that is open to the world",
    patch: {
      interruptionQueuePolicyStatements: {
        Own: { actions: ["sqs:SendMessage"], principals: [{ type: "AWS", identifiers: ["*"] }] },
      },
    },
    answer:
      '"{interruptionQueuePolicyStatements}.Own" is about everybody, but must have "conditions" then: without any, it opens the ' +
      "queue to the world, or closes it to Karpenter; name the accounts, roles or services, or add conditions",
    together: false,
    needs: NEEDED_FOR_OBJECTS,
  },
  {
    title: "a statement that the queue has already",
    patch: {
      interruptionQueuePolicyStatements: {
        DenyHTTP: { actions: ["sqs:SendMessage"], principals: [{ type: "AWS", identifiers: ["123456789012"] }] },
      },
    },
    answer:
      '"{interruptionQueuePolicyStatements}" has the name "DenyHTTP", but a name must be none of "AllowEventBridgeRules", ' +
      '"DenyHTTP"; rename it: the policy has that statement already',
    together: false,
    needs: NEEDED_FOR_OBJECTS,
  },
  single("the AWS managed key of SQS", "interruptionQueueKmsKeyArn", "alias/aws/sqs", "key"),
  single(
    "a log group by its ARN",
    "fargateLogGroupName",
    "arn:aws:logs:eu-north-1:123456789012:log-group:a",
    "logGroup",
  ),
  single("logs that are kept for 100 days", "fargateLogRetentionDays", 100, "logDays"),
  single("an alias of a key of logs", "fargateLogKmsKeyArn", "alias/logs", "logKey"),
  single(
    "a filter of logs that EKS does not run",
    "fargateLogFilters",
    "[FILTER]\n    Name lua\n    Match *",
    "logFilters",
  ),
  itemOf("an SSM parameter by its name", "amiParameterArns", "/golden/eks", "parameter"),
  itemOf("all SSM parameters", "amiParameterArns", PARAMETER.replace("golden/eks", "*"), "parameter"),
  twice("one SSM parameter twice", "amiParameterArns", PARAMETER),
  itemOf("an alias of a key of volumes", "ebsKmsKeyArns", KEY.replace("key/", "alias/"), "volumeKey"),
  twice("one key of volumes twice", "ebsKmsKeyArns", KEY),
  single("a node role with a wildcard", "nodeRoleArn", `${ROLE}-*`, "role", { createNodeRole: false }),
  itemOf("a role to pass with a wildcard", "additionalNodeRoleArns", `${ROLE}-?`, "role"),
  ...(
    [
      [
        "a session of a day",
        "controllerMaxSessionDuration",
        86_400,
        "a whole number from 3600 to 43200; give seconds, 3600 for an hour",
      ],
      [
        "a description of a role in other letters",
        "controllerRoleDescription",
        "роль",
        "up to 1000 letters, digits and other characters of Latin-1; shorten it, and leave out other characters",
      ],
    ] as const
  ).map(([title, property, value, allowed]) => ({
    title,
    patch: { [property]: value },
    answer: `"{${property}}" is ${JSON.stringify(value)}, but must be ${allowed}`,
    together: false,
  })),
  ...(["controllerInlinePolicies", "nodeInlinePolicies", "podExecutionInlinePolicies"] as const).flatMap((property) => [
    {
      title: `a policy in ${property} that is no JSON`,
      patch: { [property]: { logs: "{}" } },
      answer:
        `"{${property}}.logs" is "{}", but must be an IAM policy as JSON, {"Version": "2012-10-17", "Statement": […]}; write it ` +
        "with JSON.stringify, jsonencode or the json of an aws_iam_policy_document",
      together: false,
    },
  ]),
  ...[
    {
      title: "a condition that would let others become the role",
      patch: { controllerTrustConditions: [{ test: "ArnLike", variable: "aws:SourceArn", values: ["*"] }] },
      answer:
        '"{controllerTrustConditions}[0].variable" is "aws:SourceArn", but must be another than sub, aud, aws:SourceAccount and ' +
        "aws:SourceArn, which the trust policy has already",
      together: false,
    },
    {
      title: "the world as a principal",
      patch: { controllerTrustStatements: [{ principals: [{ type: "AWS", identifiers: ["*"] }] }] },
      answer:
        '"{controllerTrustStatements}[0].principals" has the identifier "*", but must name accounts, roles or services while ' +
        '"effect" is not "Deny": the world could become the role; name who may',
      together: false,
    },
    {
      title: "an action without its service",
      patch: { controllerPolicyStatements: [{ actions: ["GetObject"], resources: ["*"] }] },
      answer:
        '"{controllerPolicyStatements}[0].actions[0]" is "GetObject", but must be an action with its service, such as ' +
        "s3:GetObject, or *; write the service before it",
      together: false,
    },
  ].map((item) => ({ ...item, needs: NEEDED_FOR_OBJECTS })),
  tagKey("a tag with a comma in its name", "cost,center", "tagCharacters"),
  tagValue("a tag with a line break", "a\nb", "tagCharacters"),
  tagValue("a tag with a value of AWS's own", "aws:x", "reservedTagValue"),
  policies("nodeAdditionalPolicies", 7, 6, "those that every node needs are 4"),
  single("an IAM path with a wildcard", "iamPath", "/platform-*/", "path"),
  single("an IAM path without a slash at its end", "iamPath", "/platform", "path"),
  single("a reason that is none", "acceptedChange", "all right", "reason"),
  single("a namespace in capitals", "namespace", "Karpenter", "namespace"),
  single("a namespace with a wildcard", "namespace", "karp*", "namespace"),
  single("a service account with a wildcard", "serviceAccountName", "*", "serviceAccount"),
  single("a malformed partition", "partition", "amazon", "partition"),
  single("a zone instead of a region", "region", "eu-north-1a", "region"),
  single("an account of 11 digits", "accountId", "12345678901", "account"),
  elsewhere("partition", "partition", "aws-cn"),
  elsewhere("region", "region", "eu-west-1"),
  elsewhere("accountId", "account", "210987654321"),
  stranger("nodeRoleArn", elsewhereArn(ROLE), ACCOUNT, { createNodeRole: false }),
  stranger("additionalNodeRoleArns", [ROLE.replace(":aws:", ":aws-cn:")], ["partition", "aws"]),
  stranger("controllerRoleArn", elsewhereArn(ROLE), ACCOUNT, { createControllerRole: false }),
  stranger("podExecutionRoleArn", elsewhereArn(ROLE), ACCOUNT, { createPodExecutionRole: false }),
  stranger("permissionsBoundaryArn", elsewhereArn(BOUNDARY), ACCOUNT),
  stranger("controllerAdditionalPolicies", { extra: "arn:aws-us-gov:iam::aws:policy/X" }, ["partition", "aws"]),
  stranger("nodeAdditionalPolicies", { extra: elsewhereArn(BOUNDARY) }, ACCOUNT),
  stranger("interruptionQueueArn", QUEUE.replace("eu-north-1", "eu-west-1"), REGION, {
    createInterruptionQueue: false,
  }),
  stranger("interruptionQueueKmsKeyArn", KEY.replace("eu-north-1", "eu-west-1"), REGION),
  stranger("interruptionQueueKmsKeyArn", elsewhereArn(KEY), ACCOUNT, { createInterruptionQueue: true }),
  stranger("amiParameterArns", [PARAMETER.replace("eu-north-1", "eu-west-1")], REGION),
  stranger("ebsKmsKeyArns", [KEY.replace("eu-north-1", "eu-west-1")], REGION),
  stranger("clusterEndpoint", "https://0A1B.gr7.eu-west-1.eks.amazonaws.com", REGION),
  ...[
    ["another namespace", selector("kube-system", { "k8s-app": "kube-dns" })],
    ["a label that its pods have not", selector("karpenter", { "app.kubernetes.io/name": "coredns" })],
  ].map(([title, pods]) =>
    together(
      `Fargate for ${title}, and not for the controller`,
      { fargateSelectors: [pods], createFargateProfile: true, installController: true },
      `"{fargateSelectors}" is ${JSON.stringify([pods])}, but must select the controller too, whose pods are in namespace ` +
        '"karpenter" with the label app.kubernetes.io/name = karpenter: it runs on Fargate and would be Pending for ever; ' +
        'add a selector of it, or set "{createFargateProfile}" to false, with the controller on nodes and a Fargate profile ' +
        "of its own for what else should run on Fargate",
    ),
  ),
  ...(["nodeAdditionalPolicies", "controllerAdditionalPolicies"] as const).map((property) =>
    together(
      `one policy under two names in ${property}`,
      { [property]: { logs: BOUNDARY, audit: BOUNDARY, other: ROLE.replace(":role/", ":policy/x") } },
      `but must name each policy once, unlike "audit" and "logs": ${ONE_TO_AWS}; leave all but one out`,
    ),
  ),
  single("a family of addresses that there is not", "clusterIpFamily", "dual", "ipFamily"),
  together(
    "Windows nodes in a cluster of IPv6",
    { clusterIpFamily: "ipv6", accessEntryType: "EC2_WINDOWS" },
    '"{accessEntryType}" is "EC2_WINDOWS", but must be "EC2_LINUX" while "{clusterIpFamily}" is "ipv6": EKS has no Windows nodes in ' +
      'a cluster of IPv6; take "EC2_LINUX", or correct "{clusterIpFamily}"',
  ),
  policies("podExecutionRoleAdditionalPolicies", 9, 8, "those that pods on Fargate need are 2"),
  {
    ...together(
      "a policy that the pod execution role has already",
      {
        podExecutionRoleAdditionalPolicies: { cni: managedPolicy("AmazonEKS_CNI_Policy") },
        createPodExecutionRole: true,
        clusterIpFamily: "ipv4",
      },
      `"{podExecutionRoleAdditionalPolicies}" is {"cni":"${managedPolicy("AmazonEKS_CNI_Policy")}"}, but must not have "cni": the ` +
        `role of pods on Fargate has that policy already, ${ONE_TO_AWS}; leave it out`,
    ),
    needs: ["podExecutionRoleArn", "podExecutionRoleCniPolicy", "createFargateProfile"],
  },
  together(
    "a policy that the role of nodes has already",
    { nodeAdditionalPolicies: { ssm: managedPolicy("AmazonSSMManagedInstanceCore") }, createNodeRole: true },
    `"{nodeAdditionalPolicies}" is {"ssm":"${managedPolicy("AmazonSSMManagedInstanceCore")}"}, but must not have "ssm": the role ` +
      `of nodes has that policy already, ${ONE_TO_AWS}; leave it out`,
  ),
  ...(
    [
      ["controllerRoleName", "name", "controllerRoleArn", "createControllerRole", ROLE],
      ["controllerPolicyForm", "managed", "controllerRoleArn", "createControllerRole", ROLE],
      ["controllerAdditionalPolicies", { logs: BOUNDARY }, "controllerRoleArn", "createControllerRole", ROLE],
      ["controllerRoleDescription", "ours", "controllerRoleArn", "createControllerRole", ROLE],
      ["controllerMaxSessionDuration", 7200, "controllerRoleArn", "createControllerRole", ROLE],
      ["controllerInlinePolicies", { logs: DOCUMENT }, "controllerRoleArn", "createControllerRole", ROLE],
      ["nodeRoleDescription", "ours", "nodeRoleArn", "createNodeRole", ROLE],
      ["nodeInlinePolicies", { logs: DOCUMENT }, "nodeRoleArn", "createNodeRole", ROLE],
      ["podExecutionRoleDescription", "ours", "podExecutionRoleArn", "createPodExecutionRole", ROLE],
      ["podExecutionInlinePolicies", { logs: DOCUMENT }, "podExecutionRoleArn", "createPodExecutionRole", ROLE],
      ["amiParameterArns", [PARAMETER], "controllerRoleArn", "createControllerRole", ROLE],
      ["ebsKmsKeyArns", [KEY], "controllerRoleArn", "createControllerRole", ROLE],
      ["nodeRoleName", "name", "nodeRoleArn", "createNodeRole", ROLE],
      ["nodeAdditionalPolicies", { logs: BOUNDARY }, "nodeRoleArn", "createNodeRole", ROLE],
      ["nodeSsmPolicy", false, "nodeRoleArn", "createNodeRole", ROLE],
      ["podExecutionRoleName", "name", "podExecutionRoleArn", "createPodExecutionRole", ROLE],
      ["podExecutionRoleCniPolicy", false, "podExecutionRoleArn", "createPodExecutionRole", ROLE],
      ["interruptionQueueName", "name", "interruptionQueueArn", "createInterruptionQueue", QUEUE],
      ["interruptionQueueRetention", 600, "interruptionQueueArn", "createInterruptionQueue", QUEUE],
    ] as const
  ).map(([property, value, existing, toggle, arn]) =>
    together(
      `${property} of what exists`,
      { [property]: value, [existing]: arn, [toggle]: false },
      `"{${property}}" is ${JSON.stringify(value)}, but must be left out with "{${existing}}": it is about one made here, and ` +
        "an existing one stays as it is; leave one of the two out",
    ),
  ),
  ...(["managed", "both"] as const).map((controllerPolicyForm) => {
    const controllerAdditionalPolicies = Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`p${i}`, `${BOUNDARY}-${i}`]));
    return together(
      `five more policies beside Karpenter's own, ${controllerPolicyForm}`,
      { controllerAdditionalPolicies, controllerPolicyForm },
      `"{controllerAdditionalPolicies}" is ${JSON.stringify(controllerAdditionalPolicies)}, but must have at most 4 entries while ` +
        `"{controllerPolicyForm}" is "${controllerPolicyForm}": IAM takes 10 policies on a role, of which Karpenter's own are up ` +
        'to 6; put several into one, or take "inline"',
    );
  }),
  together(
    "labels for a ServiceMonitor that there is not",
    { serviceMonitorLabels: { release: "prometheus" } },
    '"{serviceMonitorLabels}" is {"release":"prometheus"}, but must be left out while "{serviceMonitor}" is false: there is ' +
      'nothing to label; set "{serviceMonitor}" to true, or leave this out',
  ),
  ...(
    [
      ["prometheusRuleLabels", { release: "prometheus" }, "prometheusRule", "label"],
      ["runbookUrl", "https://git.example/docs", "prometheusRule", "link"],
      ["grafanaDashboardLabels", { dashboards: "yes" }, "grafanaDashboard", "label"],
      ["grafanaDashboardAnnotations", { grafana_folder: "Platform" }, "grafanaDashboard", "annotate"],
    ] as const
  ).map(([property, value, toggle, purpose]) =>
    together(
      `${property} without ${toggle}`,
      { [property]: value },
      `"{${property}}" is ${JSON.stringify(value)}, but must be left out while "{${toggle}}" is false: there is nothing to ` +
        `${purpose}; set "{${toggle}}" to true, or leave this out`,
    ),
  ),
  ...(
    [
      ["controllerNodeSelector", { role: "system" }],
      [
        "controllerAffinity",
        { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "zone" }] } },
      ],
    ] as const
  ).map(([property, value]) =>
    together(
      `${property} on Fargate`,
      { [property]: value, createFargateProfile: true },
      `"{${property}}" is ${JSON.stringify(value)}, but must be left out while the controller runs on Fargate ` +
        '("{createFargateProfile}" is true), where each pod has a node of its own that nobody labels; leave it out, or set ' +
        '"{createFargateProfile}" to false and run the controller on nodes',
    ),
  ),
  together(
    "logs of pods on a Fargate that there is not",
    { fargateLogging: "managed", createFargateProfile: false },
    '"{fargateLogging}" is "managed", but must be "none" while "{createFargateProfile}" is false: the logs are those of pods of ' +
      "the profile made here; leave one of the two out",
  ),
  ...(
    [
      ["createFargateProfile", "no Fargate profile is made", "fargateProfileName", "theirs"],
      ["createFargateProfile", "no Fargate profile is made", "fargateSelectors", [{ namespace: "karpenter" }]],
      ["createFargateProfile", "no Fargate profile is made", "fargateSubnetIds", ["subnet-1"]],
      ["createFargateProfile", "no Fargate profile is made", "podExecutionRoleName", "theirs"],
      ["createFargateProfile", "no Fargate profile is made", "podExecutionRoleCniPolicy", false],
      ["interruptionHandling", "there is no queue and no rule", "interruptionQueueName", "theirs"],
      [
        "interruptionHandling",
        "there is no queue and no rule",
        "interruptionQueueArn",
        "arn:aws:sqs:eu-north-1:111122223333:theirs",
      ],
      ["interruptionHandling", "there is no queue and no rule", "eventRuleNames", { health: "theirs" }],
      ["createAccessEntry", "no access entry is made", "accessEntryType", "EC2_WINDOWS"],
      ["installController", "the controller is not installed here", "chartTimeout", 700],
      ["installController", "the controller is not installed here", "helmAtomic", true],
      ["installController", "the controller is not installed here", "guardChart", "./guard"],
      ["createNodePools", "the objects are not made here", "nodePoolsTimeout", 7200],
    ] as const
  ).map(([toggle, why, property, value]) =>
    together(
      `${property} of a part that is switched off`,
      { [property]: value, [toggle]: false },
      `"{${property}}" is ${JSON.stringify(value)}, but must be left out while "{${toggle}}" is false: ${why}; set ` +
        `"{${toggle}}" to true, or leave this out`,
    ),
  ),
  together(
    "rules for a queue that is switched off",
    { createEventRules: true, interruptionHandling: false },
    '"{createEventRules}" is true, but must be false while "{interruptionHandling}" is false: there is no queue and no rule; ' +
      "leave one of the two out",
  ),
  together(
    "a chart of alerts that nobody asked for",
    { monitoringChart: "./mine", prometheusRule: undefined, grafanaDashboard: undefined },
    '"{monitoringChart}" is "./mine", but must be left out without alerts and a dashboard: nothing is made of it; set ' +
      '"{prometheusRule}" or "{grafanaDashboard}" to true, or leave this out',
  ),
  together(
    "logs in a log group that nobody names",
    { fargateLogging: "existing", fargateLogGroupName: undefined },
    '"{fargateLogGroupName}" is missing, but must be there with "{fargateLogging}" "existing": the pod execution role may write ' +
      "to this log group and to no other; name the one in the cluster's ConfigMap aws-logging",
  ),
  together(
    "more about logs than EKS reads",
    { fargateLogging: "managed", fargateLogFilters: "#".repeat(4301), fargateLogParsers: "#".repeat(100) },
    '"{fargateLogFilters}" and "{fargateLogParsers}" have 4401 characters together, but must have up to 4400: EKS takes a ' +
      "ConfigMap of 5300, and the rest is for the output to CloudWatch; shorten them",
  ),
  together(
    "a chart of FlowSchemas that are not made",
    { flowSchemasChart: "./flow-schemas", createFlowSchemas: false },
    '"{flowSchemasChart}" is "./flow-schemas", but must be left out while "{createFlowSchemas}" is false: nothing is made of it; ' +
      "leave one of the two out",
  ),
  together(
    "CRDs that are left alone with a release that needs its own",
    { crds: "existing", karpenterVersion: "1.0.14" },
    '"{crds}" is "existing", but must be "managed" with Karpenter "1.0.14", whose CRDs go with its own controller only; leave it ' +
      'out, or set "{karpenterVersion}" to a release from 1.2 on',
  ),
  together(
    "CRDs of a controller that is installed elsewhere",
    { crds: "kept", installController: false },
    '"{crds}" is "kept", but must be left out while "{installController}" is false: whoever installs the controller decides on ' +
      "its CRDs; leave one of the two out",
  ),
  together(
    "an image of another release",
    { controllerImageTag: "v1.13.1", controllerImageDigest: "", karpenterVersion: "1.14.3" },
    '"{controllerImageTag}" is "v1.13.1", but must be of release "1.14.3", as CRDs, permissions and settings are; take an image ' +
      'of that release, or set "{karpenterVersion}" to the image\'s',
  ),
  together(
    "undoing without waiting",
    { helmAtomic: true, helmWait: false },
    '"{helmWait}" is false, but must be true while "{helmAtomic}" is true: Helm can only undo what it waits for; leave one of ' +
      "the two out",
  ),
  together(
    "a certificate authority for the public registry",
    { chartRepositoryCaFile: "ca.pem", chartRepository: undefined },
    '"{chartRepositoryCaFile}" is "ca.pem", but must be left out while "{chartRepository}" is "oci://public.ecr.aws/karpenter": ' +
      "Helm reads it for repositories at https:// only; leave it out, and let the machine that runs Terraform trust the " +
      "registry, with SSL_CERT_FILE for example",
  ),
  together(
    "how long a data key is used that there is not",
    {
      interruptionQueueKmsDataKeyReusePeriod: 600,
      interruptionQueueKmsKeyArn: undefined,
      createInterruptionQueue: true,
    },
    '"{interruptionQueueKmsDataKeyReusePeriod}" is 600, but must be left out without "{interruptionQueueKmsKeyArn}": SQS asks ' +
      "KMS for nothing then; give the key, or leave this out",
  ),
  ...Object.entries({
    interruptionQueueAlarmThreshold: 60,
    interruptionQueueAlarmActions: ["arn:aws:sns:eu-north-1:123456789012:ops"],
  }).map(([property, value]) =>
    together(
      `${property} of an alarm that there is not`,
      { [property]: value, createInterruptionQueueAlarm: false, createInterruptionQueue: true },
      `"{${property}}" is ${JSON.stringify(value)}, but must be left out while "{createInterruptionQueueAlarm}" is false: there is ` +
        'no alarm; set "{createInterruptionQueueAlarm}" to true, or leave this out',
    ),
  ),
  together(
    "an alarm on messages that the queue has dropped",
    {
      createInterruptionQueueAlarm: true,
      interruptionQueueAlarmThreshold: 300,
      interruptionQueueRetention: 300,
      createInterruptionQueue: true,
    },
    '"{interruptionQueueAlarmThreshold}" is 300, but must be less than "{interruptionQueueRetention}", 300: the queue drops what ' +
      "is older, and the alarm would never go off; lower the threshold, or keep messages longer",
  ),
  together(
    "names of rules that are not made",
    { eventRuleNames: { health: "maintenance" }, createEventRules: false },
    '"{eventRuleNames}" is {"health":"maintenance"}, but must be left out where no rules are made: "{createEventRules}" is false, ' +
      'and with a queue of your own that has to be true; set "{createEventRules}" to true, or leave this out',
  ),
  together(
    "one name for two rules",
    { eventRuleNames: { health: "one", rebalance: "one" }, createEventRules: true },
    '"{eventRuleNames}" is {"health":"one","rebalance":"one"}, but must have a name of its own for each: two rules of one name ' +
      "are one to EventBridge; rename one of them",
  ),
  together(
    "a name for an instance profile that Karpenter makes",
    { instanceProfileName: "name", instanceProfileMode: "karpenter", createInstanceProfile: undefined },
    '"{instanceProfileName}" is "name", but must be left out while "{instanceProfileMode}" is "karpenter": Karpenter makes a ' +
      "profile for each EC2NodeClass, under names of its own; leave one of the two out",
  ),
  together(
    "IRSA without an OIDC provider",
    { createControllerRole: true, controllerIdentity: "irsa", oidcProviderArn: undefined },
    '"{oidcProviderArn}" is null, but must be given when "{controllerIdentity}" is "irsa"; ' +
      "give the ARN of the cluster's IAM OIDC provider",
  ),
  together(
    "Pod Identity on Fargate",
    { controllerIdentity: "pod-identity", createFargateProfile: true },
    '"{controllerIdentity}" is "pod-identity" while the controller runs on Fargate ("{createFargateProfile}" is true), ' +
      'but must be "irsa" there: the EKS Pod Identity Agent is a DaemonSet and Fargate runs none; take "irsa", or set ' +
      '"{createFargateProfile}" to false and run the controller on nodes',
  ),
  ...madeOrExisting(
    "createControllerRole",
    "controllerRoleArn",
    takeOrLeave("createControllerRole", "controllerRoleArn"),
  ),
  together(
    "roles to pass for a controller role of one's own",
    { createControllerRole: false, controllerRoleArn: ROLE, additionalNodeRoleArns: [ROLE] },
    `"{additionalNodeRoleArns}" is ["${ROLE}"], but must be left out while "{createControllerRole}" is false: what your ` +
      "own role may pass is up to its policies; allow iam:PassRole there",
  ),
  together(
    "two conditions of a trust policy of which either would do",
    {
      controllerTrustConditions: ["a", "b"].map((value) => ({
        test: "StringEquals",
        variable: "aws:SourceVpce",
        values: [value],
      })),
    },
    '"{controllerTrustConditions}" has one "test" with one "variable" twice, but must have each once: any value of both would ' +
      "do; put the values into one, or leave one out",
  ),
  together(
    "two statements of one Sid",
    {
      controllerPolicyStatements: ["a", "b"].map((key) => ({
        sid: "A",
        actions: ["s3:GetObject"],
        resources: [`arn:aws:s3:::${key}`],
      })),
    },
    '"{controllerPolicyStatements}" has a "sid" twice, but must have each once; rename one of the two, or leave it out',
  ),
  together(
    "SSM parameters for a release whose node classes name none",
    { amiParameterArns: [PARAMETER], karpenterVersion: "1.3.3" },
    `"{amiParameterArns}" is ["${PARAMETER}"], but must be left out with Karpenter "1.3.3", whose node classes name no ` +
      '"ssmParameter"; leave it out, or take Karpenter 1.4 or later',
  ),
  ...madeOrExisting("createNodeRole", "nodeRoleArn", takeOrLeave("createNodeRole", "nodeRoleArn")),
  ...madeOrExisting(
    "createPodExecutionRole",
    "podExecutionRoleArn",
    takeOrLeave("createPodExecutionRole", "podExecutionRoleArn"),
    // Terraform asks it in the part, which has to be there.
  ).map((item): BadInput => ({ ...item, needs: ["createFargateProfile"] })),
  ...madeOrExisting(
    "createInterruptionQueue",
    "interruptionQueueArn",
    'set "{interruptionHandling}" to false to go without a queue',
    QUEUE,
  ),
  together(
    "no instance profile at all",
    { createInstanceProfile: false, instanceProfileName: undefined, instanceProfileMode: "terraform" },
    '"{createInstanceProfile}" is false and "{instanceProfileName}" is null, but must be the name of your own instance ' +
      'profile while "{instanceProfileMode}" is "terraform"; give the name, or leave the toggle out',
  ),
];

/** What may be combined with others. */
interface Combinable {
  readonly patch: object;
  readonly needs?: readonly string[];
}

/** Whether one of the cases has a property that the other has with another value, or needs to be right. */
function isInTheWay(one: Combinable, other: Combinable): boolean {
  const others = other.patch as Readonly<Record<string, unknown>>;
  return Object.entries(one.patch).some(
    ([property, value]) =>
      (property in others && !isDeepStrictEqual(value, others[property])) || other.needs?.includes(property),
  );
}

/** The cases in as few configurations as they fit in: none of a group is in the way of another. */
export function combined<Case extends Combinable>(cases: readonly Case[]): Case[][] {
  const groups: Case[][] = [];
  for (const item of cases) {
    const fits = groups.find((group) => !group.some((other) => isInTheWay(item, other) || isInTheWay(other, item)));
    if (fits === undefined) {
      groups.push([item]);
    } else {
      fits.push(item);
    }
  }
  return groups;
}

/** A configuration that is right but for all of these bad inputs. */
export function patched<Good extends object>(good: Good, cases: readonly { readonly patch: object }[]): Good {
  return Object.assign({}, good, ...cases.map((item) => item.patch)) as Good;
}

/** The answer to a case, with properties as the given side names them. */
export function answerOf(item: { readonly answer: string }, nameOf: (property: string) => string): string {
  return item.answer.replace(/\{(\w+)\}/g, (_, property: string) => nameOf(property));
}
