/** Bad input to the published root module: a real plan answers it, in the words that the TypeScript side has. */
import { snakeCase } from "../../lib/terraform/readable-stack";
import type { Terraform, TerraformVariables } from "../cloud/terraform";
import { Account } from "../support/account";
import { answerOf, BAD_INPUTS, combined, GOOD, patched, type BadInput } from "./cases";
import { asInputs } from "./part-case";

/** The module's inputs; what is left out keeps the module's default. */
function inputs(cases: readonly BadInput[]): TerraformVariables {
  // A plan of the releases would look for the charts, and there is no cluster to put them on.
  return { install_controller: false, ...asInputs(patched(GOOD, cases)) };
}

const named = (item: BadInput): string => answerOf(item, snakeCase);

describe("bad input to the root module", () => {
  // Terraform reads the rules on several inputs together only when each of these inputs is right.
  const groups = [
    ...combined(BAD_INPUTS.filter((item) => !item.together)),
    ...combined(BAD_INPUTS.filter((item) => item.together)),
  ];
  const complaints = new Map<BadInput, string>();
  let account: Account;
  let good: number;

  beforeAll(async () => {
    account = await Account.open();
    const waiting = [...groups];
    const work = async (terraform: Terraform): Promise<void> => {
      for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
        const errors = await terraform.planErrors(inputs(group));
        for (const item of group) {
          complaints.set(item, errors);
        }
      }
    };
    const root = await account.moduleAsRoot();
    good = (await root.plan(inputs([]))).changes;
    await Promise.all([work(root), work(await account.moduleAsRoot())]);
  });

  afterAll(async () => {
    await account?.close();
  });

  it("is not seen where there is none", () => {
    expect(good).toBeGreaterThan(0);
  });

  it.each(BAD_INPUTS)("$title: fails the plan with property, value, what is allowed and the way out", (item) => {
    expect(complaints.get(item)).toContain(named(item));
  });

  it.each(groups.filter((group) => group.length > 1).map((group) => [group.length, group] as const))(
    "is reported by one plan, all %i problems of a configuration",
    (_, group) => {
      const errors = complaints.get(group[0] as BadInput) ?? "";
      expect(group.map(named).filter((answer) => !errors.includes(answer))).toEqual([]);
    },
  );

  it("creates nothing", async () => {
    expect(await account.resources()).toEqual([]);
  });
});
