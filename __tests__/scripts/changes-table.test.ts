import { changesTable } from "../../scripts/changes-table";

/** The row of an input of which plans said this. */
const row = (...facts: string[]): string[] => {
  const line = changesTable({ an_input: { with: [], facts } }).split("\n")[2];
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
};

describe("the table of changes", () => {
  test("says what becomes of each object, once for all its values", () => {
    expect(
      row(
        "module.interruption_queue.aws_sqs_queue.interruption: changes policy",
        "module.interruption_queue.aws_sqs_queue.interruption: changes kms_master_key_id",
        'module.node_identity.aws_iam_role_policy_attachment.node_additional["own"]: made',
      ),
    ).toEqual([
      "`an_input`",
      "in place: queue; made: policies attached to the nodes' role",
      "",
      "have other permissions",
    ]);
  });

  test("tells both what nodes lose and why they are replaced, unless all go anyway", () => {
    const drift = "module.node_pools.helm_release.karpenter: changes values.nodeClassDefaults.role";
    const profile = "module.node_identity.aws_iam_instance_profile.node_instance_profile: removed";
    expect(row(profile, drift)[3]).toBe("**lose their permissions**, and are replaced by budget");
    expect(row("module.controller.helm_release.karpenter_crd: removed", drift)[3]).toBe("**all go**");
  });

  test("says nothing of a change that no plan shows, nor of what Terraform keeps for itself", () => {
    expect(row()).toEqual(["`an_input`", "nothing", "", ""]);
    expect(row("module.node_identity.terraform_data.node_role_identity: changes input")[1]).toBe("nothing");
  });

  test.each([
    ["module.node_pools.helm_release.karpenter: replaced, the old one goes first", "", "**all go**"],
    ["module.node_pools.helm_release.karpenter: changes values.nodeClassDefaults.tags", "", "are replaced by budget"],
    ["module.controller.helm_release.karpenter_controller: changes values.replicas", "", ""],
    ["module.controller.helm_release.karpenter_controller: changes values.logLevel", "restarts", ""],
    ["module.controller.helm_release.karpenter_controller: removed", "**goes**", ""],
  ])("tells what comes of %s", (fact, controller, nodes) => {
    expect(row(fact).slice(2)).toEqual([controller, nodes]);
  });

  test("names what had to change with an input", () => {
    const table = changesTable({ an_input: { with: ["another", "third"], facts: [] } });
    expect(table).toContain("| `an_input` with `another`, `third` | nothing |");
  });

  test("asks for the name of an object that it does not know", () => {
    expect(() => row("module.new.aws_thing.it: made")).toThrow('"module.new.aws_thing.it" has no name');
  });
});
