import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StateObject } from "../../../cli/import/state";
import { program } from "../../../cli/program";
import { BY_HAND, object, PROFILE } from "../../support/states";

describe("the command import", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "import-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it over a state, and says what came of it. */
  function run(objects: readonly StateObject[], ...args: readonly string[]) {
    const state = join(folder, "state.json");
    const resources = objects.map((one) => ({ ...one, mode: "managed", depends_on: one.dependsOn }));
    writeFileSync(state, JSON.stringify({ terraform_version: "1.11.4", values: { root_module: { resources } } }));
    const printed: string[] = [];
    const mistakes: string[] = [];
    let code = 0;
    const cli = program("1.2.3", { print: (text) => printed.push(text), end: (ended) => (code = ended) });
    for (const command of [cli, ...cli.commands]) {
      command.exitOverride().configureOutput({ writeErr: (text) => mistakes.push(text) });
    }
    try {
      cli.parse(["import", state, "--output", join(folder, "out"), ...args], { from: "user" });
    } catch (error) {
      code = (error as { readonly exitCode: number }).exitCode;
    }
    return { printed: printed.join("\n"), mistakes: mistakes.join(""), code };
  }
  const written = (): string[] => (readdirSync(folder).includes("out") ? readdirSync(join(folder, "out")).sort() : []);

  test("writes files, and says what becomes of each object", () => {
    const { printed, code } = run(BY_HAND, "--same-state");
    expect(code).toBe(0);
    expect(written()).toEqual(["karpenter.tf", "moved.tf", "removed.tf"]);
    expect(printed).toContain(
      "Taken over\n  aws_iam_role.controller\n    as module.karpenter.module.controller_identity[0].aws_iam_role.controller\n",
    );
    expect(printed).toMatch(
      /Forgotten by Terraform, and still there\n {2}aws_iam_role_policy\.controller: the module's/,
    );
    expect(printed).toMatch(
      /Once the controller runs\n {2}aws iam delete-role-policy --role-name scaler --policy-name scaling\n/,
    );
    expect(printed).toMatch(/8 objects taken over; written to .*out: karpenter\.tf, moved\.tf, removed\.tf$/);
  });

  test("writes TypeScript where it is asked for, with the paths of constructs", () => {
    expect(run(BY_HAND, "--form", "typescript").printed).toContain("aws_iam_role.node\n    as node/Resource");
    expect(written()).toEqual(["karpenter.ts", "old-root"]);
  });

  test("tells machines the same", () => {
    const told = JSON.parse(run(BY_HAND, "--json", "--module-name", "scaling").printed) as Record<string, unknown[]>;
    expect(told.taken[0]).toEqual({
      from: "aws_iam_role.controller",
      to: "module.scaling.module.controller_identity[0].aws_iam_role.controller",
      id: "scaler",
    });
    expect(told).toMatchObject({ findings: [], destroyed: [], left: [], inputs: { clusterName: "prod" } });
  });

  test("overwrites nothing unless it is told to", () => {
    run(BY_HAND);
    writeFileSync(join(folder, "out", "karpenter.tf"), "mine");
    expect(run(BY_HAND).mistakes).toMatch(/has karpenter\.tf, imports\.tf, old-root\/removed\.tf already/);
    expect(readFileSync(join(folder, "out", "karpenter.tf"), "utf8")).toBe("mine");
    expect(run(BY_HAND, "--overwrite").code).toBe(0);
    expect(readFileSync(join(folder, "out", "karpenter.tf"), "utf8")).toContain('module "karpenter"');
  });

  test("writes nothing where the inputs would be refused, and says so in their words", () => {
    const none = BY_HAND.map((one) => (one === PROFILE ? { ...one, values: { ...one.values, subnet_ids: [] } } : one));
    const { printed, code } = run(none);
    expect(printed).toMatch(/inputs\n {2}error {4}"fargate_subnet_ids" has 0 items/);
    expect({ code, written: written() }).toEqual({ code: 1, written: [] });
  });

  test("sends older releases to TypeScript, for the modules do not have them", () => {
    const old = object("helm_release.karpenter", {
      name: "karpenter",
      namespace: "karpenter",
      chart: "karpenter",
      repository: "oci://public.ecr.aws/karpenter",
      version: "v0.34.12",
      values: ["settings: { clusterName: prod }"],
    });
    const { mistakes, code } = run([...BY_HAND, old]);
    expect(mistakes).toMatch(/the modules take Karpenter 1\.0 and later, and this is 0\.34\.12: .* --form typescript/);
    expect(code).toBe(1);
  });

  test.each([
    [[], /give a state, or --live without one/],
    [["state.json", "--live", "--cluster-name", "prod"], /give a state, or --live without one/],
    [["--live"], /--live asks for --cluster-name/],
    [["--live", "--cluster-name", "prod", "--same-state"], /--live knows no --same-state/],
  ])("takes a state or looks itself: %j", (args, message) => {
    const mistakes: string[] = [];
    const cli = program("1.2.3", { print: () => undefined, end: () => undefined });
    for (const command of [cli, ...cli.commands]) {
      command.exitOverride().configureOutput({ writeErr: (text) => mistakes.push(text) });
    }
    expect(() => cli.parse(["import", "--output", folder, ...args], { from: "user" })).toThrow();
    expect(mistakes.join("")).toMatch(message);
  });

  test("says what is wrong with a state", () => {
    expect(run([]).mistakes).toMatch(/state\.json holds no role of Karpenter's controller/);
  });
});
