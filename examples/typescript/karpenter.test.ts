import "cdktf/lib/testing/adapters/jest"; // The types of the matchers
import { Testing } from "cdktf";
import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Karpenter } from "cdktf-karpenter";

describe("Karpenter in my stack", () => {
  const synthesized = Testing.synthScope((scope) => {
    new Karpenter(scope, "karpenter", {
      clusterName: "prod",
      oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89",
      subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/platform-boundary",
    });
  });

  it("runs on Fargate, in its own namespace only", () => {
    expect(synthesized).toHaveResourceWithProperties(EksFargateProfile, {
      cluster_name: "prod",
      selector: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
    });
  });

  it.each(["controller", "node", "fargate"])("gives the %s role our permissions boundary", (whose) => {
    expect(synthesized).toHaveResourceWithProperties(IamRole, {
      name: `prod-karpenter-${whose}`,
      permissions_boundary: "arn:aws:iam::111122223333:policy/platform-boundary",
    });
  });
});
