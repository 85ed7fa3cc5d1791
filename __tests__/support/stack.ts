import { TerraformOutput, Testing } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { ReadableStack } from "../../lib/terraform/readable-stack";

type Json = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** What a stack became, with its parts by exact address. */
export class Synthesized {
  constructor(public readonly json: Json) {}

  /** The resource of this address. */
  public resource(type: string, name: string): Json {
    return this.at("resource", type, name);
  }

  /** The data source of this address. */
  public data(type: string, name: string): Json {
    return this.at("data", type, name);
  }

  /** The value of an output. */
  public output(name: string): unknown {
    return ((this.json.output ?? {}) as Readonly<Record<string, { value: unknown }>>)[name]?.value;
  }

  /** The value of a local. */
  public local(name: string): unknown {
    return ((this.json.locals ?? {}) as Json)[name];
  }

  /** Every address in alphabetical order, data sources with `data.` before them. */
  public get addresses(): string[] {
    return [...addressesOf(this.json.resource, ""), ...addressesOf(this.json.data, "data.")].sort();
  }

  /** The addresses of resources only. */
  public get resources(): string[] {
    return addressesOf(this.json.resource, "").sort();
  }

  private at(kind: "resource" | "data", type: string, name: string): Json {
    const found = ((this.json[kind] ?? {}) as Blocks)[type]?.[name];
    if (found === undefined) {
      throw new Error(`no ${kind} ${type}.${name}, but ${this.addresses.join(", ")}`);
    }
    return found;
  }
}

function addressesOf(blocks: unknown, prefix: string): string[] {
  return Object.entries((blocks ?? {}) as Blocks).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => `${prefix}${type}.${name}`),
  );
}

/** A stack with the AWS and Helm providers whose addresses carry no hash. */
export function readableStack(app = Testing.app(), id = "test"): ReadableStack {
  const stack = new ReadableStack(app, id);
  new AwsProvider(stack, "aws", { region: "eu-north-1" });
  new HelmProvider(stack, "helm");
  return stack;
}

/** Synthesizes what is built in a stack without hashes. */
export function synth(build: (stack: ReadableStack) => unknown): Synthesized {
  const stack = readableStack();
  build(stack);
  return new Synthesized(JSON.parse(Testing.synth(stack)) as Json);
}

/** What synth refuses, problem by problem; empty where it refuses nothing. */
export function problemsOf(build: (stack: ReadableStack) => unknown): string[] {
  const stack = readableStack();
  build(stack);
  return stack.node.findAll().flatMap((construct) => construct.node.validate());
}

/** The one error that synth throws with all problems in it. */
export function synthError(build: (stack: ReadableStack) => unknown): string {
  const stack = readableStack();
  build(stack);
  try {
    Testing.synth(stack, true);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("synth refused nothing");
}

/** A value as it stands in Terraform JSON. */
export function render(value: unknown): unknown {
  return synth((stack) => new TerraformOutput(stack, "value", { value })).output("value");
}
