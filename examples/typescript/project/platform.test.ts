import "cdktf/lib/testing/adapters/jest"; // The types of the matchers
import { Testing } from "cdktf";
import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { Platform } from "./platform";

Testing.setupJest();

describe("the platform", () => {
  it("is right in all that can be known without a cluster, and runs the controller on Fargate", () => {
    const synthesized = Testing.synth(new Platform(Testing.app(), "platform"), true);
    expect(synthesized).toHaveResourceWithProperties(EksFargateProfile, {
      selector: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
    });
  });
});
