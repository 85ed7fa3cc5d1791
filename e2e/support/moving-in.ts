/** An installation as somebody else has written it, and what `import` writes for it. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { ModuleKind, transpileModule } from "typescript";

import { program } from "../../cli/program";
import * as library from "../../lib";
import type { RunResult } from "../cloud/run";
import type { Plan, Terraform, TerraformVariables } from "../cloud/terraform";
import { type Account, copyModules, PREAMBLE, type RootOptions } from "./account";
import { commandLine } from "./command-line";

const SHAPES = join(__dirname, "../scenarios/fixtures/moving-in");
const NO_FILES: Readonly<Record<string, string>> = {};

/** What `import` has told with `--json`, and written. */
export interface Imported {
  readonly told: {
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly taken: readonly { readonly to: string; readonly id: string }[];
    readonly forgotten: readonly { readonly address: string }[];
    readonly notes: readonly string[];
    /** Commands before the apply. */
    readonly before: readonly string[];
    /** Commands once the controller runs. */
    readonly after: readonly string[];
  };
  readonly files: Readonly<Record<string, string>>;
}

/** What a plan would do, by what it does; addresses without the call of the module `karpenter`. */
export interface Planned {
  /** How many objects it moves or imports. */
  readonly taken: number;
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly destroyed: readonly string[];
}

/** A root whose files come and go. */
export class ChangingRoot {
  private constructor(
    readonly terraform: Terraform,
    private readonly folder: string,
  ) {}

  static async open(
    account: Account,
    files: Readonly<Record<string, string>>,
    options: RootOptions = {},
  ): Promise<ChangingRoot> {
    let opened = "";
    const terraform = await account.rootOf(async (folder) => {
      opened = folder;
      await put(folder, files);
    }, options);
    return new ChangingRoot(terraform, opened);
  }

  /** The text of one of its files. */
  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), "utf8");
  }

  /** Takes a copy of the modules into a folder of its own. */
  vendor(path: string): Promise<void> {
    return copyModules(join(this.folder, path));
  }

  /** Has these files of Terraform's instead of those that are there. */
  async become(files: Readonly<Record<string, string>>): Promise<void> {
    const there = (await readdir(this.folder)).filter((name) => /\.tf(\.json)?$/.test(name));
    await Promise.all(there.map((name) => rm(join(this.folder, name))));
    await put(this.folder, files);
    await this.terraform.init();
  }
}

/** The files of a shape's root; with a name, the shape is a module that the root calls by it, and may have modules of its own. */
export async function shapeFiles(shape: string, module?: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(SHAPES, { recursive: true });
  const own = names.filter((name) => name === `${shape}.tf` || (name.startsWith(`${shape}/`) && name.endsWith(".tf")));
  const read = own.map(async (name) => [
    name === `${shape}.tf` ? "main.tf" : name.slice(shape.length + 1),
    await readFile(join(SHAPES, name), "utf8"),
  ]);
  const files = Object.fromEntries(await Promise.all(read)) as Readonly<Record<string, string>>;
  if (module === undefined) {
    return { "providers.tf": PREAMBLE, ...files };
  }
  const text = files["main.tf"] ?? "";
  const variables = [...text.matchAll(/^variable "(\w+)" .*$/gm)];
  const call = variables.map(([, name]) => `  ${name} = var.${name}`);
  return {
    "providers.tf": PREAMBLE,
    ...Object.fromEntries(Object.entries(files).map(([name, one]) => [`shape/${name}`, one])),
    "main.tf": [
      ...variables.map(([declaration]) => declaration),
      `module "${module}" {`,
      '  source = "./shape"',
      ...call,
      "}",
    ].join("\n"),
  };
}

/** Runs `import` over what is in a root's state and in files of manifests, as a user does. */
export function runImport(
  terraform: Terraform,
  manifests: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Imported> {
  return importInto(async (folder) => {
    const state = join(folder, "state.json");
    await writeFile(state, await terraform.showState());
    await put(folder, manifests);
    const named = Object.keys(manifests).map((name) => join(folder, name));
    const given = named.length === 0 ? [] : ["--manifests", ...named];
    const printed: string[] = [];
    let code = 0;
    program("0", { print: (text) => printed.push(text), end: (ended) => (code = ended) }).parse(
      ["import", state, ...importArguments(folder), ...args, ...given],
      { from: "user" },
    );
    return { code, stdout: printed.join("\n"), stderr: "" };
  });
}

/** Runs `import --live` over an account, and over the cluster that the arguments name. */
export function runLiveImport(account: Account, ...args: readonly string[]): Promise<Imported> {
  return importInto((folder) =>
    commandLine(["import", "--live", ...importArguments(folder), ...args], { env: account.aws.env() }),
  );
}

function importArguments(folder: string): string[] {
  return ["--output", join(folder, "written"), "--module-source", "./karpenter", "--json"];
}

async function importInto(run: (folder: string) => Promise<RunResult>): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), "moving-in-"));
  try {
    const { code, stdout, stderr } = await run(folder);
    if (code !== 0) {
      throw new Error(`import ended with ${code}: ${stdout}${stderr}`);
    }
    const told = JSON.parse(stdout) as Imported["told"] & { written: string[] };
    const read = told.written.map(async (name) => [name, await readFile(join(folder, "written", name), "utf8")]);
    return { told, files: { ...NO_FILES, ...Object.fromEntries(await Promise.all(read)) } as Imported["files"] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A stack that has what a file of `import` adds, as configuration. It takes the providers that are at hand, and not those that
 * the classes of cdktf were made of.
 */
export function stackOf(text: string): string {
  const written: { addKarpenter?: (stack: TerraformStack) => void } = {};
  const { outputText: code } = transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS } });
  new Function("require", "exports", code)((): object => library, written);
  const stack = new TerraformStack(Testing.app(), "platform");
  new AwsProvider(stack, "aws");
  new HelmProvider(stack, "helm");
  written.addKarpenter?.(stack);
  const json = JSON.parse(Testing.synth(stack)) as {
    readonly terraform: { readonly required_providers: Readonly<Record<string, { readonly source: string }>> };
  };
  const providers = Object.entries(json.terraform.required_providers).map(([name, { source }]) => [name, { source }]);
  return JSON.stringify({ ...json, terraform: { required_providers: Object.fromEntries(providers) } });
}

/** What a plan of the root with these variables would do. */
export async function planned(terraform: Terraform, variables: TerraformVariables = {}): Promise<Planned> {
  const { json }: Plan = await terraform.plan(variables);
  const changes = json.resource_changes ?? [];
  const by = (action: string): string[] =>
    changes
      .filter(({ change }) => change.actions.includes(action))
      .map(({ address }) => address.replace(/^module\.karpenter\.module\.(\w+)(\[0\])?\./, "$1."))
      .sort();
  return {
    taken: changes.filter((item) => item.previous_address !== undefined || item.change.importing !== undefined).length,
    created: by("create"),
    updated: by("update"),
    destroyed: by("delete"),
  };
}

async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
