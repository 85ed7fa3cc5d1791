import type { Observed } from "../../scripts/changes-table";
import { changesTable } from "../../scripts/changes-table";

/** The row of an input of which plans said this, and of which this was seen. */
const seenRow = (observed: Readonly<Record<string, Observed>>, ...facts: string[]): string[] => {
  const line = changesTable({ an_input: { with: [], facts } }, observed).split("\n")[2];
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
};
const row = (...facts: string[]): string[] => seenRow({}, ...facts);
const NOTHING: Observed = { nodes: "stay", identity: "kept", controller: "stays", controllerRole: "kept" };

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

  test("says nothing of a change that no plan shows", () => {
    expect(row()).toEqual(["`an_input`", "nothing", "", ""]);
  });

  test.each<[string, Partial<Observed>, string, string]>([
    ["nothing", {}, "", ""],
    ["a restart", { controller: "restarts" }, "restarts", ""],
    [
      "a restart as another role",
      { controller: "restarts", controllerRole: "lost" },
      "restarts, **without permissions until then**",
      "",
    ],
    ["an end", { controller: "is away", nodes: "all go", identity: "without permissions" }, "**goes**", "**all go**"],
    ["other nodes", { nodes: "are replaced" }, "", "are replaced by budget"],
    [
      "what is lost first",
      { nodes: "are replaced", identity: "without permissions" },
      "",
      "**lose their permissions**, and are replaced by budget",
    ],
    ["no way in", { identity: "not let in" }, "", "**are not let in any more**, unless aws-auth maps their role"],
  ])("says what was seen, whatever follows from the plan: %s", (_, seen, controller, nodes) => {
    const facts = [
      "module.controller.helm_release.karpenter_controller: removed",
      "module.node_identity.aws_iam_role_policy.node_own: made",
    ];
    const cells = seenRow({ an_input: { ...NOTHING, ...seen } }, ...facts);
    expect([cells[0], cells[2]]).toEqual(["`an_input` †", controller]);
    // What other permissions do cannot be seen.
    expect(cells[3]).toBe(nodes === "" ? "have other permissions" : nodes);
  });

  test("says it in the words on the plan where these say more", () => {
    const drift = "module.node_pools.helm_release.karpenter: changes values.nodeClasses.default.amiAlias";
    expect(seenRow({ an_input: { ...NOTHING, nodes: "are replaced" } }, drift)[3]).toBe(row(drift)[3]);
    expect(row(drift)[3]).toMatch(/^those of a class are replaced by budget, unless/);
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
    const table = changesTable({ an_input: { with: ["another", "third"], facts: [] } }, {});
    expect(table).toContain("| `an_input` with `another`, `third` | nothing |");
  });

  test("asks for the name of an object that it does not know", () => {
    expect(() => row("module.new.aws_thing.it: made")).toThrow('"module.new.aws_thing.it" has no name');
  });
});
