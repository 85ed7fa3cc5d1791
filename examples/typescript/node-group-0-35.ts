import { App } from "cdktf";
import { NodeGroupKarpenter035Stack } from "cdktf-karpenter/stacks";

const app = new App();
new NodeGroupKarpenter035Stack(app, "node-group", {
  clusterName: "prod",
  region: "us-west-2",
  oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/3F2504E04F89",
  subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
  securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
  otherRoles: [
    {
      rolearn: "arn:aws:iam::111122223333:role/prod-node-group",
      username: "system:node:{{EC2PrivateDNSName}}",
      groups: ["system:bootstrappers", "system:nodes"],
    },
  ],
  consolidationPolicy: "WhenEmpty",
  // karpenterVersion: "1.14.3" makes today's form of it.
});
app.synth();
