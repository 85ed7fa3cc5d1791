import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Karpenter } from "cdktf-karpenter";

/** Your own stack: Karpenter beside whatever else the cluster needs. */
export class PlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-north-1" });
    new Karpenter(this, "karpenter", {
      clusterName: "prod",
      oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89",
      subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
      tags: { team: "platform" },
    });
  }
}

const app = new App();
new PlatformStack(app, "platform");
app.synth();
