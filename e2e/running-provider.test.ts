/** The AWS provider that runs between calls: Terraform is told of the types that a configuration names, and all of each. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { withTypes } from "./cloud/provider-schema";
import { cliConfigEnv } from "./cloud/provider-mirror";
import { runOrThrow } from "./cloud/run";
import { neutralEnvironment } from "./cloud/local-aws";
import { AwsProvider, awsProviderProgram } from "./cloud/aws-provider";

/** A field of a message that has bytes. The length takes two bytes from 128 on. */
function field(number: number, content: Buffer): Buffer {
  const length = content.length < 128 ? [content.length] : [(content.length & 127) | 128, content.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content]);
}

const entry = (map: number, name: string, schema = "schema"): Buffer =>
  field(map, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(schema))]));

describe("a provider's schema with fewer types", () => {
  const others = [field(1, Buffer.from("provider")), field(6, Buffer.from([8, 1])), field(7, Buffer.from("functions"))];
  const long = entry(2, "aws_long", "x".repeat(1000));

  it("keeps the resources and data sources that are asked for, and all that is neither", () => {
    const message = Buffer.concat([
      others[0]!,
      entry(2, "aws_a"),
      long,
      entry(3, "aws_a"),
      entry(3, "aws_b"),
      others[1]!,
      others[2]!,
    ]);
    const kept = withTypes(message, (type) => type !== "aws_b" && type !== "aws_a");
    expect(kept).toEqual(Buffer.concat([others[0]!, long, others[1]!, others[2]!]));
    expect(withTypes(message, () => true)).toEqual(message);
  });

  it("is refused when it is cut off or of a kind that is not known", () => {
    expect(() => withTypes(Buffer.from([0x12, 0x80]), () => true)).toThrow("in the middle of a number");
    expect(() => withTypes(Buffer.from([0x0d, 0, 0, 0, 0]), () => true)).toThrow("a field of kind 5");
  });
});

// Where Terraform gets the provider from the registry at each call, there is none to keep.
const describeWhereInstalled = awsProviderProgram() === undefined ? describe.skip : describe;

describeWhereInstalled("the provider that runs", () => {
  let folder: string;
  let provider: AwsProvider | undefined;

  /** The types that Terraform knows for the configuration, after `init`. */
  async function typesFor(root: string): Promise<{ resources: string[]; dataSources: string[] }> {
    const env = { ...neutralEnvironment(), ...(await cliConfigEnv({})) };
    await runOrThrow("terraform", ["init", "-input=false"], { cwd: root, env });
    const reattached = { TF_REATTACH_PROVIDERS: JSON.stringify(provider?.reattached(root)) };
    const shown = await runOrThrow("terraform", ["providers", "schema", "-json"], {
      cwd: root,
      env: { ...env, ...reattached },
    });
    const { provider_schemas: schemas } = JSON.parse(shown.stdout) as {
      provider_schemas: Record<string, { resource_schemas: object; data_source_schemas: object }>;
    };
    const [aws] = Object.values(schemas);
    return {
      resources: Object.keys(aws?.resource_schemas ?? {}),
      dataSources: Object.keys(aws?.data_source_schemas ?? {}),
    };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "running-provider-"));
    provider = await AwsProvider.start();
  });

  afterAll(async () => {
    await provider?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("describes the types that a configuration and its modules name, also when it comes to name more", async () => {
    await mkdir(join(folder, "root"));
    await mkdir(join(folder, "module"));
    await writeFile(join(folder, "module/main.tf.json"), JSON.stringify({ resource: { aws_sqs_queue: { q: {} } } }));
    const root = join(folder, "root");
    await writeFile(join(root, "main.tf"), 'module "m" { source = "../module" }\ndata "aws_region" "r" {}\n');
    expect(await typesFor(root)).toEqual({
      resources: ["aws_sqs_queue"],
      dataSources: ["aws_region", "aws_sqs_queue"],
    });
    await writeFile(join(root, "more.tf"), 'resource "aws_iam_role" "r" { assume_role_policy = "{}" }\n');
    expect((await typesFor(root)).resources).toEqual(["aws_iam_role", "aws_sqs_queue"]);
  });

  it("is gone when it is stopped, twice too", async () => {
    await provider?.stop();
    await provider?.stop();
    await expect(typesFor(join(folder, "root"))).rejects.toThrow(/provider/);
  });
});
