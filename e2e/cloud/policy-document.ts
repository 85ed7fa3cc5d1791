/** IAM policy documents as the tests read them: the JSON of AWS, with every list written as a list. */

/** One statement. Where AWS takes a string or a list of strings, this is a list. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  /** "*" becomes `{ "*": ["*"] }`. */
  readonly Principal?: Readonly<Record<string, readonly string[]>>;
  readonly Action: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  /** Operator → key → values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** A policy document. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly PolicyStatement[];
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
interface JsonObject {
  readonly [key: string]: Json;
}

function strings(value: Json): string[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(String);
}

function mapValues<T>(value: JsonObject, change: (value: Json) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}

function statement(raw: JsonObject): PolicyStatement {
  const { Sid, Effect, Principal, Action, NotAction, Resource, Condition } = raw;
  return {
    ...(Sid === undefined ? {} : { Sid: String(Sid) }),
    Effect: Effect === "Deny" ? "Deny" : "Allow",
    ...(Principal === undefined
      ? {}
      : {
          Principal: typeof Principal === "string" ? { "*": [Principal] } : mapValues(Principal as JsonObject, strings),
        }),
    Action: Action === undefined ? [] : strings(Action),
    ...(NotAction === undefined ? {} : { NotAction: strings(NotAction) }),
    ...(Resource === undefined ? {} : { Resource: strings(Resource) }),
    ...(Condition === undefined
      ? {}
      : { Condition: mapValues(Condition as JsonObject, (keys) => mapValues(keys as JsonObject, strings)) }),
  };
}

/** IAM returns documents URL-encoded, SQS does not. Neither form can be mistaken for the other: JSON begins with a brace. */
export function decodePolicy(text: string): string {
  return text.trimStart().startsWith("{") ? text : decodeURIComponent(text);
}

/** Reads a policy document. */
export function parsePolicy(text: string): PolicyDocument {
  const raw = JSON.parse(decodePolicy(text)) as JsonObject;
  const statements = (Array.isArray(raw.Statement) ? raw.Statement : [raw.Statement]) as readonly JsonObject[];
  return {
    ...(raw.Version === undefined ? {} : { Version: String(raw.Version) }),
    Statement: statements.map(statement),
  };
}

/** The size that IAM's quotas count: characters without white space. */
export function policySize(text: string): number {
  return decodePolicy(text).replace(/\s/g, "").length;
}
