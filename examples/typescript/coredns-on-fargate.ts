import { App, TerraformStack } from "cdktf";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Karpenter } from "cdktf-karpenter";

const app = new App();
const stack = new TerraformStack(app, "platform");
new AwsProvider(stack, "aws", { region: "eu-north-1" });
new HelmProvider(stack, "helm", { kubernetes: { configPath: "~/.kube/config" } });
const karpenter = new Karpenter(stack, "karpenter", {
  clusterName: "prod",
  oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89",
  subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
  securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
  fargateSelectors: [
    { namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } },
    { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  ],
  nodePools: { default: { limits: { cpu: "1000" }, terminationGracePeriod: "20m" } },
  nodeClasses: { default: { amiAlias: "al2023@v20260714" } },
});
new EksAddon(stack, "coredns", {
  clusterName: "prod",
  addonName: "coredns",
  configurationValues: JSON.stringify({ computeType: "Fargate" }),
  resolveConflictsOnCreate: "OVERWRITE",
  dependsOn: [karpenter.fargateProfile!.profile],
});
app.synth();
