import type { IResolvable, IResolveContext } from "cdktf";
import { Token, Tokenization } from "cdktf";

/**
 * A yes or no that is either known at synth (a boolean) or decided by Terraform at plan (an expression).
 */
export type Toggle = boolean | IResolvable;

/**
 * Writes a Terraform expression around tokens and plain values:
 *
 *     tf`length(${name}) <= ${64} ? ${name} : ${short}`
 *
 * Literal text is Terraform's own syntax. What is filled in becomes an operand: strings are quoted and escaped, `null`
 * is `null`, lists and maps are written out, tokens appear bare. This replaces `Fn` and `conditional` where they lose a
 * `null` or escape an expression.
 */
export function tf(text: TemplateStringsArray, ...operands: readonly unknown[]): IResolvable {
  return new Expression(text.raw, operands);
}

/** As {@link tf}, for where a string is expected. */
export function tfString(text: TemplateStringsArray, ...operands: readonly unknown[]): string {
  return Token.asString(new Expression(text.raw, operands));
}

/** As {@link tf}, for where a list of strings is expected. */
export function tfList(text: TemplateStringsArray, ...operands: readonly unknown[]): string[] {
  return Token.asList(new Expression(text.raw, operands));
}

/**
 * A string literal as it stands inside a Terraform expression, quotes included. Terraform knows not every escape of JSON's, and
 * half a surrogate pair is no character at all to it.
 */
export function hclString(value: string): string {
  return JSON.stringify(value.replace(/\p{Surrogate}/gu, "\ufffd"))
    .replace(/\\(.)/g, (escape, character: string) => ESCAPES[character] ?? escape)
    .replace(/[$%](?=\{)/g, "$&$&");
}

const ESCAPES: Readonly<Record<string, string>> = { b: "\\u0008", f: "\\u000c" };

/**
 * A text that Terraform takes as it is written, wherever it is put: a template in it, `${…}` or `%{…}`, is text as well.
 * Tokens in it stay tokens.
 */
export function literalText(text: string): string {
  if (!/[$%]/.test(text)) {
    return text;
  }
  return templateParts(text)
    .map(({ text, token }, index, parts) => {
      // What stands right before an interpolation may escape it.
      const template = index < parts.length - 1 ? /[$%](\{|$)/ : /[$%]\{/;
      return token === undefined && template.test(text) ? Token.asString(new Literal(text)) : text;
    })
    .join("");
}

/** A literal part of a Terraform string template: nothing in it is taken for an expression. */
export function hclTemplateText(value: string): string {
  return value.replace(/[$%](?=\{)/g, "$&$&");
}

/** A piece of text, or the marker of a token. */
interface TemplatePart {
  readonly text: string;
  readonly token?: IResolvable;
}

/** A string in the order of its pieces of text and its tokens. */
function templateParts(value: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let rest = value;
  for (const token of Tokenization.reverseString(value).tokens) {
    const marker = Token.asString(token);
    const start = rest.indexOf(marker);
    parts.push({ text: rest.slice(0, start) }, { text: marker, token });
    rest = rest.slice(start + marker.length);
  }
  return [...parts, { text: rest }].filter(({ text }) => text !== "");
}

/** A token of ours: nobody reads where it was made. */
abstract class Written implements IResolvable {
  public readonly creationStack: string[] = [];

  public abstract resolve(context: IResolveContext): string;

  public toString(): string {
    return Token.asString(this);
  }

  public toJSON(): string {
    return "<unresolved-token>";
  }
}

class Literal extends Written {
  constructor(private readonly text: string) {
    super();
  }

  public resolve({ suppressBraces }: IResolveContext): string {
    return suppressBraces ? hclString(this.text) : hclTemplateText(this.text).replace(/[$%]+$/, '${"$&"}');
  }
}

class Expression extends Written {
  constructor(
    private readonly text: readonly string[],
    private readonly operands: readonly unknown[],
  ) {
    super();
  }

  public resolve(context: IResolveContext): string {
    const nested = context.suppressBraces;
    context.suppressBraces = true;
    const expression = this.text
      .map((part, index) => (index === 0 ? part : operand(context, this.operands[index - 1]) + part))
      .join("");
    return nested ? expression : `\${${expression}}`;
  }
}

function operand(context: IResolveContext, value: unknown): string {
  if (value === null || value === undefined) {
    return "null";
  }
  if (typeof value === "string") {
    return stringOperand(context, value);
  }
  if (Token.isUnresolved(value)) {
    return parenthesised(String(context.resolve(value)));
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => operand(context, item)).join(", ")}]`;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => `${operand(context, key)} = ${operand(context, item)}`);
    return `{${entries.join(", ")}}`;
  }
  return String(value);
}

/** A plain string is quoted, a lone token stands bare, a mix of both becomes a quoted template. */
function stringOperand(context: IResolveContext, value: string): string {
  const fragments = Tokenization.reverseString(value);
  if (fragments.tokens.length === 0) {
    return hclString(value);
  }
  if (fragments.length === 1) {
    return parenthesised(String(context.resolve(value)));
  }
  const template = templateParts(value).map(({ text, token }) =>
    token === undefined
      ? // A dollar sign right before an interpolation would escape it.
        quotedText(text).replace(/\$$/, "\\u0024")
      : `\${${String(context.resolve(token))}}`,
  );
  return `"${template.join("")}"`;
}

/** Literal text as it stands between the quotes of a Terraform string. */
function quotedText(text: string): string {
  return hclString(text).slice(1, -1);
}

/** An expression that stays one operand whatever operator stands beside it. */
function parenthesised(expression: string): string {
  return isAtomic(expression) ? expression : `(${expression})`;
}

/** True for a reference, a literal, a call or anything else that one pair of brackets or quotes encloses. */
function isAtomic(expression: string): boolean {
  if (!/\s/.test(expression)) {
    return true;
  }
  const start = /^\w*[([{"]/.exec(expression);
  return start !== null && closingIndex(expression, start[0].length - 1) === expression.length - 1;
}

/** Where the bracket or quote at `open` is closed. */
function closingIndex(expression: string, open: number): number {
  const pairs: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
  const closers: string[] = [];
  for (let index = open; index < expression.length; index++) {
    const character = expression[index];
    const quoted = closers.at(-1) === '"';
    if (quoted && character === "\\") {
      index++;
    } else if (character === closers.at(-1)) {
      closers.pop();
    } else if (quoted && character === "$" && expression[index + 1] === "{") {
      closers.push("}");
      index++;
    } else if (!quoted && character in pairs) {
      closers.push(pairs[character]);
    } else if (!quoted && character === '"') {
      closers.push('"');
    }
    if (closers.length === 0) {
      return index;
    }
  }
  return -1;
}
