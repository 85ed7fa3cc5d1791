import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { embedExamples } from "../scripts/embed-examples";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

describe("README.md", () => {
  it("shows the examples as they are", () => {
    expect(embedExamples(readme)).toBe(readme);
    expect(readme.match(/<!-- examples\//g)).toHaveLength(3);
  });

  it("names only scripts that exist", () => {
    const named = [...readme.matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });

  it("links only to files that exist", () => {
    const links = [...readme.matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, path]) => path);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
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
