import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { objectsIn, readObjects } from "../../cli/manifest-files";

describe("objects in files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "manifests-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("are found in a folder at every depth, in order, and in no other file", () => {
    mkdirSync(join(folder, "b"));
    writeFileSync(join(folder, "b/two.yml"), "kind: Two");
    writeFileSync(join(folder, "a.yaml"), "kind: One\n---\n---\nkind: Another\n");
    writeFileSync(join(folder, "c.json"), '{"kind": "Three"}');
    writeFileSync(join(folder, "README.md"), "kind: None");
    expect(
      readObjects([folder]).objects.map(({ where, object }) => [where.slice(folder.length + 1), object.kind]),
    ).toEqual([
      ["a.yaml, document 1", "One"],
      ["a.yaml, document 3", "Another"],
      ["b/two.yml", "Two"],
      ["c.json", "Three"],
    ]);
  });

  test("that cannot be read are told of, and the others are read", () => {
    writeFileSync(join(folder, "a.yaml"), "kind: One");
    const { objects, findings } = readObjects([join(folder, "none.yaml"), folder]);
    expect(objects).toHaveLength(1);
    expect(findings).toEqual([
      {
        severity: "error",
        where: join(folder, "none.yaml"),
        text: expect.stringMatching(/^cannot be read: ENOENT/) as string,
      },
    ]);
  });

  test("that are no YAML are told of, and the other documents are read", () => {
    const { objects, findings } = objectsIn("a.yaml", "kind: [\n---\nkind: One\n");
    expect(objects.map(({ object }) => object.kind)).toEqual(["One"]);
    expect(findings).toEqual([
      { severity: "error", where: "a.yaml, document 1", text: expect.stringMatching(/^is no YAML: /) as string },
    ]);
  });

  test("are read as kubectl reads them: yes is true, and a date and 1:30 are texts", () => {
    const [{ object }] = objectsIn(
      "a.yaml",
      "a: yes\nb: 2026-01-01\nc: 1:30\nd: &x { e: 1 }\nf: { <<: *x, g: 2 }",
    ).objects;
    expect(object).toEqual({ a: true, b: "2026-01-01", c: "1:30", d: { e: 1 }, f: { e: 1, g: 2 } });
  });
});
