import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { copyFolder, filesIn, mirrorFolder, writeIfChanged } from "../../stacks/folders";

const PAST = new Date("2020-01-01T00:00:00Z");
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "folders-"));
});

afterEach(() => rmSync(root, { recursive: true }));

/** Writes files below the test's folder, with a time of change long ago. */
function lay(folder: string, files: Record<string, string>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    utimesSync(path, PAST, PAST);
  }
  return join(root, folder);
}

const changed = (path: string) => statSync(path).mtime.getTime() !== PAST.getTime();

describe("writing folders", () => {
  it("touches a file only when its content changes", () => {
    const folder = lay("a", { same: "1", other: "1" });
    writeIfChanged(join(folder, "same"), "1");
    writeIfChanged(join(folder, "other"), "2");
    expect(["same", "other"].map((name) => changed(join(folder, name)))).toEqual([false, true]);
  });

  it("mirrors a folder: stale files and empty folders go, equal files are not touched", () => {
    const from = lay("from", { "main.tf.json": "1", "modules/new/main.tf.json": "2", "charts/.helmignore": "3" });
    const to = lay("to", { "main.tf.json": "1", "modules/old/main.tf.json": "2", "README.md": "old" });
    mirrorFolder(from, to);
    expect(filesIn(to)).toEqual(filesIn(from));
    expect(filesIn(to)).toEqual(["charts/.helmignore", "main.tf.json", "modules/new/main.tf.json"]);
    expect(changed(join(to, "main.tf.json"))).toBe(false);
    expect(() => statSync(join(to, "modules/old"))).toThrow("ENOENT");
  });

  it("leaves alone what Terraform and git keep there", () => {
    const to = lay("to", { ".git/HEAD": "", ".terraform/x": "", ".terraform.lock.hcl": "", "terraform.tfstate": "s" });
    mirrorFolder(lay("from", { a: "" }), to);
    expect(readFileSync(join(to, "terraform.tfstate"), "utf8")).toBe("s");
    expect([".git/HEAD", ".terraform/x", ".terraform.lock.hcl"].map((name) => changed(join(to, name)))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("copies a folder without what Terraform leaves in it, and nothing where there is none", () => {
    copyFolder(
      lay("from", { "a/main.tf": "1", "a/.terraform/x": "", "a/terraform.tfstate.backup": "" }),
      join(root, "to"),
    );
    copyFolder(join(root, "nowhere"), join(root, "to"));
    expect(filesIn(join(root, "to"))).toEqual(["a/main.tf"]);
  });
});
