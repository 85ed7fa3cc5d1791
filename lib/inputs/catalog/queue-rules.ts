/** Rules on the interruption queue, its rules and its alarm. */
import { Token } from "cdktf";
import { isFields } from "../../terraform/known-values";
import type { ComputedWords, CrossRule } from "../cross-rule";
import { implies, is, predicate } from "../predicate";
import { INTERRUPTION_QUEUE_INPUTS } from "./interruption";

const defaultOf = {
  threshold: INTERRUPTION_QUEUE_INPUTS.interruptionQueueAlarmThreshold.default,
  retention: INTERRUPTION_QUEUE_INPUTS.interruptionQueueRetention.default,
};

const inSeconds = (name: string, otherwise: unknown): ComputedWords => ({
  of: ({ [name]: seconds }) => String(seconds ?? otherwise),
  terraform: (at) => at(name),
});

/** A message must be able to grow as old as the alarm waits for, and two rules of one name would be one. */
export const queueOptionRules: readonly CrossRule[] = [
  {
    refusal:
      '"{interruptionQueueAlarmThreshold}" is <threshold>, but must be less than "{interruptionQueueRetention}", <retention>: ' +
      "the queue drops what is older, and the alarm would never go off; lower the threshold, or keep messages longer",
    computed: {
      threshold: inSeconds("interruptionQueueAlarmThreshold", defaultOf.threshold),
      retention: inSeconds("interruptionQueueRetention", defaultOf.retention),
    },
    condition: implies(
      is("createInterruptionQueueAlarm", true),
      predicate(
        ({ interruptionQueueAlarmThreshold: threshold, interruptionQueueRetention: retention }) =>
          Number(threshold ?? defaultOf.threshold) < Number(retention ?? defaultOf.retention),
        (at) => `${at("interruptionQueueAlarmThreshold")} < ${at("interruptionQueueRetention")}`,
      ),
    ),
    about: ["createInterruptionQueueAlarm"],
  },
  {
    refusal:
      '"{eventRuleNames}" is <eventRuleNames>, but must have a name of its own for each: two rules of one name are one to ' +
      "EventBridge; rename one of them",
    condition: predicate(
      ({ eventRuleNames }) => {
        const names = isFields(eventRuleNames) ? Object.values(eventRuleNames) : [];
        return names.some((name) => Token.isUnresolved(name)) ? undefined : new Set(names).size === names.length;
      },
      (at) => `length(distinct(values(${at("eventRuleNames")}))) == length(${at("eventRuleNames")})`,
    ),
  },
];
