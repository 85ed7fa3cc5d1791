import type { ControllerOptions } from "../../../lib/kubernetes/controller-options";
import type { ControllerValuesProps } from "../../../lib/kubernetes/controller-values";
import { controllerValues } from "../../../lib/kubernetes/controller-values";
import type { KarpenterChartsProps } from "../../../lib/kubernetes/karpenter-charts";
import { KarpenterCharts } from "../../../lib/kubernetes/karpenter-charts";
import { ROLE_ARN } from "../../support/fixtures";
import { evaluate } from "../../support/hcl";
import { synth } from "../../support/stack";
import { variable } from "../../support/tokens";
import { decodeValues } from "./on-cluster";

const OWN = {
  clusterName: "demo",
  clusterEndpoint: "https://demo.eks.amazonaws.com",
  interruptionQueueName: "demo-queue",
  controllerRoleArn: ROLE_ARN,
};

const settingsOf = (karpenterVersion: string, props: Partial<ControllerValuesProps & ControllerOptions> = {}) =>
  controllerValues({ ...OWN, karpenterVersion, ...props }).settings;
const releasesOf = (props: Partial<KarpenterChartsProps>) => {
  const charts = synth((stack) => new KarpenterCharts(stack, "karpenter", { ...OWN, ...props }));
  return ["karpenter_crd", "karpenter_controller"].map((name) => charts.resource("helm_release", name));
};
const crdValuesOf = (props: Partial<KarpenterChartsProps>) =>
  (releasesOf(props)[0].values as string[] | undefined)?.map((values) => decodeValues(values));

describe("the controller's settings", () => {
  test.each(["0.27.8", "0.31.5"])("are below settings.aws with Karpenter %s", (version) => {
    const settings = { batchMaxDuration: "20s", isolatedVPC: true };
    expect(settingsOf(version, { defaultInstanceProfile: "demo-profile", settings })).toEqual({
      aws: {
        clusterName: "demo",
        clusterEndpoint: "https://demo.eks.amazonaws.com",
        interruptionQueueName: "demo-queue",
        defaultInstanceProfile: "demo-profile",
        isolatedVPC: true,
      },
      batchMaxDuration: "20s",
    });
  });

  test.each(["0.32.10", "0.35.0", "1.0.8", "1.14.3"])("stand side by side with Karpenter %s", (version) => {
    expect(settingsOf(version, { settings: { isolatedVPC: true } })).toEqual({
      clusterName: "demo",
      clusterEndpoint: "https://demo.eks.amazonaws.com",
      interruptionQueue: "demo-queue",
      isolatedVPC: true,
    });
  });

  test("keep what only Terraform knows below settings.aws", () => {
    const clusterName = variable("name");
    expect(settingsOf("0.27.8", { clusterName })).toMatchObject({ aws: { clusterName } });
  });

  test.each([
    ["0.31.5", { drift: true }, { driftEnabled: true }],
    ["0.32.10", { drift: true }, { drift: true }],
    ["0.35.0", { drift: true, spotToSpotConsolidation: true }, { drift: true, spotToSpotConsolidation: true }],
    ["1.14.3", { nodeRepair: true }, { nodeRepair: true }],
  ])("have the feature gates of Karpenter %s", (version, featureGates, spelt) => {
    expect(settingsOf(version, { featureGates })).toMatchObject({ featureGates: spelt });
  });
});

describe("the charts' version", () => {
  test.each([
    ["0.27.8", "v0.27.8"],
    ["0.34.13", "v0.34.13"],
    ["0.35.0", "0.35.0"],
    ["1.14.3", "1.14.3"],
  ])("of Karpenter %s is %s", (karpenterVersion, version) => {
    expect(releasesOf({ karpenterVersion }).map((release) => release.version)).toEqual([version, version]);
  });
});

describe("the CRDs", () => {
  test.each(["0.33.6", "0.33.12", "0.34.7", "0.35.6", "0.36.3", "0.37.1", "1.0.0", "1.0.14"])(
    "of Karpenter %s find their webhook in the controller's namespace",
    (karpenterVersion) => {
      expect(crdValuesOf({ karpenterVersion, namespace: "platform" })).toEqual([
        { webhook: { serviceName: "karpenter", serviceNamespace: "platform" } },
      ]);
      expect(crdValuesOf({ karpenterVersion })).toEqual([
        { webhook: { serviceName: "karpenter", serviceNamespace: "karpenter" } },
      ]);
    },
  );

  test.each(["0.27.8", "0.32.10", "0.33.5", "0.34.6", "0.35.5", "0.36.2", "0.37.0", "1.1.0", "1.14.3", undefined])(
    "of Karpenter %s are told nothing, as nothing is converted",
    (karpenterVersion) => {
      expect(crdValuesOf({ karpenterVersion })).toBeUndefined();
    },
  );

  test("are told where their webhook is as soon as Terraform knows the release", () => {
    const synthesized = synth(
      (stack) =>
        new KarpenterCharts(stack, "karpenter", {
          ...OWN,
          karpenterVersion: variable("version"),
          namespace: variable("namespace"),
        }),
    );
    const { values } = synthesized.resource("helm_release", "karpenter_crd");
    const told = (version: string) => {
      const scope = { var: { version, namespace: "platform" } };
      const local = { karpenter_minor: evaluate(String(synthesized.local("karpenter_minor")), scope) };
      return evaluate(String(values), { ...scope, local });
    };
    const webhook = { serviceName: "karpenter", serviceNamespace: "platform" };
    expect(told("1.0.8")).toEqual([JSON.stringify({ webhook })]);
    expect(["1.1.0", "1.10.0", "1.14.3"].map(told)).toEqual([[], [], []]);
  });
});
