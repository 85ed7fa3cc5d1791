import type { FargateLogFacts } from "../../../../cli/doctor/aws/fargate-logs";
import { judgeFargateLogs } from "../../../../cli/doctor/aws/fargate-logs";

const SUBNET = {
  id: "subnet-a",
  zone: "eu-north-1a",
  freeAddresses: 100,
  wayOut: "none",
  givesPublicAddresses: false,
  routeTable: "rtb-a",
  isForFargate: true,
} as const;
const ENDPOINT = { service: "logs", state: "available", isGateway: false, hasPrivateName: true, routeTables: [] };
const FACTS: FargateLogFacts = { isOn: true, found: "of the cluster", subnets: [SUBNET], endpoints: [] };

describe("logs of pods on Fargate", () => {
  test.each<[string, Partial<FargateLogFacts>, readonly string[]]>([
    ["are lost without a way to CloudWatch Logs", {}, ["error"]],
    ["arrive by an endpoint", { endpoints: [ENDPOINT] }, ["ok"]],
    ["are lost where its name leads elsewhere", { endpoints: [{ ...ENDPOINT, hasPrivateName: false }] }, ["error"]],
    ["arrive by a route", { subnets: [{ ...SUBNET, wayOut: "other" }] }, ["ok"]],
    ["are none of subnets of nodes", { subnets: [{ ...SUBNET, isForFargate: false }] }, ["ok"]],
    ["are not asked about where they are off", { isOn: false }, []],
  ])("%s", (_, facts, states) => {
    expect(judgeFargateLogs({ ...FACTS, ...facts }).map(({ state }) => state)).toEqual(states);
  });
});
