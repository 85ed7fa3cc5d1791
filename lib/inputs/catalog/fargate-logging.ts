/** Where the logs of pods on Fargate go. */
import type { CrossRule } from "../cross-rule";
import type { Field } from "../field";
import { about, numeric, oneOfStrings, optional, text, toggle } from "../field-builders";
import { all, given, implies, is, not, predicate } from "../predicate";
import type { Rule } from "../rule";
import { rule } from "../rule";
import { charactersOf } from "../value-test";
import * as aws from "./aws";
import { fluentBitFilters, fluentBitParsers } from "./fluent-bit";

/** Who configures the log router of pods on Fargate; "none" is nobody. */
export type FargateLoggingMode = "none" | "managed" | "existing";

/** How long CloudWatch keeps logs. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180],
  ...[365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

const retentionDays: Rule<number> = {
  ...rule<number>(
    { matches: `^(${RETENTION_DAYS.join("|")})$` },
    { allowed: `one of ${RETENTION_DAYS.join(", ")}`, remedy: "take the next one; 0 keeps logs for ever" },
  ),
  schema: { enum: RETENTION_DAYS },
};

/** Whether pods on Fargate write logs. */
export const FARGATE_LOGGING_INPUTS = {
  fargateLogging: about(
    'Whether what pods on Fargate write goes to CloudWatch Logs: "managed" makes the namespace aws-observability with the ConfigMap aws-logging before the controller\'s pods; with "existing" the cluster has them already, and the pod execution role may write to fargateLogGroupName.',
    { ...oneOfStrings("none", "managed", "existing"), atSynth: true },
    "none",
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The log group of pods on Fargate. */
export const FARGATE_LOG_GROUP_INPUTS = {
  createFargateLogGroup: optional(
    'Whether to make the log group of pods on Fargate; when left out, with fargateLogging "managed". A destroy takes it along with its logs.',
    toggle,
  ),
  fargateLogGroupName: optional(
    "Name of the log group of pods on Fargate, made here or your own; when left out, /aws/eks/<cluster>/fargate.",
    text(aws.logGroupName),
  ),
  fargateLogRetentionDays: about(
    "How long the log group made here keeps logs, in days, as CloudWatch counts them: 1, 3, 5, 7, 14, 30, 60, 90 …; 0 is for ever.",
    numeric(retentionDays),
    90,
  ),
  fargateLogKmsKeyArn: optional(
    "ARN of a customer managed KMS key for the log group made here, which must let logs.<region>.amazonaws.com use it; when left out, CloudWatch encrypts it itself.",
    text(aws.logGroupKmsKeyArn),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What the log router does with the logs. */
export const FLUENT_BIT_INPUTS = {
  fargateLogFilters: optional(
    "The [FILTER] sections of Fluent Bit for pods on Fargate, filters.conf; when left out, lines are taken apart and get the names of pod, namespace and container.",
    text(...fluentBitFilters),
  ),
  fargateLogParsers: optional(
    "The [PARSER] sections of Fluent Bit for pods on Fargate, parsers.conf; when left out, the parser crio of the filters made here.",
    text(...fluentBitParsers),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What {@link FargateLogging} is told by {@link Karpenter}. */
export const FARGATE_LOGGING_NEEDS = {
  region: about("The cluster's region.", text(aws.region)),
  fargateLogGroupName: about("Name of the log group that pods on Fargate write to.", text(aws.logGroupName)),
} as const satisfies Readonly<Record<string, Field>>;

/** The filters that are there without others: those of AWS's guide. */
export const DEFAULT_FILTERS = `[FILTER]
    Name parser
    Match *
    Key_Name log
    Parser crio
[FILTER]
    Name kubernetes
    Match kube.*
    Merge_Log On
    Keep_Log Off
    Buffer_Size 0
    Kube_Meta_Cache_TTL 300s
`;

/** The parser of {@link DEFAULT_FILTERS}: a line of the container runtime. */
export const DEFAULT_PARSERS = `[PARSER]
    Name crio
    Format regex
    Regex ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>P|F) (?<log>.*)$
    Time_Key time
    Time_Format %Y-%m-%dT%H:%M:%S.%L%z
`;

/** How many characters EKS takes in the ConfigMap, and how many of them what is written here may have. */
export const CONFIG_MAP_SIZE = { max: 5300, own: 900 } as const;

const OF_USER = CONFIG_MAP_SIZE.max - CONFIG_MAP_SIZE.own;
const TEXTS = { fargateLogFilters: DEFAULT_FILTERS, fargateLogParsers: DEFAULT_PARSERS };

/** On the log router's configuration. */
export const fluentBitRules: readonly CrossRule[] = [
  {
    refusal:
      `"{fargateLogFilters}" and "{fargateLogParsers}" have <size> characters together, but must have up to ${OF_USER}: EKS takes a ` +
      `ConfigMap of ${CONFIG_MAP_SIZE.max}, and the rest is for the output to CloudWatch; shorten them`,
    condition: predicate(
      (it) => sizeOf(it) <= OF_USER,
      (at) => `${sizeAtPlan(at)} <= ${OF_USER}`,
    ),
    computed: { size: { of: (it) => String(sizeOf(it)), terraform: (at) => sizeAtPlan(at) } },
  },
];

function sizeOf(values: Readonly<Record<string, unknown>>): number {
  return Object.entries(TEXTS).reduce((sum, [name, otherwise]) => {
    const value = values[name];
    return sum + [...(typeof value === "string" ? value : otherwise)].length;
  }, 0);
}

function sizeAtPlan(at: (property: string) => string): string {
  return Object.entries(TEXTS)
    .map(([name, otherwise]) => `(${at(name)} == null ? ${otherwise.length} : ${charactersOf(at(name))})`)
    .join(" + ");
}

/** On the log group and what may write to it. */
export const fargateLogGroupRules: readonly CrossRule[] = [
  {
    refusal:
      '"{fargateLogGroupName}" is missing, but must be there with "{fargateLogging}" <fargateLogging>: the pod execution role may ' +
      "write to this log group and to no other; name the one in the cluster's ConfigMap aws-logging",
    condition: implies(is("fargateLogging", "existing"), given("fargateLogGroupName")),
  },
  {
    refusal:
      '"{fargateLogging}" is "existing", but must be "managed" or "none" with "{podExecutionRoleArn}": nothing is made here then, ' +
      'for an existing role stays as it is; take "managed" for the ConfigMap, or leave this out',
    condition: not(
      all(
        is("fargateLogging", "existing"),
        is("createPodExecutionRole", false),
        not(is("createFargateLogGroup", true)),
      ),
    ),
    about: ["createPodExecutionRole", "createFargateLogGroup"],
  },
];
