/** What the user already has before Karpenter comes: a network and an EKS cluster with its OIDC provider. */
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeAvailabilityZonesCommand,
  type TagSpecification,
} from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DeleteFargateProfileCommand,
  paginateListFargateProfiles,
  type AuthenticationMode,
} from "@aws-sdk/client-eks";
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
} from "@aws-sdk/client-iam";

import type { AwsClients } from "./aws-clients";
import type { LocalAws } from "./local-aws";

/** What is to be made. */
export interface NetworkOptions {
  readonly clusterName: string;
  /** Private subnets, each in a zone of its own. */
  readonly subnets?: number;
  readonly kubernetesVersion?: string;
  /** Access entries need one of the API modes. */
  readonly authenticationMode?: AuthenticationMode;
}

/** The inputs of the library and of the modules. */
export interface Network {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly zones: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly clusterEndpoint: string;
  readonly clusterRoleArn: string;
  readonly oidcIssuer: string;
  readonly oidcProviderArn: string;
  /** Removes all of it, and Fargate profiles that were left in the cluster. */
  destroy(): Promise<void>;
}

const CLUSTER_POLICY = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";

/** The value, which AWS always sends though the SDK's types say it may be missing. */
function sent<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`AWS sent no ${what}`);
  }
  return value;
}

function named(resource: TagSpecification["ResourceType"], name: string): TagSpecification[] {
  return [{ ResourceType: resource, Tags: [{ Key: "Name", Value: name }] }];
}

async function makeSubnets(
  clients: AwsClients,
  vpcId: string,
  name: string,
  count: number,
): Promise<{ ids: string[]; zones: string[] }> {
  const known = await clients.ec2.send(new DescribeAvailabilityZonesCommand({}));
  const zones = sent(known.AvailabilityZones, "zones").map((zone) => sent(zone.ZoneName, "zone name"));
  if (zones.length < count) {
    throw new Error(`the region has ${zones.length} zones, ${count} subnets were asked for`);
  }
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const made = await clients.ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: `10.0.${i * 16}.0/20`,
        AvailabilityZone: zones[i],
        TagSpecifications: named("subnet", `${name}-private-${i}`),
      }),
    );
    ids.push(sent(made.Subnet?.SubnetId, "subnet id"));
  }
  return { ids, zones: zones.slice(0, count) };
}

async function makeSecurityGroup(clients: AwsClients, vpcId: string, name: string): Promise<string> {
  const made = await clients.ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: `${name}-nodes`,
      Description: `Nodes of ${name}`,
      VpcId: vpcId,
      TagSpecifications: named("security-group", `${name}-nodes`),
    }),
  );
  const id = sent(made.GroupId, "security group id");
  await clients.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: id,
      IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: id }] }],
    }),
  );
  return id;
}

async function makeClusterRole(clients: AwsClients, name: string): Promise<string> {
  const trust = { Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" };
  const made = await clients.iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    }),
  );
  await clients.iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: CLUSTER_POLICY }));
  return sent(made.Role?.Arn, "role ARN");
}

/** Role names end at 64 characters, cluster names at 100. */
function roleName(clusterName: string): string {
  return `${clusterName.slice(0, 50)}-cluster-role`;
}

async function deleteCluster({ eks }: AwsClients, clusterName: string): Promise<void> {
  for await (const page of paginateListFargateProfiles({ client: eks }, { clusterName })) {
    for (const fargateProfileName of page.fargateProfileNames ?? []) {
      await eks.send(new DeleteFargateProfileCommand({ clusterName, fargateProfileName }));
    }
  }
  await eks.send(new DeleteClusterCommand({ name: clusterName }));
}

/** Makes the network and the cluster. Any number of them can stand side by side, told apart by the cluster's name. */
export async function makeNetwork(aws: LocalAws, clients: AwsClients, options: NetworkOptions): Promise<Network> {
  const { ec2, eks, iam } = clients;
  const name = options.clusterName;
  const vpc = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16", TagSpecifications: named("vpc", name) }));
  const vpcId = sent(vpc.Vpc?.VpcId, "VPC id");
  const subnets = await makeSubnets(clients, vpcId, name, options.subnets ?? 2);
  const securityGroupId = await makeSecurityGroup(clients, vpcId, name);
  const clusterRoleArn = await makeClusterRole(clients, roleName(name));
  const made = await eks.send(
    new CreateClusterCommand({
      name,
      version: options.kubernetesVersion ?? "1.33",
      roleArn: clusterRoleArn,
      resourcesVpcConfig: { subnetIds: subnets.ids, securityGroupIds: [securityGroupId] },
      accessConfig: { authenticationMode: options.authenticationMode ?? "API_AND_CONFIG_MAP" },
    }),
  );
  const oidcIssuer = sent(made.cluster?.identity?.oidc?.issuer, "OIDC issuer");
  const oidc = await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: oidcIssuer,
      ClientIDList: ["sts.amazonaws.com"],
      ThumbprintList: ["9".repeat(40)],
    }),
  );
  const oidcProviderArn = sent(oidc.OpenIDConnectProviderArn, "OIDC provider ARN");

  return {
    accountId: aws.accountId,
    region: aws.region,
    vpcId,
    subnetIds: subnets.ids,
    zones: subnets.zones,
    securityGroupIds: [securityGroupId],
    clusterName: name,
    clusterArn: sent(made.cluster?.arn, "cluster ARN"),
    clusterEndpoint: sent(made.cluster?.endpoint, "cluster endpoint"),
    clusterRoleArn,
    oidcIssuer,
    oidcProviderArn,
    destroy: async () => {
      await deleteCluster(clients, name);
      await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: oidcProviderArn }));
      await iam.send(new DetachRolePolicyCommand({ RoleName: roleName(name), PolicyArn: CLUSTER_POLICY }));
      await iam.send(new DeleteRoleCommand({ RoleName: roleName(name) }));
      await ec2.send(new DeleteSecurityGroupCommand({ GroupId: securityGroupId }));
      for (const SubnetId of subnets.ids) {
        await ec2.send(new DeleteSubnetCommand({ SubnetId }));
      }
      await ec2.send(new DeleteVpcCommand({ VpcId: vpcId }));
    },
  };
}
