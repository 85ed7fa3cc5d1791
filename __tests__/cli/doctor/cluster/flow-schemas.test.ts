import { judgeFlowSchemas } from "../../../../cli/doctor/cluster/flow-schemas";

const schema = (kind: string, name: string, namespace: string) => ({
  metadata: { name: "a" },
  spec: {
    priorityLevelConfiguration: { name: "workload-high" },
    rules: [{ subjects: [{ kind, ...(kind === "ServiceAccount" ? { serviceAccount: { name, namespace } } : {}) }] }],
  },
});
const CONTROLLER = { namespace: "karpenter", serviceAccount: "karpenter" };

test.each([
  ["no controller", undefined, [], "ok"],
  ["one in kube-system", { ...CONTROLLER, namespace: "kube-system" }, [], "ok"],
  ["one that none is about", CONTROLLER, [schema("Group", "", "")], "warning"],
  ["one of another account", CONTROLLER, [schema("ServiceAccount", "other", "karpenter")], "warning"],
  ["one of the same name elsewhere", CONTROLLER, [schema("ServiceAccount", "karpenter", "kube-system")], "warning"],
  ["one that is named", CONTROLLER, [schema("ServiceAccount", "karpenter", "karpenter")], "ok"],
  ["one whose namespace is", CONTROLLER, [schema("ServiceAccount", "*", "karpenter")], "ok"],
])("FlowSchemas: %s", (_, controller, schemas, state) => {
  expect(judgeFlowSchemas({ controller, schemas })).toMatchObject([{ state }]);
});
