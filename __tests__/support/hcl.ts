import type { Value } from "./hcl-functions";
import { flag, FUNCTIONS, numberOf, operate, OPERATORS, record, text } from "./hcl-functions";

/**
 * A small evaluator of Terraform expressions, so that what Terraform would make of a synthesized expression can be held
 * against what TypeScript makes of the same values. It is as strict as Terraform before 1.12: both sides of `&&` and `||`
 * are evaluated, and `length(null)` is an error.
 */
/** What references stand for: `{ var: { cluster_name: "demo" }, data: { … } }`; in `files`, a Map, what files hold. */
export type Scope = Readonly<Record<string, unknown>>;

type Thunk = (scope: Scope) => Value;

/** Evaluates a string of Terraform JSON: a template, or a lone `${…}` of any type. */
export function evaluate(template: string, scope: Scope = {}): Value {
  const known = parsed.get(template) ?? joined(new Parser(template).template(""));
  parsed.set(template, known);
  return known(scope);
}

/** Templates that have been read: the same ones are asked of many values. */
const parsed = new Map<string, Thunk>();

/** Evaluates an expression without `${}` around it. */
export function evaluateExpression(expression: string, scope: Scope = {}): Value {
  return evaluate(`\${${expression}}`, scope);
}

/** A module's locals for a scope: each is evaluated once, when something reads it. */
export function localsOf(locals: Readonly<Record<string, unknown>>, scope: Scope): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(locals)) {
    Object.defineProperty(values, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const found = evaluateAll(value, { ...scope, local: values });
        Object.defineProperty(values, name, { value: found, enumerable: true });
        return found;
      },
    });
  }
  return values;
}

/** Evaluates every string of a JSON value. */
export function evaluateAll(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") {
    return evaluate(value, scope);
  }
  if (Array.isArray(value)) {
    return value.map((item) => evaluateAll(item, scope));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluateAll(item, scope)]));
  }
  return value;
}

function joined(parts: readonly (string | Thunk)[]): Thunk {
  const [first] = parts;
  if (parts.length === 1 && typeof first === "function") {
    return first;
  }
  return (scope) => parts.map((part) => (typeof part === "string" ? part : text(part(scope)))).join("");
}

/** Several arguments of a call. */
class Expanded {
  constructor(readonly items: Value[]) {}
}

class Parser {
  private at = 0;

  constructor(private readonly source: string) {}

  /** The parts of a template up to its end, or to the closing quote. */
  public template(end: '"' | ""): (string | Thunk)[] {
    const parts: (string | Thunk)[] = [];
    let literal = "";
    while (this.at < this.source.length && (end === "" || this.source[this.at] !== end)) {
      if (this.source.startsWith("$${", this.at) || this.source.startsWith("%%{", this.at)) {
        literal += this.source.slice(this.at + 1, this.at + 3);
        this.at += 3;
      } else if (this.source.startsWith("${", this.at)) {
        parts.push(...(literal === "" ? [] : [literal]));
        literal = "";
        this.at += 2;
        parts.push(this.expression());
        this.expect("}");
      } else if (end !== "" && this.source[this.at] === "\\") {
        const length = this.source[this.at + 1] === "u" ? 6 : 2;
        literal += JSON.parse(`"${this.source.slice(this.at, this.at + length)}"`) as string;
        this.at += length;
      } else {
        literal += this.source[this.at++];
      }
    }
    return literal === "" && parts.length > 0 ? parts : [...parts, literal];
  }

  private expression(): Thunk {
    const condition = this.binary(0);
    if (!this.take("?")) {
      return condition;
    }
    const yes = this.expression();
    this.expect(":");
    const no = this.expression();
    return (scope) => (flag(condition(scope)) ? yes(scope) : no(scope));
  }

  private binary(level: number): Thunk {
    if (level === OPERATORS.length) {
      return this.unary();
    }
    let left = this.binary(level + 1);
    for (;;) {
      const operator = OPERATORS[level].find((candidate) => this.take(candidate));
      if (operator === undefined) {
        return left;
      }
      const [a, b] = [left, this.binary(level + 1)];
      left = (scope) => operate(operator, a(scope), b(scope));
    }
  }

  private unary(): Thunk {
    if (this.peek("!") && !this.peek("!=")) {
      this.expect("!");
      const operand = this.unary();
      return (scope) => !flag(operand(scope));
    }
    if (this.match(/-\d/y) !== undefined) {
      this.expect("-");
      const operand = this.unary();
      return (scope) => -Number(operand(scope));
    }
    return this.postfix();
  }

  private postfix(): Thunk {
    let value = this.primary();
    for (;;) {
      if (this.take("[*]")) {
        const path: string[] = [];
        while (this.take(".")) {
          path.push(this.identifier());
        }
        const all = value;
        value = (scope) => {
          const found = all(scope) ?? [];
          return (Array.isArray(found) ? found : [found]).map((item: Value) => path.reduce(member, item));
        };
      } else if (this.take("[")) {
        const [inner, key] = [value, this.expression()];
        this.expect("]");
        value = (scope) => member(inner(scope), text(key(scope)));
      } else if (!this.peek("...") && this.take(".")) {
        const [inner, key] = [value, this.identifier()];
        value = (scope) => member(inner(scope), key);
      } else {
        return value;
      }
    }
  }

  private primary(): Thunk {
    if (this.take("(")) {
      const inner = this.expression();
      this.expect(")");
      return inner;
    }
    if (this.take('"')) {
      const parts = this.template('"');
      this.at++;
      return joined(parts);
    }
    if (this.take("[")) {
      return this.list();
    }
    if (this.take("{")) {
      return this.map();
    }
    const number = this.match(/\d+(\.\d+)?/y);
    if (number !== undefined) {
      this.expect(number);
      const value = numberOf(number);
      return () => value;
    }
    const name = this.identifier();
    if (this.take("(")) {
      return this.call(
        name,
        this.items(")", () => this.argument()),
      );
    }
    if (["true", "false", "null"].includes(name)) {
      return () => JSON.parse(name) as Value;
    }
    return (scope) => member(scope, name);
  }

  private call(name: string, args: readonly Thunk[]): Thunk {
    if (name === "can" || name === "try") {
      return (scope) => {
        for (const arg of args) {
          try {
            const value = arg(scope);
            return name === "can" ? true : value;
          } catch {
            continue;
          }
        }
        if (name === "can") {
          return false;
        }
        throw new Error("no argument of try could be evaluated");
      };
    }
    if (name === "file" || name === "templatefile") {
      return (scope) => {
        const [path, variables] = args.map((arg) => arg(scope));
        const content = (scope.files as ReadonlyMap<unknown, string>).get(path);
        if (content === undefined) {
          throw new Error(`no file ${text(path)}`);
        }
        return variables === undefined ? content : evaluate(content, variables as Scope);
      };
    }
    if (!(name in FUNCTIONS)) {
      throw new Error(`no function ${name} in ${this.source}`);
    }
    return (scope) =>
      FUNCTIONS[name](
        ...args.flatMap((arg) => {
          const value = arg(scope);
          return value instanceof Expanded ? value.items : [value];
        }),
      );
  }

  /** An argument, or with `...` behind it a list of them. */
  private argument(): Thunk {
    const value = this.expression();
    return this.take("...") ? (scope) => new Expanded(value(scope) as Value[]) : value;
  }

  private list(): Thunk {
    if (!this.takeWord("for")) {
      const items = this.items("]", () => this.expression());
      return (scope) => items.map((item) => item(scope));
    }
    const each = this.iteration();
    const body = this.expression();
    const condition = this.filter();
    this.expect("]");
    return (scope) =>
      each(scope)
        .filter((inner) => flag(condition(inner)))
        .map(body);
  }

  private map(): Thunk {
    if (!this.takeWord("for")) {
      const entries = this.items("}", (): [Thunk, Thunk] => {
        const key = this.peek('"') || this.peek("(") ? this.primary() : literally(this.identifier());
        this.expect("=");
        return [key, this.expression()];
      });
      return (scope) => Object.fromEntries(entries.map(([key, value]) => [text(key(scope)), value(scope)]));
    }
    const each = this.iteration();
    const key = this.expression();
    this.expect("=>");
    const value = this.expression();
    const isGrouping = this.take("...");
    const condition = this.filter();
    this.expect("}");
    return (scope) => {
      const found = new Map<string, Value>();
      for (const inner of each(scope).filter((candidate) => flag(condition(candidate)))) {
        const name = text(key(inner));
        const others = found.get(name);
        if (others !== undefined && !isGrouping) {
          throw new Error(`${name} is a key of two values`);
        }
        found.set(name, isGrouping ? [...((others ?? []) as Value[]), value(inner)] : value(inner));
      }
      return Object.fromEntries(found);
    };
  }

  private iteration(): (scope: Scope) => Scope[] {
    const names = [this.identifier()];
    if (this.take(",")) {
      names.push(this.identifier());
    }
    this.expect("in");
    const collection = this.expression();
    this.expect(":");
    return (scope) => {
      const items = collection(scope);
      return inOrder(record(items)).map(([key, value]) => ({
        ...scope,
        ...(names.length === 1
          ? { [names[0]]: value }
          : { [names[0]]: Array.isArray(items) ? Number(key) : key, [names[1]]: value }),
      }));
    };
  }

  private filter(): Thunk {
    return this.takeWord("if") ? this.expression() : () => true;
  }

  private items<T>(end: string, read: () => T): T[] {
    const found: T[] = [];
    while (!this.take(end)) {
      found.push(read());
      this.take(",");
    }
    return found;
  }

  private identifier(): string {
    const name = this.match(/[A-Za-z_][\w-]*/y);
    if (name === undefined) {
      throw new Error(`no name at "${this.rest()}" of ${this.source}`);
    }
    this.expect(name);
    return name;
  }

  /** What matches here, behind spaces; the pattern is a sticky one. */
  private match(pattern: RegExp): string | undefined {
    while (/\s/.test(this.source[this.at] ?? "")) {
      this.at++;
    }
    pattern.lastIndex = this.at;
    return pattern.exec(this.source)?.[0];
  }

  private rest(): string {
    return this.source.slice(this.at);
  }

  private peek(token: string): boolean {
    this.match(ANYTHING);
    return this.source.startsWith(token, this.at);
  }

  private take(token: string): boolean {
    const found = this.peek(token) && !(token === "=" && this.peek("=="));
    this.at += found ? token.length : 0;
    return found;
  }

  private takeWord(word: string): boolean {
    return this.match(new RegExp(`${word}\\b`, "y")) !== undefined && this.take(word);
  }

  private expect(token: string): void {
    if (!this.take(token)) {
      throw new Error(`expected ${token} at "${this.rest()}" of ${this.source}`);
    }
  }
}

/** The empty match: only to skip spaces. */
const ANYTHING = /(?:)/y;

function literally(value: string): Thunk {
  return () => value;
}

function member(value: Value, key: string): Value {
  const of = record(value);
  const isThere = Array.isArray(of) ? /^\d+$/.test(key) && Number(key) < of.length : Object.hasOwn(of, key);
  if (!isThere || of[key] === undefined) {
    throw withoutStack(() => new Error(`no ${key} beside ${Object.keys(of).slice(0, 20).join(", ")}`));
  }
  return of[key];
}

/** `try` and `can` meet thousands of these; where they come from is dear to find out, and nobody reads it. */
function withoutStack(make: () => Error): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = make();
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}

/** What a `for` goes through: a list as it is, an object by its names in order. */
function inOrder(of: Readonly<Record<string, Value>>): [string, Value][] {
  const entries = Object.entries(of);
  return Array.isArray(of) ? entries : entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
