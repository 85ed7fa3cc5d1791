import { controllerValues } from "../../../lib/kubernetes/controller-values";
import { ROLE_ARN } from "../../support/fixtures";
import { render } from "../../support/stack";
import { variable, variableFlag } from "../../support/tokens";

const OWN = { clusterName: "demo", controllerRoleArn: ROLE_ARN };
const SIZE = { cpu: "1", memory: "1Gi" };

describe("controllerValues", () => {
  test("are plain values where all is known at synth", () => {
    expect(controllerValues(OWN)).toEqual({
      settings: { clusterName: "demo" },
      serviceAccount: { name: "karpenter", annotations: { "eks.amazonaws.com/role-arn": ROLE_ARN } },
      replicas: 2,
      controller: { resources: { requests: SIZE, limits: SIZE } },
      dnsPolicy: "Default",
      podAnnotations: { "cdktf-karpenter/controller-role": ROLE_ARN },
    });
  });

  test("keep the default of an option that is there without a value", () => {
    const { controller, settings } = controllerValues({
      ...OWN,
      controllerSize: { cpu: undefined, memory: "2Gi" },
      settings: { batchIdleDuration: undefined, isolatedVPC: false },
      featureGates: { nodeRepair: undefined, nodeOverlay: true },
    });
    const size = { cpu: "1", memory: "2Gi" };
    expect(controller).toStrictEqual({ resources: { requests: size, limits: size } });
    expect(settings).toStrictEqual({ clusterName: "demo", featureGates: { nodeOverlay: true }, isolatedVPC: false });
  });

  test("can be an output with Pod Identity", () => {
    expect(render(controllerValues({ ...OWN, annotateRole: false }))).toMatchObject({
      serviceAccount: { name: "karpenter" },
    });
  });

  test("leave the annotation to Terraform where it decides", () => {
    const values = controllerValues({ ...OWN, annotateRole: variableFlag("irsa") }, undefined);
    const text = JSON.stringify(render(values)).replaceAll('\\"', '"');
    expect(text).toContain(`var.irsa ? {"eks.amazonaws.com/role-arn" = "${ROLE_ARN}"} : null`);
    expect(text).toContain(
      `{ for key, value in {"cdktf-karpenter/controller-role" = "${ROLE_ARN}"} : key => value if var.irsa }`,
    );
  });

  test("keep names that only Terraform knows", () => {
    expect(
      render(controllerValues({ ...OWN, clusterName: variable("name"), interruptionQueueName: variable("queue") })),
    ).toMatchObject({ settings: { clusterName: "${var.name}", interruptionQueue: "${var.queue}" } });
  });
});
