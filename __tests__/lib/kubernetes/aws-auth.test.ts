import type { AwsAuthProps } from "../../../lib/kubernetes/aws-auth";
import { AwsAuth } from "../../../lib/kubernetes/aws-auth";
import { evaluate } from "../../support/hcl";
import { jsonencode } from "../../support/hcl-functions";
import { ROLE_ARN } from "../../support/fixtures";
import { synth } from "../../support/stack";
import { variableFlag } from "../../support/tokens";
import { decodeValues } from "./on-cluster";

const NODES = {
  rolearn: ROLE_ARN,
  username: "system:node:{{EC2PrivateDNSName}}",
  groups: ["system:bootstrappers", "system:nodes"],
};
const METADATA = { name: "aws-auth", namespace: "kube-system" };

const awsAuth = (props: Partial<AwsAuthProps> = {}) =>
  synth((stack) => new AwsAuth(stack, "aws-auth", { mapRoles: [NODES], awsAuthChart: "./chart", ...props }));

/** What the release says it replaces, when the ConfigMap holds these mappings. */
function replaced(mapRoles: string, annotations: Readonly<Record<string, string>> | null = null): unknown {
  const [values] = awsAuth().resource("helm_release", "aws_auth").values as string[];
  const scope = {
    local: { aws_auth_wanted: [NODES], aws_auth_live_map_roles: mapRoles },
    data: { kubernetes_config_map_v1: { aws_auth_live: { metadata: [{ annotations, resource_version: "42" }] } } },
  };
  return decodeValues(values.replaceAll("yamlencode(", "jsonencode("), scope);
}

describe("AwsAuth", () => {
  test("reads the ConfigMap and writes its role mappings over it, in a release", () => {
    const synthesized = awsAuth();
    expect(synthesized.addresses).toEqual(["data.kubernetes_config_map_v1.aws_auth_live", "helm_release.aws_auth"]);
    expect(synthesized.data("kubernetes_config_map_v1", "aws_auth_live")).toEqual({ metadata: METADATA });
    const { values, ...release } = synthesized.resource("helm_release", "aws_auth");
    expect(values).toHaveLength(1);
    expect(release).toEqual({
      name: "karpenter-aws-auth",
      namespace: "kube-system",
      chart: "./chart",
      take_ownership: true,
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

  test("says which version of the ConfigMap it replaces, and keeps saying so until the mappings change again", () => {
    const mapRoles = jsonencode([NODES]);
    expect(replaced("[]")).toEqual({ mapRoles, replaced: "42" });
    expect(replaced(mapRoles, { "cdktf-karpenter/replaced": "17" })).toEqual({ mapRoles, replaced: "17" });
    expect(replaced(mapRoles)).toEqual({ mapRoles, replaced: "" });
    expect(replaced("[]", { "cdktf-karpenter/replaced": "17" })).toEqual({ mapRoles, replaced: "42" });
  });

  test("keeps every word of a mapping", () => {
    expect(awsAuth().local("aws_auth_wanted")).toEqual([NODES]);
  });

  test("takes mappings that only Terraform knows", () => {
    expect(awsAuth({ mapRoles: variableFlag("roles") }).local("aws_auth_wanted")).toBe("${var.roles}");
  });

  test("compares with what is there, also where nothing is", () => {
    expect(awsAuth().local("aws_auth_live_map_roles")).toBe(
      '${coalesce(lookup(coalesce(data.kubernetes_config_map_v1.aws_auth_live.data, {}), "mapRoles", "[]"), "[]")}',
    );
    expect(awsAuth().local("aws_auth_others")).toBe(
      "${[for role in yamldecode(local.aws_auth_live_map_roles) : " +
        "role.rolearn if !contains(local.aws_auth_wanted[*].rolearn, role.rolearn)]}",
    );
  });

  test.each([
    ["refuses to drop a mapping", false, [ROLE_ARN], false],
    ["accepts a ConfigMap without others", false, [], true],
    ["drops a mapping when it is told to", true, [ROLE_ARN], true],
  ])("%s", (_, drop, others, accepted) => {
    const block = awsAuth({ dropOtherMappings: variableFlag("drop") }).resource("helm_release", "aws_auth") as {
      lifecycle: { precondition: { condition: string }[] };
    };
    const [{ condition }] = block.lifecycle.precondition;
    expect(evaluate(condition, { var: { drop }, local: { aws_auth_others: others } })).toBe(accepted);
  });
});
