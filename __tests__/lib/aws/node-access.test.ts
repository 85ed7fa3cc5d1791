import { TerraformOutput } from "cdktf";
import type { NodeAccessProps } from "../../../lib/aws/node-access";
import { NodeAccess } from "../../../lib/aws/node-access";
import { evaluateAll } from "../../support/hcl";
import { ROLE_ARN, TAGS } from "../../support/fixtures";
import { problemsOf, synth } from "../../support/stack";
import { variable, variableFlag } from "../../support/tokens";

const PROPS: NodeAccessProps = { clusterName: "demo", nodeRoleArn: ROLE_ARN };
const LINUX = ["system:bootstrappers", "system:nodes"];
const WINDOWS = [...LINUX, "eks:kube-proxy-windows"];

const access = (props: Partial<NodeAccessProps> = {}) =>
  synth((stack) => {
    const made = new NodeAccess(stack, "access", { ...PROPS, ...props });
    new TerraformOutput(stack, "mapping", { value: made.awsAuthRole });
    new TerraformOutput(stack, "entry", { value: made.accessEntryArn });
    new TerraformOutput(stack, "entries", { value: made.entries.map(({ friendlyUniqueId }) => friendlyUniqueId) });
  });

describe("NodeAccess", () => {
  test("is one access entry for Linux nodes", () => {
    const synthesized = access();
    expect(synthesized.addresses).toEqual(["aws_eks_access_entry.access"]);
    expect(synthesized.resource("aws_eks_access_entry", "access")).toEqual({
      cluster_name: "demo",
      principal_arn: ROLE_ARN,
      type: "EC2_LINUX",
    });
    expect(synthesized.output("entry")).toBe("${aws_eks_access_entry.access.access_entry_arn}");
  });

  test("takes tags and the type for Windows nodes", () => {
    const synthesized = access({ accessEntryType: "EC2_WINDOWS", tags: TAGS });
    expect(synthesized.resource("aws_eks_access_entry", "access")).toMatchObject({ type: "EC2_WINDOWS", tags: TAGS });
  });

  test("replaces the entry when the role is made anew under the same name", () => {
    const synthesized = access({ nodeRoleUniqueId: variable("id") });
    expect(synthesized.resource("terraform_data", "access_role_identity")).toEqual({
      input: { unique_id: "${var.id}" },
    });
    expect(synthesized.resource("aws_eks_access_entry", "access").lifecycle).toEqual({
      replace_triggered_by: ["terraform_data.access_role_identity"],
    });
  });

  test("makes nothing when no entry is wanted, but knows the mapping", () => {
    const synthesized = access({ createAccessEntry: false, nodeRoleUniqueId: variable("id") });
    expect(synthesized.addresses).toEqual([]);
    expect(synthesized.output("entry")).toBe("${null}");
    expect(synthesized.output("entries")).toEqual([]);
    expect(synthesized.output("mapping")).toEqual({
      rolearn: ROLE_ARN,
      username: "system:node:{{EC2PrivateDNSName}}",
      groups: LINUX,
    });
  });

  test("makes the entry by a count where Terraform decides", () => {
    const synthesized = access({ createAccessEntry: variableFlag("create") });
    expect(synthesized.resource("aws_eks_access_entry", "access").count).toBe("${var.create ? 1 : 0}");
    expect(synthesized.output("entry")).toBe("${one(aws_eks_access_entry.access[*].access_entry_arn)}");
    expect(synthesized.output("entries")).toEqual(["access"]);
  });

  test("maps a role without its path, for that authenticator knows no paths", () => {
    const arn = ROLE_ARN.replace("role/", "role/platform/karpenter/");
    expect(access({ nodeRoleArn: arn }).output("mapping")).toMatchObject({ rolearn: ROLE_ARN });
    const late = access({ nodeRoleArn: variable("arn") }).output("mapping");
    expect(evaluateAll(late, { var: { arn } })).toMatchObject({ rolearn: ROLE_ARN });
  });

  test("maps Windows nodes to the group of their kube-proxy too", () => {
    expect(access({ accessEntryType: "EC2_WINDOWS" }).output("mapping")).toMatchObject({ groups: WINDOWS });
  });

  test.each([
    ["EC2_LINUX", LINUX],
    ["EC2_WINDOWS", WINDOWS],
  ])("maps %s to its groups where only Terraform knows the type", (type, groups) => {
    const late = access({ accessEntryType: variable("type") as "EC2_LINUX" }).output("mapping");
    expect(evaluateAll(late, { var: { type } })).toMatchObject({ groups });
  });

  test("refuses a type of access entry that is not for nodes", () => {
    expect(
      problemsOf((stack) => new NodeAccess(stack, "access", { ...PROPS, accessEntryType: "STANDARD" as "EC2_LINUX" })),
    ).toEqual([
      '"accessEntryType" is "STANDARD", but must be one of "EC2_LINUX", "EC2_WINDOWS"; ' +
        "a role is either for Linux or for Windows nodes: make a second role for the other",
    ]);
  });
});
