import { Karpenter } from "../../lib";
import { publishedModules } from "../../modules";
import { PLACE, PROVIDER_ARN } from "../support/fixtures";
import { Synthesized, synth } from "../support/stack";
import { Release } from "@cdktf/provider-helm/lib/release";

interface Output {
  readonly value: string;
  readonly depends_on?: string[];
}

const modules = new Map(publishedModules().map((stack) => [stack.props.path, stack.toModule()]));
const outputsOf = (path: string) => modules.get(path)?.output as Readonly<Record<string, Output>>;

describe("a controller that is installed some other way", () => {
  test("finds what it needs when it gets its values of the root module, as the module's own does", () => {
    const { controller } = modules.get("")?.module as Record<string, { depends_on: string[] }>;
    expect(controller.depends_on).toContain("module.controller_identity");
    expect(outputsOf("").helm_values.depends_on).toEqual(controller.depends_on);
  });

  test.each(["controller_role_arn", "controller_role_name"])(
    "finds the role's policies when it gets %s of the part",
    (name) => {
      const { resources } = new Synthesized(modules.get("modules/controller-identity") as Record<string, unknown>);
      expect([...(outputsOf("modules/controller-identity")[name].depends_on ?? [])].sort()).toEqual(resources);
    },
  );

  test("finds the same where it is a release beside the construct", () => {
    const synthesized = synth((stack) => {
      const karpenter = new Karpenter(stack, "karpenter", {
        ...PLACE,
        clusterName: "demo",
        oidcProviderArn: PROVIDER_ARN,
        subnetIds: ["subnet-1"],
        securityGroupIds: ["sg-1"],
      });
      new Release(stack, "mine", { name: "mine", chart: "./mine", dependsOn: [...karpenter.controllerNeeds] });
    });
    const own = synthesized.resource("helm_release", "karpenter_charts_crd").depends_on as string[];
    expect(own).toContain("aws_iam_role_policy.karpenter_controller_inline_policy");
    expect(own).toContain("aws_eks_fargate_profile.karpenter_fargate");
    expect(synthesized.resource("helm_release", "mine").depends_on).toEqual(own);
  });
});
