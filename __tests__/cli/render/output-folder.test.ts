import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeOutput } from "../../../cli/render/output-folder";

describe("the folder of rendered files", () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "render-")), "out");
  });
  afterEach(() => rmSync(join(folder, ".."), { recursive: true }));
  const file = (name: string, content: unknown = { a: 1 }) => ({ name, content });

  test("is made, and says in each file who wrote it", () => {
    expect(writeOutput(folder, [file("nodepool_a.yaml")])).toEqual([`wrote ${join(folder, "nodepool_a.yaml")}`]);
    expect(readFileSync(join(folder, "nodepool_a.yaml"), "utf8")).toMatch(
      /^# Written by cdktf-karpenter render;.*\na: 1\n$/,
    );
  });

  test("follows the objects: what changes is written anew, what is gone is removed, and nothing else is touched", () => {
    writeOutput(folder, [file("nodepool_a.yaml"), file("nodepool_b.yaml")]);
    writeOutput(folder, [file("flux.yaml")]);
    writeFileSync(join(folder, "nodepool_own.yaml"), "kind: NodePool\n");
    const lines = writeOutput(folder, [file("nodepool_a.yaml", { a: 2 })]);
    expect(lines[1]).toBe(`removed ${join(folder, "nodepool_b.yaml")}`);
    expect(readdirSync(folder).sort()).toEqual(["flux.yaml", "nodepool_a.yaml", "nodepool_own.yaml"]);
    expect(readFileSync(join(folder, "nodepool_a.yaml"), "utf8")).toMatch(/\na: 2\n$/);
  });

  test("stays as it is where a file of somebody else would be lost", () => {
    writeOutput(folder, [file("nodepool_a.yaml")]);
    writeFileSync(join(folder, "nodepool_b.yaml"), "mine\n");
    expect(() => writeOutput(folder, [file("nodepool_b.yaml"), file("nodepool_c.yaml")])).toThrow(
      "nodepool_b.yaml was not written by render",
    );
    expect(readdirSync(folder).sort()).toEqual(["nodepool_a.yaml", "nodepool_b.yaml"]);
    expect(readFileSync(join(folder, "nodepool_b.yaml"), "utf8")).toBe("mine\n");
  });
});
