import type { Scope } from "./hcl";
import { evaluateAll } from "./hcl";
import type { Synthesized } from "./stack";

type OneOrMany = string | readonly string[];

/** A statement as IAM gets it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMany>>;
  readonly Action: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
}

/** A policy as IAM gets it. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

interface StatementBlock {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

interface DynamicBlock {
  readonly for_each: unknown;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * The policy that the AWS provider renders from an `aws_iam_policy_document`, with references replaced by the scope's
 * values: lists of one become strings, conditions of one test are merged, dynamic blocks follow where they apply.
 */
export function policyDocument(synthesized: Synthesized, name: string, scope: Scope = {}): Policy {
  const {
    dynamic,
    source_policy_documents,
    statement: statements = [],
  } = synthesized.data("aws_iam_policy_document", name);
  const open = (dynamic as { readonly statement: readonly DynamicBlock[] } | undefined)?.statement ?? [];
  const applying = open.flatMap((of) => expanded("statement", of, scope)) as unknown as readonly StatementBlock[];
  const sources = source_policy_documents === undefined ? [] : sourcesOf(synthesized, source_policy_documents, scope);
  return {
    Version: "2012-10-17",
    Statement: [
      ...sources.flatMap((source) =>
        source.startsWith("{")
          ? (JSON.parse(source) as Policy).Statement.map(inProvidersWords)
          : policyDocument(synthesized, source, scope).Statement,
      ),
      ...[...(statements as readonly OpenBlock[]).map((each) => withConditions(each, scope)), ...applying].map(
        statement,
      ),
    ],
  };
}

/** The blocks that a dynamic one comes to, with those in it. */
function expanded(name: string, { for_each, content }: DynamicBlock, scope: Scope): Record<string, unknown>[] {
  const items = Object.entries(evaluateAll(for_each, scope) as object);
  const { dynamic = {}, ...plain } = content as { readonly dynamic?: Readonly<Record<string, DynamicBlock>> };
  return items.map(([key, value]) => {
    const inner = { ...scope, [name]: { key, value: value as unknown } };
    const blocks = Object.entries(dynamic).map(([block, of]) => [block, expanded(block, of, inner)] as const);
    const all = [...Object.entries(evaluateAll(plain, inner) as object), ...blocks];
    return Object.fromEntries(
      all.filter(([, found]) => found !== null && !(Array.isArray(found) && found.length === 0)),
    );
  });
}

/** A statement that only Terraform knows all conditions of. */
interface OpenBlock {
  readonly condition?: readonly unknown[];
  readonly dynamic?: { readonly condition: { readonly for_each: string; readonly content: object } };
}

function withConditions({ dynamic, ...known }: OpenBlock, scope: Scope): StatementBlock {
  const block = evaluateAll(known, scope) as StatementBlock;
  if (dynamic === undefined) {
    return block;
  }
  const { for_each: items, content } = dynamic.condition;
  const more = (evaluateAll(items, scope) as readonly unknown[]).map(
    (value) =>
      evaluateAll(content, { ...scope, condition: { value } }) as NonNullable<StatementBlock["condition"]>[number],
  );
  return { ...block, condition: [...(block.condition ?? []), ...more] };
}

/** A statement that was JSON already: lists of one become strings. */
function inProvidersWords({ Action, Resource, Principal, Condition, ...rest }: Statement): Statement {
  const short = (value: OneOrMany): OneOrMany => (typeof value === "string" ? value : oneOrMany(value));
  const all = <T extends object>(values: T): T =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]: [string, OneOrMany | object]) => [
        key,
        typeof value === "string" || Array.isArray(value) ? short(value as OneOrMany) : all(value),
      ]),
    ) as T;
  return {
    ...rest,
    Action: short(Action),
    ...(Resource === undefined ? {} : { Resource: short(Resource) }),
    ...(Principal === undefined ? {} : { Principal: Principal === "*" ? Principal : all(Principal) }),
    ...(Condition === undefined ? {} : { Condition: all(Condition) }),
  };
}

/** The names of the documents that another one is made of, and those that it has as JSON. */
function sourcesOf({ json }: Synthesized, sources: unknown, scope: Scope): string[] {
  const { aws_iam_policy_document: documents } = json.data as { readonly aws_iam_policy_document: object };
  const named = Object.fromEntries(Object.keys(documents).map((name) => [name, { json: name }]));
  return evaluateAll(sources, { ...scope, data: { aws_iam_policy_document: named } }) as string[];
}

/** The characters that IAM counts against its limit: everything but whitespace. */
export function renderedSize(policy: Policy): number {
  return JSON.stringify(policy).length;
}

function statement(block: StatementBlock): Statement {
  return {
    ...(block.sid === undefined ? {} : { Sid: block.sid }),
    Effect: block.effect ?? "Allow",
    Action: oneOrMany(block.actions),
    ...(block.resources === undefined ? {} : { Resource: oneOrMany(block.resources) }),
    ...(block.principals === undefined ? {} : { Principal: principal(block.principals) }),
    ...(block.condition === undefined ? {} : { Condition: conditions(block.condition) }),
  };
}

function principal(blocks: NonNullable<StatementBlock["principals"]>): NonNullable<Statement["Principal"]> {
  if (blocks.some(({ type }) => type === "*")) {
    return "*";
  }
  return Object.fromEntries(blocks.map(({ type, identifiers }) => [type, oneOrMany(identifiers)]));
}

function conditions(blocks: NonNullable<StatementBlock["condition"]>): NonNullable<Statement["Condition"]> {
  const merged: Record<string, Record<string, OneOrMany>> = {};
  for (const { test, variable, values } of blocks) {
    merged[test] = { ...merged[test], [variable]: oneOrMany(values) };
  }
  return merged;
}

function oneOrMany(values: readonly string[]): OneOrMany {
  return values.length === 1 ? values[0] : values;
}
