import type { DiscoveryTagsProps } from "../../../lib/aws/discovery-tags";
import { DISCOVERY_TAG, DiscoveryTags } from "../../../lib/aws/discovery-tags";
import { problemsOf, synth } from "../../support/stack";
import { variable, variableMap } from "../../support/tokens";

const tags = (props: Partial<DiscoveryTagsProps>) =>
  synth((stack) => new DiscoveryTags(stack, "discovery", { clusterName: "demo", ...props }));
const problems = (props: Partial<DiscoveryTagsProps>) =>
  problemsOf((stack) => new DiscoveryTags(stack, "discovery", { clusterName: "demo", ...props }));

describe("DiscoveryTags", () => {
  test.each<Partial<DiscoveryTagsProps>>([{}, { discoverySubnetIds: {}, discoverySecurityGroupIds: {} }])(
    "tags nothing for %j",
    (props) => {
      expect(tags(props).addresses).toEqual([]);
    },
  );

  test("tags subnets under keys that are known at plan, though their ids are not", () => {
    const synthesized = tags({ discoverySubnetIds: { "private/a": variable("a"), "private.b": "subnet-2" } });
    expect(synthesized.addresses).toEqual(["aws_ec2_tag.discovery_subnet"]);
    expect(synthesized.resource("aws_ec2_tag", "discovery_subnet")).toEqual({
      for_each: { "private/a": "${var.a}", "private.b": "subnet-2" },
      resource_id: "${each.value}",
      key: "karpenter.sh/discovery",
      value: "demo",
    });
  });

  test("tags security groups apart from subnets", () => {
    const synthesized = tags({ discoverySubnetIds: { a: "subnet-1" }, discoverySecurityGroupIds: { nodes: "sg-1" } });
    expect(synthesized.addresses).toEqual(["aws_ec2_tag.discovery_security_group", "aws_ec2_tag.discovery_subnet"]);
    expect(synthesized.resource("aws_ec2_tag", "discovery_security_group").for_each).toEqual({ nodes: "sg-1" });
  });

  test("takes maps that only Terraform knows", () => {
    const synthesized = tags({ discoverySubnetIds: variableMap("subnets") });
    expect(synthesized.resource("aws_ec2_tag", "discovery_subnet").for_each).toBe("${var.subnets}");
    expect(problems({ discoverySubnetIds: variableMap("subnets") })).toEqual([]);
  });

  test("uses the tag that Karpenter's documentation uses", () => {
    expect(DISCOVERY_TAG).toBe("karpenter.sh/discovery");
  });

  test("refuses ids of the wrong kind", () => {
    expect(problems({ discoverySubnetIds: { a: "sg-1" }, discoverySecurityGroupIds: { b: "subnet-1" } })).toEqual([
      '"discoverySubnetIds.a" is "sg-1", but must be a subnet id, subnet-…; give the subnet\'s id, not its name',
      '"discoverySecurityGroupIds.b" is "subnet-1", but must be a security group id, sg-…; give the security group\'s id, ' +
        "not its name",
    ]);
  });
});
