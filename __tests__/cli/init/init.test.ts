import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeProject } from "../../../cli/init/init";

describe("init", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "init-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("writes files at every depth into a folder that it makes", () => {
    const to = join(folder, "new");
    expect(writeProject(to, { "main.ts": "a", "tests/b.hcl": "b" })).toEqual([]);
    expect(readFileSync(join(to, "main.ts"), "utf8")).toBe("a");
    expect(readFileSync(join(to, "tests/b.hcl"), "utf8")).toBe("b");
  });

  test("writes nothing at all where a file would be lost, and names each", () => {
    writeFileSync(join(folder, "b"), "mine");
    const found = writeProject(folder, { a: "1", b: "2" });
    expect(found).toEqual([
      { severity: "error", where: join(folder, "b"), text: expect.stringContaining("is there already") },
    ]);
    expect(readdirSync(folder)).toEqual(["b"]);
    expect(readFileSync(join(folder, "b"), "utf8")).toBe("mine");
  });
});
