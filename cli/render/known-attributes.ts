/** Values of a synthesized stack without Terraform: what it would fill in, as far as names and ARNs tell. */
import type { TerraformStack } from "cdktf";
import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import { isFields } from "../../lib/terraform/known-values";

/** Where the resources will be. */
export interface Place {
  readonly partition?: unknown;
  readonly accountId?: unknown;
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** Text that Terraform takes as it is, a character in quotes, and an attribute of a resource. */
const TEMPLATE = /([$%])\1\{|\$\{"([^"]*)"\}|\$\{(\w+)\.([\w-]+)\.(\w+)\}/g;

/** Fills values with the attributes of resources that the stack itself decides: their names, and the ARNs of roles. */
export class KnownAttributes {
  private readonly resources: Resources;
  private readonly missing = new Set<string>();

  constructor(
    private readonly stack: TerraformStack,
    private readonly place: Place,
  ) {
    stack.prepareStack();
    this.resources = ((stack.toTerraform() as { resource?: Resources }).resource ?? {}) as Resources;
  }

  /** What only an apply tells, by its address in Terraform. */
  public get unknown(): readonly string[] {
    return [...this.missing];
  }

  /** The value with every token in it filled in; a text without one stays as it is, whatever it looks like. */
  public fill(value: unknown): unknown {
    if (Token.isUnresolved(value)) {
      const resolver = new DefaultTokenResolver(new StringConcat());
      return this.text(String(Tokenization.resolve(value, { scope: this.stack, resolver })));
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.fill(item));
    }
    return isFields(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [this.fill(key), this.fill(item)]))
      : value;
  }

  private text(template: string): string {
    const filled = template.replace(
      TEMPLATE,
      (_, escaped: string | undefined, quoted: string | undefined, ...address: string[]) =>
        escaped === undefined ? (quoted ?? this.attribute(address[0], address[1], address[2])) : `${escaped}{`,
    );
    const left = template.replace(TEMPLATE, "");
    if (/[$%]\{/.test(left)) {
      this.missing.add(template);
    }
    return filled;
  }

  private attribute(type: string, name: string, attribute: string): string {
    const resource = this.resources[type]?.[name] ?? {};
    const known = attribute === "arn" && type === "aws_iam_role" ? this.roleArn(resource) : resource[attribute];
    if (typeof known === "string") {
      return known;
    }
    this.missing.add(`${type}.${name}.${attribute}`);
    return "";
  }

  private roleArn({ name, path = "/" }: Readonly<Record<string, unknown>>): string | undefined {
    const { partition, accountId } = this.place;
    return typeof partition === "string" && typeof accountId === "string"
      ? `arn:${partition}:iam::${accountId}:role${String(path)}${String(name)}`
      : undefined;
  }
}
