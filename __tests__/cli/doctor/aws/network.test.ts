import type { EndpointFacts, SubnetFacts } from "../../../../cli/doctor/aws/network";
import { judgeSubnets, judgeWayOut, routeTableOf, wayOutOf } from "../../../../cli/doctor/aws/network";

const subnet = (facts: Partial<SubnetFacts> = {}): SubnetFacts => ({
  id: "subnet-a",
  zone: "eu-north-1a",
  freeAddresses: 4000,
  wayOut: "other",
  givesPublicAddresses: false,
  routeTable: "rtb-1",
  isForFargate: true,
  ...facts,
});
const SECOND = subnet({ id: "subnet-b", zone: "eu-north-1b" });

const endpoint = (service: string, facts: Partial<EndpointFacts> = {}): EndpointFacts => ({
  service,
  state: "available",
  isGateway: false,
  hasPrivateName: true,
  routeTables: [],
  ...facts,
});
const INTERFACES = ["ec2", "ecr.api", "ecr.dkr", "eks", "sqs", "ssm", "sts"].map((service) => endpoint(service));
const S3 = endpoint("s3", { isGateway: true, hasPrivateName: false, routeTables: ["rtb-1"] });

describe("subnets", () => {
  test.each<[string, SubnetFacts[], string, RegExp]>([
    ["in two zones with room", [subnet(), SECOND], "ok", /^2 subnets \(here\) in 2 zones, with 8000 free addresses$/],
    ["that are not there", [], "error", /here names no subnet/],
    ["in one zone", [subnet(), subnet({ id: "subnet-c" })], "warning", /are in the zone eu-north-1a/],
    ["without an address", [subnet({ freeAddresses: 0 }), SECOND], "error", /^subnet-a .* no free address/],
    ["with few addresses", [subnet({ freeAddresses: 29 }), SECOND], "warning", /has 29 free addresses/],
    ["with just enough", [subnet({ freeAddresses: 30 }), SECOND], "ok", /2 subnets/],
  ])("%s are: %s", (_, subnets, state, text) => {
    expect(judgeSubnets({ found: "here", subnets })).toEqual([{ state, text: expect.stringMatching(text) as string }]);
  });
});

describe("the way out", () => {
  const judged = (facts: Partial<SubnetFacts>, endpoints: EndpointFacts[] = []) =>
    judgeWayOut({ found: "here", subnets: [subnet(facts)], endpoints });

  test.each<[string, Partial<SubnetFacts>, EndpointFacts[], string, RegExp]>([
    ["by a NAT gateway", {}, [], "ok", /has a route out$/],
    ["that is gone", { wayOut: "blackhole" }, [], "error", /blackhole/],
    ["by endpoints of all", { wayOut: "none" }, [...INTERFACES, S3], "ok", /or VPC endpoints/],
    ["by nothing", { wayOut: "none" }, [], "error", /endpoint of ec2, ecr\.api, ecr\.dkr, eks, s3, sqs, ssm, sts;/],
    ["by endpoints but one", { wayOut: "none" }, [...INTERFACES.slice(1), S3], "error", /endpoint of ec2;/],
    [
      "by an endpoint without the service's name",
      { wayOut: "none" },
      [...INTERFACES.slice(1), S3, endpoint("ec2", { hasPrivateName: false })],
      "error",
      /of ec2;/,
    ],
    [
      "by an endpoint that is being made",
      { wayOut: "none" },
      [...INTERFACES.slice(1), S3, endpoint("ec2", { state: "pending" })],
      "error",
      /of ec2;/,
    ],
    ["by a gateway of other routes", { wayOut: "none", routeTable: "rtb-2" }, [...INTERFACES, S3], "error", /of s3;/],
    [
      "of a public subnet, for nodes",
      { wayOut: "internet gateway", isForFargate: false, givesPublicAddresses: true },
      [],
      "ok",
      /has a route out/,
    ],
    [
      "of a public subnet without addresses",
      { wayOut: "internet gateway", isForFargate: false },
      [],
      "warning",
      /no public address/,
    ],
    [
      "of a public subnet, for Fargate",
      { wayOut: "internet gateway", givesPublicAddresses: true },
      [],
      "error",
      /Fargate takes private ones only/,
    ],
  ])("%s is: %s", (_, facts, endpoints, state, text) => {
    expect(judged(facts, endpoints)).toEqual([{ state, text: expect.stringMatching(text) as string }]);
  });

  it("is not fine where there is no subnet", () => {
    expect(judgeWayOut({ found: "here", subnets: [], endpoints: [] })).toMatchObject([{ state: "unknown" }]);
  });

  it("is the one of the subnet's own route table, or else of the main one", () => {
    const main = { RouteTableId: "rtb-main", Associations: [{ Main: true }] };
    const own = { RouteTableId: "rtb-own", Associations: [{ SubnetId: "subnet-a" }] };
    expect(routeTableOf("subnet-a", [main, own])).toBe(own);
    expect(routeTableOf("subnet-b", [main, own])).toBe(main);
  });

  test.each([
    [{ GatewayId: "local", DestinationCidrBlock: "10.0.0.0/16" }, "none"],
    [{ GatewayId: "igw-1", DestinationCidrBlock: "0.0.0.0/0", State: "active" as const }, "internet gateway"],
    [{ NatGatewayId: "nat-1", DestinationCidrBlock: "0.0.0.0/0", State: "active" as const }, "other"],
    [{ NatGatewayId: "nat-1", DestinationCidrBlock: "0.0.0.0/0", State: "blackhole" as const }, "blackhole"],
  ])("of the route %j is: %s", (route, wayOut) => {
    expect(wayOutOf({ Routes: [route] })).toBe(wayOut);
  });
});
