import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Karpenter } from "cdktf-karpenter";

/** Karpenter on one cluster. The region, the names, the ids and the kubeconfig are yours to fill in. */
export class Platform extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-north-1" });
    new HelmProvider(this, "helm", { kubernetes: { configPath: "~/.kube/config" } });
    new Karpenter(this, "karpenter", {
      clusterName: "prod",
      oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89",
      subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
      nodePools: {
        default: {
          requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot", "on-demand"] }],
          limits: { cpu: "1000", memory: "1000Gi" },
          terminationGracePeriod: "20m",
        },
      },
      nodeClasses: { default: { amiAlias: "al2023@v20260714" } },
    });
  }
}
