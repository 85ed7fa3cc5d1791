import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MINOR_VERSIONS } from "../lib/versions";
import { permissionPages } from "../scripts/permissions";
import { written, writtenPages } from "../scripts/write-readme";

const root = join(__dirname, "..");
const read = (page: string) => readFileSync(join(root, page), "utf8");
const readme = read("README.md");
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** How GitHub names the place of a heading in a page. */
const anchors = (page: string) =>
  [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/ /g, "-"),
  );

describe.each(writtenPages())("%s", (path) => {
  const page = read(path);

  it("shows the examples and the picture of the modules as `npm run readme` writes them", () => {
    expect(written(page)).toBe(page);
  });

  it("links only to files and headings that exist", () => {
    const links = [...page.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)];
    expect(links.length).toBeGreaterThan(0);
    const dead = links.filter(([, file, anchor]) => {
      const target = file === "" ? path : join(dirname(path), file);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchors(read(target)).includes(anchor));
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});

describe("docs/permissions", () => {
  const pages = permissionPages();

  it("has a page for each minor version, as `npm run readme` writes them from what is granted", () => {
    const folder = "docs/permissions";
    const kept = readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
    expect(kept.sort()).toEqual(Object.keys(pages).sort());
    expect(Object.keys(pages).filter((page) => read(page) !== pages[page])).toEqual([]);
  });

  it("names every statement with its actions, and every deviation with its reason", () => {
    for (const { minorVersion, controllerPolicies } of MINOR_VERSIONS) {
      const statements = Object.values(controllerPolicies).flatMap((policy) => Object.entries(policy));
      const page = pages[`docs/permissions/${minorVersion}.md`];
      const missing = statements.filter(
        ([sid, { actions, why, deviation = why }]) =>
          ![`\`${sid}\``, ...actions, why, deviation].every((part) => page.includes(part)),
      );
      expect(missing).toEqual([]);
    }
  });
});

describe("README.md", () => {
  it("shows three examples and the picture", () => {
    expect(readme.match(/<!-- examples\//g)).toHaveLength(3);
    expect(readme.match(/<!-- graph -->\n```mermaid\nflowchart/g)).toHaveLength(1);
  });

  it("names only scripts that exist", () => {
    const named = [...readme.matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });

  it("begins with the two commands that the checks run", () => {
    const commands = [...readme.matchAll(/```sh\n(.*)\n```/g)].slice(0, 2).map(([, command]) => command);
    expect(commands).toEqual(["npm ci && npm run synth", "npm ci && npm test"]);
  });
});

describe("help", () => {
  it("tells of every script", () => {
    const help = readFileSync(join(root, "help"), "utf8");
    const hidden = ["prepack"];
    const missing = Object.keys(packageJson.scripts).filter(
      (script) => !hidden.includes(script) && !new RegExp(`^  ${script}\\s`, "m").test(help),
    );
    expect(missing).toEqual([]);
  });
});
