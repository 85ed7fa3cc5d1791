/** What a user has or makes in an account beside Karpenter. */
import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
} from "@aws-sdk/client-ec2";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand } from "@aws-sdk/client-iam";

import type { InterruptionEventRule } from "../../lib/versions";
import type { AwsClients } from "../cloud/aws-clients";
import type { Network } from "../cloud/network";

/** Makes a role, and returns its ARN. */
export async function makeRole({ iam }: AwsClients, RoleName: string, trust: object): Promise<string> {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...trust }] };
  const made = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(document) }));
  return made.Role?.Arn as string;
}

/** Routes the subnets of a network out by a NAT gateway. */
export async function routeOut({ ec2 }: AwsClients, { vpcId, subnetIds }: Network): Promise<void> {
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({}));
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId: subnetIds[0], AllocationId }));
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }));
  const RouteTableId = RouteTable?.RouteTableId;
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId,
      DestinationCidrBlock: "0.0.0.0/0",
      NatGatewayId: NatGateway?.NatGatewayId,
    }),
  );
  for (const SubnetId of subnetIds) {
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  }
}

/** Makes rules of these events, which send to a queue. */
export async function sendEvents(
  { eventBridge }: AwsClients,
  rules: readonly InterruptionEventRule[],
  Arn: string,
): Promise<void> {
  for (const { id: Name, eventPattern } of rules) {
    await eventBridge.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(eventPattern) }));
    await eventBridge.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "queue", Arn }] }));
  }
}
