import type { Construct } from "constructs";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Toggle } from "../terraform/expression";
import type { IpFamily } from "./common-props";
import { both, equals, not, OptionalResource } from "../terraform/optional-resource";

/** Whether a role gets what the VPC CNI needs, and in which form: AWS manages a policy for IPv4 only. */
export function cniPolicies(wanted: Toggle = true, family: IpFamily = "ipv4"): Record<IpFamily, Toggle> {
  const isIpv4 = equals(family, "ipv4");
  return { ipv4: both(wanted, isIpv4), ipv6: both(wanted, not(isIpv4)) };
}

/**
 * Lets the VPC CNI give pods IPv6 addresses, by an inline policy with the statements that AWS publishes for it.
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md
 *
 * @param roleId as in `attachPolicy`
 */
export function putCniIpv6Policy(
  scope: Construct,
  roleId: string,
  partition: string,
  condition: Toggle,
): IamRolePolicy[] {
  const document = new OptionalResource(
    condition,
    (count) =>
      new DataAwsIamPolicyDocument(scope, "cni-ipv6-document", {
        count,
        statement: [
          {
            sid: "GivePodsIpv6Addresses",
            effect: "Allow",
            actions: [
              "ec2:AssignIpv6Addresses",
              "ec2:DescribeInstanceTypes",
              "ec2:DescribeInstances",
              "ec2:DescribeNetworkInterfaces",
              "ec2:DescribeTags",
            ],
            resources: ["*"],
          },
          {
            sid: "TagNetworkInterfaces",
            effect: "Allow",
            actions: ["ec2:CreateTags"],
            resources: [`arn:${partition}:ec2:*:*:network-interface/*`],
          },
        ],
      }),
  );
  return new OptionalResource(
    condition,
    (count) =>
      new IamRolePolicy(scope, "cni-ipv6", {
        count,
        name: "cni-ipv6",
        role: roleId,
        policy: document.attribute("json"),
      }),
  ).dependables;
}
