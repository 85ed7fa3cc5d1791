/** What someone has who begins with the package: the tarball, README.md, and a folder. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

import { runOrThrow, type RunResult } from "../cloud/run";

const CHECKOUT = join(__dirname, "../..");
const README = readFileSync(join(CHECKOUT, "README.md"), "utf8");
/** What `cdktf init --template=typescript` fills a folder with. */
const TEMPLATE = join(CHECKOUT, "node_modules/cdktf-cli/bundle/templates/typescript");

/** The code blocks of README.md in a language, in their order, or those below a comment that names their example. */
export function blocksOf(language: string, example?: string): string[] {
  const before = example === undefined ? "" : `<!-- ${example} -->\\n`;
  return [...README.matchAll(new RegExp(`${before}\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(([, block]) => block);
}

/** The lines that install the package into a project of one's own. */
export function installLines(): string[] {
  const block = blocksOf("sh").find((text) => text.includes("cdktf-karpenter-")) ?? "";
  return block.trim().split("\n");
}

/** A folder of a new user, outside of the checkout. */
export class NewUser {
  private constructor(readonly folder: string) {}

  static async begin(): Promise<NewUser> {
    return new NewUser(await mkdtemp(join(tmpdir(), "new-user-")));
  }

  /** Packs the checkout as npm would publish it, and returns what is in the package. */
  async pack(): Promise<string[]> {
    await runOrThrow("npm", ["pack", "--silent", "--pack-destination", this.folder], { cwd: CHECKOUT });
    const { stdout } = await this.run("tar", ["-tzf", this.tarball]);
    return stdout
      .trim()
      .split("\n")
      .map((path) => path.replace(/^package\//, ""));
  }

  get tarball(): string {
    return readdirSync(this.folder).find((name) => name.endsWith(".tgz")) ?? "";
  }

  /** What `cdktf init` writes; `words` are those that it puts into `package.json` beside its own. */
  async cdktfInit(words: object = {}): Promise<void> {
    await cp(TEMPLATE, this.folder, { recursive: true });
    const file = join(this.folder, "package.json");
    const own = JSON.parse(readFileSync(file, "utf8").replace("{{ $base }}", "platform")) as object;
    await writeFile(file, JSON.stringify({ ...own, ...words }));
  }

  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
    return runOrThrow(command, args, { cwd: this.folder, env: { ...process.env, NO_UPDATE_NOTIFIER: "1", ...env } });
  }

  /** A line of README.md as a shell takes it. */
  shell(line: string): Promise<RunResult> {
    return this.run("sh", ["-c", line]);
  }

  write(path: string, content: string): Promise<void> {
    return writeFile(join(this.folder, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  async end(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Links of the pages in a folder, by path relative to it, that lead to nothing there. */
export function deadLinks(folder: string, pages: readonly string[]): string[] {
  return pages.flatMap((page) =>
    [...readFileSync(join(folder, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => join(dirname(join(folder, page)), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${page}: ${relative(folder, target)}`),
  );
}
