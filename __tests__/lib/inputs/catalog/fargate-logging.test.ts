import {
  CONFIG_MAP_SIZE,
  DEFAULT_FILTERS,
  DEFAULT_PARSERS,
  FARGATE_LOG_GROUP_INPUTS,
  fargateLogGroupRules,
  fluentBitRules,
} from "../../../../lib/inputs/catalog/fargate-logging";
import { unusedFargateLogGroupRules, unusedFargateLoggingRules } from "../../../../lib/inputs/catalog/unused-rules";
import { breaks, crossRefusal, propertiesOf } from "../../../../lib/inputs/cross-rule";
import { snakeCase } from "../../../../lib/terraform/readable-stack";
import { crossPrecondition } from "../../../../modules/cross-precondition";
import { KEY_ARN, ROLE_ARN } from "../../../support/fixtures";
import { evaluate } from "../../../support/hcl";
import { NO, verdicts, YES } from "../../../support/verdicts";

const RULES = [...fargateLogGroupRules, ...fluentBitRules, ...unusedFargateLogGroupRules, ...unusedFargateLoggingRules];
const DEFAULTS = {
  fargateLogging: "none",
  createFargateProfile: true,
  createPodExecutionRole: true,
  fargateLogRetentionDays: 90,
};

type Values = Readonly<Record<string, unknown>>;

/** What is told at synth, which is what is told at plan. */
function told(values: Values): string[] {
  const given: Values = { ...DEFAULTS, ...values };
  return RULES.flatMap((rule) => {
    const names = propertiesOf(rule);
    const scope = { var: Object.fromEntries(names.map((name) => [snakeCase(name), given[name] ?? null])) };
    const { condition, error_message } = crossPrecondition(rule);
    const isBroken = breaks(rule, given);
    expect(evaluate(condition, scope)).toBe(!isBroken);
    const words = crossRefusal(rule, given);
    if (isBroken) {
      const inHcl = names.reduce((text, name) => text.replaceAll(`"${name}"`, `"${snakeCase(name)}"`), words);
      expect(evaluate(error_message, scope)).toBe(inHcl);
    }
    return isBroken ? [words] : [];
  });
}

describe("the logs of pods on Fargate", () => {
  test.each<Values>([
    {},
    { fargateLogging: "managed" },
    {
      fargateLogging: "managed",
      fargateLogGroupName: "mine",
      fargateLogRetentionDays: 7,
      fargateLogKmsKeyArn: KEY_ARN,
      fargateLogFilters: "",
      fargateLoggingChart: "./mine",
    },
    { fargateLogging: "managed", createFargateLogGroup: false, fargateLogGroupName: "mine" },
    { fargateLogging: "managed", createPodExecutionRole: false, podExecutionRoleArn: ROLE_ARN },
    { fargateLogging: "existing", fargateLogGroupName: "theirs" },
    {
      fargateLogging: "existing",
      fargateLogGroupName: "theirs",
      createFargateLogGroup: true,
      fargateLogRetentionDays: 7,
    },
    { createFargateProfile: false },
  ])("may be %j", (values) => {
    expect(told(values)).toEqual([]);
  });

  test.each<[string, Values, string]>([
    [
      "those of pods that there are not",
      { fargateLogging: "managed", createFargateProfile: false },
      '"fargateLogging" is "managed", but must be "none" while "createFargateProfile" is false: the logs are those of pods of the ' +
        "profile made here; leave one of the two out",
    ],
    [
      "in a log group that nobody names",
      { fargateLogging: "existing" },
      '"fargateLogGroupName" is missing, but must be there with "fargateLogging" "existing": the pod execution role may write to ' +
        "this log group and to no other; name the one in the cluster's ConfigMap aws-logging",
    ],
    [
      "written by a role that stays as it is",
      {
        fargateLogging: "existing",
        fargateLogGroupName: "theirs",
        createPodExecutionRole: false,
        podExecutionRoleArn: ROLE_ARN,
      },
      '"fargateLogging" is "existing", but must be "managed" or "none" with "podExecutionRoleArn": nothing is made here then, for ' +
        'an existing role stays as it is; take "managed" for the ConfigMap, or leave this out',
    ],
    [
      "in a log group without being asked for",
      { fargateLogGroupName: "mine" },
      '"fargateLogGroupName" is "mine", but must be left out while "fargateLogging" is "none": pods on Fargate write to no log ' +
        'group; set "fargateLogging" to "managed", or leave this out',
    ],
    [
      "kept by a log group of one's own",
      {
        fargateLogging: "managed",
        createFargateLogGroup: false,
        fargateLogGroupName: "mine",
        fargateLogRetentionDays: 7,
      },
      '"fargateLogRetentionDays" is 7, but must be left out where no log group is made: "fargateLogging" is "managed" and ' +
        '"createFargateLogGroup" false; set "fargateLogging" to "managed", or "createFargateLogGroup" to true, or leave this out',
    ],
    [
      "filtered by what the cluster has",
      { fargateLogging: "existing", fargateLogGroupName: "theirs", fargateLogFilters: "" },
      '"fargateLogFilters" is "", but must be left out while "fargateLogging" is "existing": the ConfigMap aws-logging is not made ' +
        'here; set "fargateLogging" to "managed", or leave this out',
    ],
  ])("cannot be %s", (_, values, words) => {
    expect(told(values)).toEqual([words]);
  });

  test("are configured by what EKS takes in one ConfigMap", () => {
    const most = CONFIG_MAP_SIZE.max - CONFIG_MAP_SIZE.own;
    const managed = (filters: number) => ({
      fargateLogging: "managed",
      fargateLogFilters: "#".repeat(filters),
      fargateLogParsers: "#".repeat(100),
    });
    expect(told(managed(most - 100))).toEqual([]);
    expect(told(managed(most - 99))).toEqual([
      `"fargateLogFilters" and "fargateLogParsers" have ${most + 1} characters together, but must have up to ${most}: EKS takes a ` +
        "ConfigMap of 5300, and the rest is for the output to CloudWatch; shorten them",
    ]);
    const beside = most - DEFAULT_PARSERS.length;
    expect(told({ fargateLogging: "managed", fargateLogFilters: "#".repeat(beside) })).toEqual([]);
    expect(told({ fargateLogging: "managed", fargateLogFilters: "#".repeat(beside + 1) })).toHaveLength(1);
    expect(DEFAULT_FILTERS.length + DEFAULT_PARSERS.length).toBeLessThan(most);
  });

  test("are kept for as long as CloudWatch can, and no other time", () => {
    const { fargateLogRetentionDays: days } = FARGATE_LOG_GROUP_INPUTS;
    for (const right of [0, 1, 14, 90, 3653]) {
      expect(verdicts(days, right)).toEqual(YES);
    }
    for (const wrong of [2, 15, 91, 36530, 1.5, -1]) {
      expect(verdicts(days, wrong)).toEqual(NO);
    }
  });
});
