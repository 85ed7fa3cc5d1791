import { App } from "cdktf";
import { NodelessKarpenter027Stack } from "cdktf-karpenter/stacks";

const app = new App();
new NodelessKarpenter027Stack(app, "nodeless", {
  clusterName: "prod",
  clusterEndpoint: "https://3F2504E04F89.gr7.eu-north-1.eks.amazonaws.com",
  region: "eu-north-1",
  oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89",
  subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
  securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
  // karpenterVersion: "1.14.3" makes today's form of it.
});
app.synth();
