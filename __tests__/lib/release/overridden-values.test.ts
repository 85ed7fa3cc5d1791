import { warningsOf } from "../../../lib/inputs/warning-rule";
import { overrideParts, overrideRule } from "../../../lib/release/overridden-values";
import { variable } from "../../support/tokens";

const texts = (props: object) =>
  warningsOf([overrideRule], { override: overrideParts(props) }, undefined).map(({ text }) => text);

describe("values for the chart that say what an input says too", () => {
  test.each<[string, object, string, string]>([
    [
      "one value",
      { controllerReplicas: 1 },
      "replicas: 3",
      '"replicas" of "controllerHelmValues" wins over "controllerReplicas"',
    ],
    [
      "a part",
      { controllerSize: { cpu: "2" } },
      "controller: { resources: { requests: { cpu: 3 } } }",
      '"controller.resources.requests" of',
    ],
    [
      "a setting",
      { settings: { batchIdleDuration: "2s" } },
      "settings: { batchIdleDuration: 5s }",
      '"settings.batchId',
    ],
    [
      "a gate",
      { featureGates: { nodeRepair: true } },
      "settings: { featureGates: { nodeRepair: false } }",
      "nodeRepair",
    ],
    [
      "the environment that has the proxy, as a list",
      { controllerHttpsProxy: "http://proxy.example" },
      "controller: { env: [{ name: A, value: b }] }",
      '"controller.env" of "controllerHelmValues" wins over "controllerHttpsProxy"',
    ],
    [
      "a part of the affinity",
      { controllerAffinity: { nodeAffinity: {} } },
      "affinity: { nodeAffinity: {} }",
      '"affinity.nodeAffinity" of',
    ],
    ["the cluster", { clusterName: "prod" }, "settings: { clusterName: other }", 'wins over "clusterName"'],
    [
      "the service account",
      {},
      "serviceAccount: { name: own }",
      "which the trust policy of the controller's role names",
    ],
    ["the role", {}, "serviceAccount: { annotations: { eks.amazonaws.com/role-arn: x } }", "the controller's role"],
  ])("are told of: %s", (_, inputs, values, told) => {
    expect(texts({ ...inputs, controllerHelmValues: values })).toEqual([expect.stringContaining(told)]);
    expect(texts({ ...inputs, controllerHelmValues: [{}, values] })).toHaveLength(1);
  });

  test.each<[string, object]>([
    ["no values", { controllerReplicas: 1 }],
    [
      "maps, which are merged",
      { controllerSize: {}, controllerHelmValues: "serviceAccount: { annotations: { a: b } }" },
    ],
    ["other values", { controllerReplicas: 1, controllerHelmValues: { priorityClassName: "high" } }],
    [
      "a setting beside another",
      { settings: { isolatedVPC: true }, controllerHelmValues: "settings: { enableDRA: true }" },
    ],
    ["an input that is not given", { controllerHelmValues: { replicas: 3 } }],
    ["values that only Terraform knows", { controllerReplicas: 1, controllerHelmValues: [variable("values")] }],
  ])("are not told of where there are none: %s", (_, props) => {
    expect(texts(props)).toEqual([]);
  });
});
