/** Bad input to the published modules of the cluster side: a real plan answers it, in the words that the TypeScript side has. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { snakeCase } from "../../lib/terraform/readable-stack";
import { karpenterCharts } from "../cloud/charts";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules } from "../support/account";
import { answerOf, combined, patched } from "./cases";
import { CONTROLLER_CASES, GOOD_CONTROLLER } from "./controller-cases";
import { GOOD_NODE_POOLS, NODE_POOLS_CASES } from "./node-pools-cases";
import { asInputs, type Part, type PartCase, type PartPatch } from "./part-case";

const named = (item: PartCase): string => answerOf(item, snakeCase);
/** Terraform's own words for a wrong type name the input only. */
const expected = (item: PartCase): string => (typeof item.plan === "object" ? item.plan.says : named(item));

describe.each<[Part, PartPatch, readonly PartCase[]]>([
  ["controller", GOOD_CONTROLLER, CONTROLLER_CASES],
  ["node-pools", GOOD_NODE_POOLS, NODE_POOLS_CASES],
])("bad input to the module %s", (part, good, cases) => {
  const alike = cases.filter(({ plan }) => plan === "alike");
  // What Terraform stops at, or reads last, would hide what else there is, or be hidden by it.
  const groups = [...combined(alike), ...cases.filter((item) => !alike.includes(item)).map((item) => [item])];
  const complaints = new Map<PartCase, string>();
  let folder: string;
  let found: number;
  let terraform: Terraform;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "karpenter-bad-input-"));
    await copyModules(folder);
    terraform = await Terraform.in({ folder: join(folder, "modules", part), mirrors: await standInMirrors() });
    await terraform.init();
    // What goes together is read after the releases are planned, and those need their charts.
    const charts =
      part === "controller" ? { chartRepository: dirname((await karpenterCharts("1.14.3")).karpenter) } : {};
    const planned = { ...good, ...charts };
    found = (await terraform.plan(asInputs(planned))).changes;
    for (const group of groups) {
      const errors = await terraform.planErrors(asInputs(patched(planned, group)));
      for (const item of group) {
        complaints.set(item, errors);
      }
    }
  });

  afterAll(async () => {
    await terraform?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is not seen where there is none", () => {
    expect(found).toBeGreaterThan(0);
  });

  it.each(cases)("$title: fails the plan with path, value, what is allowed and the way out", (item) => {
    expect(complaints.get(item)).toContain(expected(item));
  });

  it.each(groups.map((group) => [group.map(({ title }) => title).join(", "), group] as const))(
    "%s: is all that the plan complains of",
    (_, group) => {
      expect(complaints.get(group[0] as PartCase)?.match(/, but | is not known|required\./g)).toHaveLength(
        group.length,
      );
    },
  );
});
