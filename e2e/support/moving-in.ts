/** An installation as somebody else has written it, and what `import` writes for it. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { program } from "../../cli/program";
import type { Plan, Terraform, TerraformVariables } from "../cloud/terraform";
import { type Account, PREAMBLE } from "./account";

const SHAPES = join(__dirname, "../scenarios/fixtures/moving-in");
const NO_FILES: Readonly<Record<string, string>> = {};

/** What `import` has told with `--json`, and written. */
export interface Imported {
  readonly told: { readonly taken: readonly unknown[]; readonly [section: string]: unknown };
  readonly files: Readonly<Record<string, string>>;
}

/** What a plan would do, by what it does; addresses without the call of the module. */
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

  static async open(account: Account, files: Readonly<Record<string, string>>): Promise<ChangingRoot> {
    let opened = "";
    const terraform = await account.rootOf(async (folder) => {
      opened = folder;
      await put(folder, files);
    });
    return new ChangingRoot(terraform, opened);
  }

  /** Has these files of Terraform's instead of those that are there. */
  async become(files: Readonly<Record<string, string>>): Promise<void> {
    const there = (await readdir(this.folder)).filter((name) => name.endsWith(".tf"));
    await Promise.all(there.map((name) => rm(join(this.folder, name))));
    await put(this.folder, files);
    await this.terraform.init();
  }
}

/** The files of a shape's root; with a name, the shape is a module that the root calls by it. */
export async function shapeFiles(shape: string, module?: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(SHAPES, `${shape}.tf`), "utf8");
  if (module === undefined) {
    return { "providers.tf": PREAMBLE, "main.tf": text };
  }
  const variables = [...text.matchAll(/^variable "(\w+)" .*$/gm)];
  const call = variables.map(([, name]) => `  ${name} = var.${name}`);
  return {
    "providers.tf": PREAMBLE,
    "shape/main.tf": text,
    "main.tf": [
      ...variables.map(([declaration]) => declaration),
      `module "${module}" {`,
      '  source = "./shape"',
      ...call,
      "}",
    ].join("\n"),
  };
}

/** Runs `import` over what is in a root's state, as a user does. */
export async function runImport(terraform: Terraform, ...args: readonly string[]): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), "moving-in-"));
  try {
    const state = join(folder, "state.json");
    await writeFile(state, await terraform.showState());
    const printed: string[] = [];
    let code: number | undefined;
    program("0", { print: (text) => printed.push(text), end: (ended) => (code = ended) }).parse(
      ["import", state, "--output", join(folder, "written"), "--module-source", "./karpenter", "--json", ...args],
      { from: "user" },
    );
    const told = JSON.parse(printed.join("\n")) as Imported["told"] & { written: string[] };
    if (code !== 0) {
      throw new Error(`import ended with ${code}: ${JSON.stringify(told, null, 2)}`);
    }
    const read = told.written.map(async (name) => [name, await readFile(join(folder, "written", name), "utf8")]);
    return { told, files: { ...NO_FILES, ...Object.fromEntries(await Promise.all(read)) } as Imported["files"] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
