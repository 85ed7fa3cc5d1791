import { AwsAuth, AwsAuthProps } from "../../../lib/kubernetes/aws-auth";
import { evaluate } from "../../support/hcl";
import { ROLE_ARN } from "../../support/fixtures";
import { synth } from "../../support/stack";
import { variableFlag } from "../../support/tokens";

const NODES = {
  rolearn: ROLE_ARN,
  username: "system:node:{{EC2PrivateDNSName}}",
  groups: ["system:bootstrappers", "system:nodes"],
};
const METADATA = { name: "aws-auth", namespace: "kube-system" };

const awsAuth = (props: Partial<AwsAuthProps> = {}) =>
  synth((stack) => new AwsAuth(stack, "aws-auth", { mapRoles: [NODES], ...props }));

describe("AwsAuth", () => {
  test("reads the ConfigMap and writes its role mappings over it", () => {
    const synthesized = awsAuth();
    expect(synthesized.addresses).toEqual([
      "data.kubernetes_config_map_v1.aws_auth_live",
      "kubernetes_config_map_v1_data.aws_auth",
    ]);
    expect(synthesized.data("kubernetes_config_map_v1", "aws_auth_live")).toEqual({ metadata: METADATA });
    expect(synthesized.resource("kubernetes_config_map_v1_data", "aws_auth")).toEqual({
      metadata: METADATA,
      data: { mapRoles: "${yamlencode(local.aws_auth_wanted)}" },
      force: true,
      field_manager: "cdktf-karpenter",
      lifecycle: {
        precondition: [
          {
            condition: "${false || length(local.aws_auth_others) == 0}",
            error_message:
              'the aws-auth ConfigMap maps roles that "map_roles" does not name: ${join(", ", local.aws_auth_others)}; ' +
              'add them to "map_roles", or set "drop_other_mappings" to true to lose them',
          },
        ],
      },
    });
  });

  test("keeps every word of a mapping", () => {
    expect(awsAuth().local("aws_auth_wanted")).toEqual([NODES]);
  });

  test("takes mappings that only Terraform knows", () => {
    expect(awsAuth({ mapRoles: variableFlag("roles") }).local("aws_auth_wanted")).toBe("${var.roles}");
  });

  test("compares with what is there, also where nothing is", () => {
    expect(awsAuth().local("aws_auth_others")).toBe(
      '${[for role in yamldecode(coalesce(lookup(coalesce(data.kubernetes_config_map_v1.aws_auth_live.data, {}), "mapRoles", "[]"), "[]")) : ' +
        "role.rolearn if !contains(local.aws_auth_wanted[*].rolearn, role.rolearn)]}",
    );
  });

  test.each([
    ["refuses to drop a mapping", false, [ROLE_ARN], false],
    ["accepts a ConfigMap without others", false, [], true],
    ["drops a mapping when it is told to", true, [ROLE_ARN], true],
  ])("%s", (_, drop, others, accepted) => {
    const block = awsAuth({ dropOtherMappings: variableFlag("drop") }).resource(
      "kubernetes_config_map_v1_data",
      "aws_auth",
    ) as { lifecycle: { precondition: { condition: string }[] } };
    const [{ condition }] = block.lifecycle.precondition;
    expect(evaluate(condition, { var: { drop }, local: { aws_auth_others: others } })).toBe(accepted);
  });
});
