/** The subnets of nodes and of Fargate: zones, free addresses, and the way out to AWS and to images. */
import type { RouteTable } from "@aws-sdk/client-ec2";
import { onAllPages } from "../../aws/answers";
import { check } from "../check";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { error, orOk, unknown, warning } from "../verdict";
import { eksCluster } from "./eks-cluster";
import { subnetsInUse } from "./subnets-in-use";

/** Where a subnet's route to everywhere leads. */
export type WayOut = "internet gateway" | "other" | "blackhole" | "none";

/** A subnet that nodes or Fargate use, or will. */
export interface SubnetFacts {
  readonly id: string;
  readonly zone: string;
  readonly freeAddresses: number;
  readonly wayOut: WayOut;
  /** Whether instances get a public address by themselves. */
  readonly givesPublicAddresses: boolean;
  readonly routeTable: string | undefined;
  readonly isForFargate: boolean;
}

/** A VPC endpoint. */
export interface EndpointFacts {
  /** `ecr.api`. */
  readonly service: string;
  readonly state: string;
  readonly isGateway: boolean;
  /** Whether the service's own name leads to it. */
  readonly hasPrivateName: boolean;
  readonly routeTables: readonly string[];
}

/** What a network is judged by. */
export interface NetworkFacts {
  /** Who named the subnets, in words. */
  readonly found: string;
  readonly subnets: readonly SubnetFacts[];
  readonly endpoints: readonly EndpointFacts[];
}

/** What one m5.large holds with all of its network interfaces full. */
const FEW_ADDRESSES = 30;

export function judgeSubnets({ found, subnets }: Pick<NetworkFacts, "found" | "subnets">): readonly Verdict[] {
  if (subnets.length === 0) {
    return [error(`${found} names no subnet that is there; name the subnets with --subnet-ids`)];
  }
  const zones = [...new Set(subnets.map(({ zone }) => zone))];
  const free = subnets.reduce((sum, { freeAddresses }) => sum + freeAddresses, 0);
  return orOk(
    [
      ...(zones.length < 2
        ? [
            warning(
              `all subnets (${found}) are in the zone ${zones.join()}: of two replicas of the controller one stays Pending on nodes, and an outage of the zone takes all; add subnets of another`,
            ),
          ]
        : []),
      ...subnets.flatMap(({ id, zone, freeAddresses }) =>
        freeAddresses === 0
          ? [error(`${id} in ${zone} has no free address: nothing starts there; add subnets`)]
          : freeAddresses < FEW_ADDRESSES
            ? [warning(`${id} in ${zone} has ${freeAddresses} free addresses, fewer than one m5.large may hold`)]
            : [],
      ),
    ],
    `${subnets.length} subnets (${found}) in ${zones.length} zones, with ${free} free addresses`,
  );
}

/**
 * What the controller and nodes call. There is no endpoint of IAM and of the price list, which is why `isolatedVPC` and an
 * instance profile of one's own are needed without a way out.
 */
const SERVICES = ["ec2", "ecr.api", "ecr.dkr", "eks", "s3", "sqs", "ssm", "sts"];

export function judgeWayOut({ subnets, endpoints }: NetworkFacts): readonly Verdict[] {
  if (subnets.length === 0) {
    return [unknown("there is no subnet whose way out could be looked at")];
  }
  return orOk(
    subnets.flatMap((subnet) => subnetProblems(subnet, endpoints)),
    subnets.every(({ wayOut }) => wayOut !== "none")
      ? "every subnet has a route out"
      : "every subnet has a route out, or VPC endpoints of all that is needed",
  );
}

function subnetProblems(subnet: SubnetFacts, endpoints: readonly EndpointFacts[]): readonly Verdict[] {
  const { id, wayOut, isForFargate, givesPublicAddresses } = subnet;
  switch (wayOut) {
    case "other":
      return [];
    case "blackhole":
      return [error(`the route out of ${id} leads to what is gone (blackhole); make its NAT gateway again`)];
    case "internet gateway":
      return [
        ...(isForFargate
          ? [error(`${id} is public, its route out leads to an internet gateway, and Fargate takes private ones only`)]
          : []),
        ...(givesPublicAddresses
          ? []
          : [
              warning(
                `${id} is public and gives instances no public address, without which its route leads nowhere; take a private subnet, or associatePublicIPAddress in the node class`,
              ),
            ]),
      ];
    case "none": {
      const missing = SERVICES.filter((service) => !endpoints.some((endpoint) => serves(endpoint, service, subnet)));
      return missing.length === 0
        ? []
        : [
            error(
              `${id} has no route out, and its VPC no working endpoint of ${missing.join(", ")}; route it to a NAT gateway, or make these endpoints`,
            ),
          ];
    }
  }
}

/** Whether an endpoint takes the calls of a service from a subnet. */
export function serves(endpoint: EndpointFacts, service: string, { routeTable }: SubnetFacts): boolean {
  return (
    endpoint.service === service &&
    endpoint.state.toLowerCase() === "available" &&
    (endpoint.isGateway
      ? routeTable !== undefined && endpoint.routeTables.includes(routeTable)
      : endpoint.hasPrivateName)
  );
}

/** Where the route to everywhere leads, of the table that holds for a subnet. */
export function wayOutOf(table: Pick<RouteTable, "Routes"> | undefined): WayOut {
  const route = table?.Routes?.find(
    ({ DestinationCidrBlock, DestinationIpv6CidrBlock }) =>
      DestinationCidrBlock === "0.0.0.0/0" || DestinationIpv6CidrBlock === "::/0",
  );
  if (route === undefined) {
    return "none";
  }
  if (route.State === "blackhole") {
    return "blackhole";
  }
  return route.GatewayId?.startsWith("igw-") ? "internet gateway" : "other";
}

/** The route table of a subnet: its own, or the main one of the VPC. */
export function routeTableOf(subnetId: string, tables: readonly RouteTable[]): RouteTable | undefined {
  return (
    tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnetId)) ??
    tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main === true))
  );
}

/** What is there of a cluster's network. */
export async function gatherNetwork(sources: Sources): Promise<NetworkFacts> {
  const { ec2 } = sources.aws;
  const { vpcId } = await sources.ask(eksCluster);
  const { found, ids, forFargate } = await sources.ask(subnetsInUse);
  const ofVpc = [{ Name: "vpc-id", Values: [vpcId] }];
  const [subnets, tables, endpoints] = await Promise.all([
    onAllPages(
      (NextToken) => ec2.describeSubnets({ Filters: ofVpc, NextToken }),
      (page) => page.Subnets,
      (page) => page.NextToken,
    ),
    onAllPages(
      (NextToken) => ec2.describeRouteTables({ Filters: ofVpc, NextToken }),
      (page) => page.RouteTables,
      (page) => page.NextToken,
    ),
    onAllPages(
      (NextToken) => ec2.describeVpcEndpoints({ Filters: ofVpc, NextToken }),
      (page) => page.VpcEndpoints,
      (page) => page.NextToken,
    ),
  ]);
  return {
    found,
    subnets: subnets
      .filter(({ SubnetId = "" }) => ids.includes(SubnetId))
      .map(({ SubnetId = "", AvailabilityZone = "", AvailableIpAddressCount = 0, MapPublicIpOnLaunch = false }) => {
        const table = routeTableOf(SubnetId, tables);
        return {
          id: SubnetId,
          zone: AvailabilityZone,
          freeAddresses: AvailableIpAddressCount,
          givesPublicAddresses: MapPublicIpOnLaunch,
          wayOut: wayOutOf(table),
          routeTable: table?.RouteTableId,
          isForFargate: forFargate.includes(SubnetId),
        };
      }),
    endpoints: endpoints.map((endpoint) => ({
      service: (endpoint.ServiceName ?? "").replace(/^(cn\.)?com\.amazonaws\.[^.]+\./, ""),
      state: endpoint.State ?? "",
      isGateway: endpoint.VpcEndpointType === "Gateway",
      hasPrivateName: endpoint.PrivateDnsEnabled === true,
      routeTables: endpoint.RouteTableIds ?? [],
    })),
  };
}

export const NETWORK_CHECKS = [
  check("subnets", gatherNetwork, judgeSubnets),
  check("way-out", gatherNetwork, judgeWayOut),
];
