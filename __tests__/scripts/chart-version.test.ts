import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chartFolder, chartVersion, OWN_CHARTS } from "../../lib/kubernetes/packaged-chart";
import { contentVersion, stamp } from "../../scripts/chart-version";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chart-"));
  cpSync(chartFolder("node-pools"), folder, { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const append = (name: string, text: string) => writeFileSync(file(name), readFileSync(file(name), "utf8") + text);

describe("the version of a chart that ships with this library", () => {
  test.each(OWN_CHARTS)("follows the files of %s; `npm run synth` writes it", (name) => {
    expect(chartVersion(name)).toBe(contentVersion(chartFolder(name)));
  });

  test.each(OWN_CHARTS)("is one that Helm and a registry's tag can hold: %s", (name) => {
    expect(chartVersion(name)).toMatch(/^\d+\.\d+\.\d+-content-[0-9a-f]{12}$/);
  });
});

describe("a chart's version", () => {
  test.each<[string, () => void]>([
    ["a changed template", () => append("templates/objects.yaml", "# changed\n")],
    ["a changed default", () => append("values.yaml", "more: 1\n")],
    ["another description", () => append("Chart.yaml", "icon: none\n")],
    ["another file", () => writeFileSync(file("templates/another.yaml"), "")],
    ["a file of another name", () => renameSync(file("templates/objects.yaml"), file("templates/things.yaml"))],
  ])("changes with %s", (_, change) => {
    const before = contentVersion(folder);
    change();
    expect(contentVersion(folder)).not.toBe(before);
  });

  test("changes when text moves between files", () => {
    writeFileSync(file("a"), "ab");
    writeFileSync(file("b"), "");
    const before = contentVersion(folder);
    writeFileSync(file("a"), "a");
    writeFileSync(file("b"), "b");
    expect(contentVersion(folder)).not.toBe(before);
  });

  test("is the same for the same content, whenever it was written, and with the line ends of Windows", () => {
    const before = contentVersion(folder);
    utimesSync(file("values.yaml"), 0, 0);
    for (const name of ["values.yaml", "templates/objects.yaml", "Chart.yaml"]) {
      writeFileSync(file(name), readFileSync(file(name), "utf8").replaceAll("\n", "\r\n"));
    }
    expect(contentVersion(folder)).toBe(before);
  });

  test("is written once, and does not follow itself", () => {
    append("values.yaml", "more: 1\n");
    stamp(folder);
    const stamped = readFileSync(file("Chart.yaml"), "utf8");
    expect(stamped).toContain(`version: ${contentVersion(folder)}\n`);
    stamp(folder);
    expect(readFileSync(file("Chart.yaml"), "utf8")).toBe(stamped);
  });
});
