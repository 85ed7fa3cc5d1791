import { App } from "cdktf";
import { fleet } from "cdktf-karpenter/stacks";

const issuer = (region: string, id: string) =>
  `arn:aws:iam::111122223333:oidc-provider/oidc.eks.${region}.amazonaws.com/id/${id}`;

/** Two clusters of one account in two regions, each a stack with its own state in a shared bucket. */
const app = new App();
fleet(app, {
  defaults: {
    backend: { type: "s3", bucket: "acme-terraform-state", region: "eu-north-1" },
    tags: { team: "platform" },
  },
  clusters: [
    {
      clusterName: "prod",
      region: "eu-north-1",
      oidcProviderArn: issuer("eu-north-1", "3F2504E04F89"),
      subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
    },
    {
      clusterName: "prod",
      region: "eu-west-1",
      namePrefix: "prod-eu-west-1", // IAM names are unique in an account, whatever the region
      oidcProviderArn: issuer("eu-west-1", "7C9E6679A2B4"),
      subnetIds: ["subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60002"],
    },
  ],
});
app.synth();
