import type { Scope } from "./hcl";
import { evaluateAll } from "./hcl";
import type { Policy } from "./policy";
import { policyDocument } from "./policy";
import type { Synthesized } from "./stack";

/** Where something is made. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** What a stack or a module makes on AWS, with names and policies as AWS gets them. */
export interface MadeOnAws {
  /** The texts of each resource, by its address: `aws_iam_role.node` to its `name`, `path` and `description`. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Each policy document by its name. */
  readonly policies: Readonly<Record<string, Policy>>;
}

/** The arguments in which a resource says what it is called and what it is. */
const TEXTS = ["name", "fargate_profile_name", "target_id", "description", "path", "event_pattern"];

/** What has an ARN that others name, in the order in which it is made, with what stands behind the region and account in it. */
const NAMED: Readonly<Record<string, (texts: Readonly<Record<string, string>>) => string>> = {
  aws_iam_role: ({ path, name }) => `iam::{account}:role${path}${name}`,
  aws_sqs_queue: ({ name }) => `sqs:{region}:{account}:${name}`,
  aws_cloudwatch_event_rule: ({ name }) => `events:{region}:{account}:rule/${name}`,
};

/** Reads what is synthesized as Terraform and AWS would; what is not made is left out. */
export function madeOnAws(synthesized: Synthesized, place: Place, given: Scope = {}): MadeOnAws {
  const { resource, data = {} } = synthesized.json as Readonly<Record<string, Blocks>>;
  const scope: Record<string, unknown> = { ...given };
  const isMade = ({ count, for_each }: Block): boolean =>
    for_each === undefined
      ? count === undefined || evaluateAll(count, scope) !== 0
      : Object.keys(evaluateAll(for_each, scope) as object).length > 0;
  const resources: Record<string, Record<string, string>> = {};
  for (const type of new Set([...Object.keys(NAMED), ...Object.keys(resource)])) {
    scope[type] = Object.fromEntries(
      Object.entries(resource[type] ?? {}).map(([name, block]) => {
        if (!isMade(block)) {
          return [name, []];
        }
        const given = Object.entries(block).filter(([argument]) => TEXTS.includes(argument));
        const texts = evaluateAll(Object.fromEntries(given), scope) as Record<string, string>;
        resources[`${type}.${name}`] = texts;
        const known = { ...texts, arn: arnOf(type, texts, place) };
        return [name, block.count === undefined ? known : [known]];
      }),
    );
  }
  const documents = Object.entries(data.aws_iam_policy_document ?? {}).filter(([, block]) => isMade(block));
  return {
    resources,
    policies: Object.fromEntries(documents.map(([name]) => [name, policyDocument(synthesized, name, scope)])),
  };
}

type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

function arnOf(type: string, texts: Readonly<Record<string, string>>, place: Place): string {
  const rest = (NAMED[type] as (typeof NAMED)[string] | undefined)?.(texts) ?? "";
  return `arn:${place.partition}:${rest}`.replace("{region}", place.region).replace("{account}", place.accountId);
}
