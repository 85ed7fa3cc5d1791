/** Bad input to the published root module: a real plan answers it, in the words that the TypeScript side has. */
import { snakeCase } from "../../lib/terraform/readable-stack";
import type { Installation } from "../../lib/node-objects/installation-warnings";
import { installationWarnings } from "../../lib/node-objects/installation-warnings";
import type { Plan, Terraform, TerraformVariables } from "../cloud/terraform";
import { Account } from "../support/account";
import { warningsOf } from "../support/check-blocks";
import { answerOf, BAD_INPUTS, combined, GOOD, patched, type BadInput } from "./cases";
import { asInputs } from "./part-case";

/** The module's inputs; what is left out keeps the module's default. */
function inputs(cases: readonly BadInput[]): TerraformVariables {
  // A plan of the releases would look for the charts, and there is no cluster to put them on.
  return { install_controller: false, ...asInputs(patched(GOOD, cases)) };
}

const named = (item: BadInput): string => answerOf(item, snakeCase);

/** Right, and yet warned of. */
const WARNED = {
  subnetIds: ["subnet-0a"],
  featureGates: { nodeRepair: true },
  // Not made, for there is no cluster to put them on.
  createNodePools: false,
  manifests: [
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "default" },
      spec: {
        template: {
          metadata: { annotations: { "k8s.amazonaws.com/eniConfig": "eu-north-1a" } },
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "theirs" },
            requirements: [{ key: "topology.kubernetes.io/zone", operator: "In", values: ["us-west-2a"] }],
          },
        },
      },
    },
  ],
} as const;

describe("bad input to the root module", () => {
  // Terraform reads the rules on several inputs together only when each of these inputs is right.
  const groups = [
    ...combined(BAD_INPUTS.filter((item) => !item.together)),
    ...combined(BAD_INPUTS.filter((item) => item.together)),
  ];
  const complaints = new Map<BadInput, string>();
  let account: Account;
  let good: number;
  let warned: Plan;

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
    warned = await root.plan({ ...inputs([]), ...asInputs(WARNED) });
    await Promise.all([work(root), work(await account.moduleAsRoot())]);
  });

  afterAll(async () => {
    await account?.close();
  });

  it("is not seen where there is none", () => {
    expect(good).toBeGreaterThan(0);
  });

  it("is not what a plan warns of, in the words of synth", () => {
    const atSynth = installationWarnings({ ...GOOD, ...WARNED, installController: false } as Installation);
    expect(atSynth).toHaveLength(4);
    expect(warningsOf(warned)).toEqual(
      atSynth.map(({ id, text }) => `${text} [${id}]`.replace(/\b(subnetIds|featureGates)\b/g, snakeCase)).sort(),
    );
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
