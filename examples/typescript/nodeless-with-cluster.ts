/** A network, a cluster without a node group, and Karpenter with its NodePools, in one stack and one deploy. */
import { App, Fn, TerraformStack } from "cdktf";
import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Karpenter } from "cdktf-karpenter";

const app = new App();
const stack = new TerraformStack(app, "platform");
new AwsProvider(stack, "aws", { region: "eu-north-1" });

const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const zones = new DataAwsAvailabilityZones(stack, "zones", { state: "available" });
const subnet = (id: string, zone: number, cidrBlock: string) =>
  new Subnet(stack, id, { vpcId: vpc.id, cidrBlock, availabilityZone: Fn.element(zones.names, zone) });
const routes = (id: string, to: { gatewayId?: string; natGatewayId?: string }) =>
  new RouteTable(stack, id, { vpcId: vpc.id, route: [{ cidrBlock: "0.0.0.0/0", ...to }] });
const associated = (id: string, { id: subnetId }: Subnet, { id: routeTableId }: RouteTable) =>
  new RouteTableAssociation(stack, id, { subnetId, routeTableId });

const internet = new InternetGateway(stack, "internet", { vpcId: vpc.id });
const outside = subnet("public", 0, "10.0.0.0/24");
const publicRoute = associated("public-route", outside, routes("public-routes", { gatewayId: internet.id }));
const address = new Eip(stack, "nat-address", { domain: "vpc", dependsOn: [internet] });
const nat = new NatGateway(stack, "nat", { subnetId: outside.id, allocationId: address.id });
const inside = [subnet("private-a", 0, "10.0.64.0/18"), subnet("private-b", 1, "10.0.128.0/18")];
const privateRoutes = routes("private-routes", { natGatewayId: nat.id });
const wayOut = inside.map((each, index) => associated(`private-route-${index}`, each, privateRoutes));

const role = new IamRole(stack, "cluster-role", {
  name: "prod-cluster",
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { Service: "eks.amazonaws.com" } },
    ],
  }),
});
const policy = new IamRolePolicyAttachment(stack, "cluster-policy", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
});
const cluster = new EksCluster(stack, "cluster", {
  name: "prod",
  version: "1.34",
  roleArn: role.arn,
  accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
  vpcConfig: { subnetIds: inside.map(({ id }) => id), endpointPrivateAccess: true, endpointPublicAccess: true },
  dependsOn: [policy],
});
const oidc = new IamOpenidConnectProvider(stack, "oidc", {
  url: cluster.identity.get(0).oidc.get(0).issuer,
  clientIdList: ["sts.amazonaws.com"],
});

new HelmProvider(stack, "helm", {
  kubernetes: {
    host: cluster.endpoint,
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", cluster.name],
    },
  },
});
new Karpenter(stack, "karpenter", {
  clusterName: cluster.name,
  clusterEndpoint: cluster.endpoint,
  kubernetesVersion: cluster.version,
  oidcProviderArn: oidc.arn,
  subnetIds: inside.map(({ id }) => id),
  securityGroupIds: [cluster.vpcConfig.clusterSecurityGroupId],
  // What nodes need to reach AWS: a destroy keeps it until the last node is gone.
  nodesDependOn: [cluster, nat, publicRoute, ...wayOut],
  nodePools: {
    default: {
      requirements: [
        { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot", "on-demand"] },
        { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
      ],
      limits: { cpu: "1000", memory: "1000Gi" },
      terminationGracePeriod: "20m",
    },
  },
  nodeClasses: { default: { amiAlias: "al2023@v20260714" } },
});
app.synth();
