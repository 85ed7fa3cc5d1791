import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Karpenter, NodeAccess, NodeRole } from "cdktf-karpenter";

const app = new App();
const stack = new TerraformStack(app, "platform");
new AwsProvider(stack, "aws", { region: "eu-north-1" });
new HelmProvider(stack, "helm", { kubernetes: { configPath: "~/.kube/config" } });
const clusterName = "prod";
const windows = new NodeRole(stack, "windows", { clusterName, namePrefix: "prod-windows" });
const windowsAccess = new NodeAccess(stack, "windows-access", {
  clusterName,
  nodeRoleArn: windows.roleArn,
  nodeRoleUniqueId: windows.roleUniqueId,
  accessEntryType: "EC2_WINDOWS",
});
new Karpenter(stack, "karpenter", {
  clusterName,
  oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89",
  subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
  securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
  additionalNodeRoleArns: [windows.roleArn],
  nodesDependOn: [...windows.attachments, ...windowsAccess.entries],
  nodePools: {
    linux: {
      nodeClass: "linux",
      requirements: [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }],
      limits: { cpu: "1000" },
      terminationGracePeriod: "20m",
    },
    windows: {
      nodeClass: "windows",
      requirements: [{ key: "kubernetes.io/os", operator: "In", values: ["windows"] }],
      taints: [{ key: "os", value: "windows", effect: "NoSchedule" }],
      limits: { cpu: "100" },
      terminationGracePeriod: "20m",
    },
  },
  nodeClasses: {
    linux: { amiAlias: "al2023@v20260714" },
    windows: {
      amiAlias: "windows2022@latest",
      allowLatestAmi: true,
      instanceProfile: windows.instanceProfileName,
    },
  },
});
app.synth();
