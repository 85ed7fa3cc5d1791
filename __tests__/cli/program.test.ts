import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKS } from "../../cli/doctor/checks";
import { program } from "../../cli/program";

describe("the command line", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cli-"));
    file = join(folder, "pool.yaml");
    writeFileSync(file, "apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: a }\nspec: { limit: 1 }\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What it prints, what it says of mistakes, and what it ends with. */
  function run(...args: string[]) {
    const printed: string[] = [];
    const mistakes: string[] = [];
    let code = 0;
    const cli = program("1.2.3", { print: (text) => printed.push(text), end: (ended) => (code = ended) });
    for (const command of [cli, ...cli.commands]) {
      command.exitOverride().configureOutput({
        writeErr: (text) => mistakes.push(text),
        writeOut: (text) => printed.push(text),
      });
    }
    try {
      cli.parse(args, { from: "user" });
    } catch (error) {
      code = (error as { readonly exitCode: number }).exitCode;
    }
    return { printed: printed.join("\n"), mistakes: mistakes.join(""), code };
  }

  test("checks files, counts, and ends with 1 where anything will not work", () => {
    const { printed, code } = run("check", file);
    expect(printed).toMatch(/"spec\.limit" is not known; did you mean "limits"\?/);
    expect(printed).toMatch(/\n\n1 object of Karpenter, 0 other objects left out: \d errors, \d warnings?$/);
    expect(code).toBe(1);
  });

  test("writes JSON for machines", () => {
    const { findings, checked } = JSON.parse(run("check", "--json", file).printed) as {
      findings: { where: string }[];
      checked: number;
    };
    expect(checked).toBe(1);
    expect(findings[0].where).toBe(`${file}: NodePool a`);
    expect(JSON.parse(run("upgrade", "--from", "1.14.0", "--json").printed)).toMatchObject({
      sections: [{ title: "Steps", lines: ["1.14.0 → 1.14.3"] }, {}, {}],
      findings: [],
    });
  });

  test("holds objects to the release to come, and ends as a check of them", () => {
    const { printed, code } = run("upgrade", "--from", "1.9.3", "--to", "1.14.3", "--manifests", file);
    expect(printed).toMatch(/Your objects\n {2}error: .*pool\.yaml: NodePool a: "spec\.limit" is not known/);
    expect(code).toBe(1);
  });

  test.each([
    [["check", "--karpenter-version", "1.99", "x"], /must be a release of Karpenter/],
    [["check", "--kubernetes-version", "1.3", "x"], /--kubernetes-version <version>' argument '1\.3' is invalid/],
    [["check"], /missing required argument 'file'/],
    [["check", "--karpentr-version", "1.14.3", "x"], /Did you mean --karpenter-version\?/],
    [["upgrade"], /required option '--from <release>' not specified/],
    [["upgrade", "--from", "1.8.0"], /must be a release that is known here/],
    [["upgrade", "--from", "1.14.3", "--to", "1.9.3"], /--to 1\.9\.3 must be later than --from 1\.14\.3/],
    [["chek"], /Did you mean check\?/],
    [["doctor"], /required option '--cluster-name <name>' not specified/],
    [["cleanup", "--cluster-name", "prod", "--older-than", "1h"], /must be a number of minutes/],
  ])("says what is wrong with %j", (args, told) => {
    const { mistakes, code } = run(...args);
    expect(mistakes).toMatch(told);
    expect(code).not.toBe(0);
  });

  test("knows its version and its help", () => {
    expect(run("--version").printed).toContain("1.2.3");
    expect(run("check", "--help").printed).toContain("--existing-node-class <name...>");
  });

  test("documents every check of the doctor", () => {
    const [, section] = readFileSync(join(__dirname, "../../docs/command-line.md"), "utf8").split("## doctor:");
    const rows = [...section.matchAll(/^\| (`.*?`) \| .*\? \|$/gm)].flatMap(([, names]) =>
      names.replaceAll("`", "").split(", "),
    );
    expect(CHECKS.map(({ id }) => id)).toEqual(rows);
  });
});
