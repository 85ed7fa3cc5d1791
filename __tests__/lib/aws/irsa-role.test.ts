import type { IrsaRoleProps } from "../../../lib/aws/irsa-role";
import { IrsaRole } from "../../../lib/aws/irsa-role";
import {
  DUAL_STACK_ISSUER,
  DUAL_STACK_PROVIDER_ARN,
  ISSUER,
  POLICY_ARN,
  PROVIDER_ARN,
  TAGS,
} from "../../support/fixtures";
import { policyDocument, renderedSize } from "../../support/policy";
import { problemsOf, synth, synthError } from "../../support/stack";
import { variable } from "../../support/tokens";

const PROPS: IrsaRoleProps = {
  oidcProviderArn: PROVIDER_ARN,
  roleName: "app",
  serviceAccounts: [{ namespace: "team", name: "app" }],
};

const role = (props: Partial<IrsaRoleProps> = {}) =>
  synth((stack) => new IrsaRole(stack, "app", { ...PROPS, ...props }));
const problems = (props: Partial<IrsaRoleProps>) =>
  problemsOf((stack) => new IrsaRole(stack, "app", { ...PROPS, ...props }));

/** The trust policy of a provider and the subjects that may assume the role. */
function trust(provider: string, issuer: string, subjects: string | string[]) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AssumeRoleWithServiceAccount",
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: provider },
        Condition: { StringEquals: { [`${issuer}:sub`]: subjects, [`${issuer}:aud`]: "sts.amazonaws.com" } },
      },
    ],
  };
}

describe("IrsaRole", () => {
  test("is a role with its trust policy and nothing else", () => {
    const synthesized = role();
    expect(synthesized.addresses).toEqual(["aws_iam_role.app", "data.aws_iam_policy_document.app_trust"]);
    expect(synthesized.resource("aws_iam_role", "app")).toEqual({
      name: "app",
      path: "/",
      assume_role_policy: "${data.aws_iam_policy_document.app_trust.json}",
    });
  });

  test.each([
    ["IPv4", PROVIDER_ARN, ISSUER],
    ["dual-stack", DUAL_STACK_PROVIDER_ARN, DUAL_STACK_ISSUER],
  ])("trusts exactly one service account through an %s issuer", (_, oidcProviderArn, issuer) => {
    expect(policyDocument(role({ oidcProviderArn }), "app_trust")).toEqual(
      trust(oidcProviderArn, issuer, "system:serviceaccount:team:app"),
    );
  });

  test("trusts several service accounts", () => {
    const serviceAccounts = [
      { namespace: "team", name: "app" },
      { namespace: "other", name: "app.v2" },
    ];
    expect(policyDocument(role({ serviceAccounts }), "app_trust")).toEqual(
      trust(PROVIDER_ARN, ISSUER, ["system:serviceaccount:team:app", "system:serviceaccount:other:app.v2"]),
    );
  });

  test("finds the issuer in a provider's ARN that only Terraform knows", () => {
    const synthesized = role({ oidcProviderArn: variable("provider") });
    expect(policyDocument(synthesized, "app_trust", { var: { provider: DUAL_STACK_PROVIDER_ARN } })).toEqual(
      trust(DUAL_STACK_PROVIDER_ARN, DUAL_STACK_ISSUER, "system:serviceaccount:team:app"),
    );
  });

  test("takes description, path, boundary and tags", () => {
    const synthesized = role({
      description: "An app",
      iamPath: "/team/",
      permissionsBoundaryArn: POLICY_ARN,
      tags: TAGS,
    });
    expect(synthesized.resource("aws_iam_role", "app")).toMatchObject({
      description: "An app",
      path: "/team/",
      permissions_boundary: POLICY_ARN,
      tags: TAGS,
    });
  });

  test("attaches policies by the names that they are given", () => {
    const synthesized = role({ policies: { "read.s3": POLICY_ARN } });
    expect(synthesized.resource("aws_iam_role_policy_attachment", "app_additional")).toEqual({
      for_each: { "read.s3": POLICY_ARN },
      role: "${aws_iam_role.app.id}",
      policy_arn: "${each.value}",
    });
  });

  test("is refused nothing when all is right", () => {
    expect(problems({})).toEqual([]);
  });

  test.each(["*", "karp*", "a?"])('refuses the wildcard "%s" as a namespace', (namespace) => {
    expect(problems({ serviceAccounts: [{ namespace, name: "app" }] })).toEqual([
      `"serviceAccounts[0].namespace" is "${namespace}", but must be a Kubernetes namespace: 1 to 63 lower-case ` +
        "letters, digits and hyphens, without wildcards; name one namespace exactly: whoever matches it may assume the role",
    ]);
  });

  test("refuses a wildcard in the name of the second service account, and says which", () => {
    const serviceAccounts = [PROPS.serviceAccounts[0], { namespace: "team", name: "*" }];
    expect(problems({ serviceAccounts })).toEqual([
      '"serviceAccounts[1].name" is "*", but must be a Kubernetes service account name: 1 to 253 lower-case letters, ' +
        "digits, hyphens and dots, without wildcards; name one service account exactly: whoever matches it may assume the role",
    ]);
  });

  test("refuses more service accounts than a trust policy has room for, and takes them up to that", () => {
    const accounts = (last: number) => [
      ...Array.from({ length: 17 }, (_, i) => ({ namespace: "team", name: `app-${i + 10}`.padEnd(50, "x") })),
      { namespace: "team", name: "a".repeat(last) },
    ];
    const size = (last: number) => renderedSize(policyDocument(role({ serviceAccounts: accounts(last) }), "app_trust"));
    const rest = 2_048 - size(1) + 1;
    expect(size(rest)).toBe(2_048);
    expect(problems({ serviceAccounts: accounts(rest) })).toEqual([]);
    expect(problems({ serviceAccounts: accounts(rest + 1) })).toEqual([
      '"serviceAccounts" makes the trust policy 2049 characters long, but must leave it within the 2048 that IAM takes; make ' +
        "another role for some of them",
    ]);
  });

  test("refuses a permissions boundary and policies of another account than the OIDC provider's", () => {
    const strange = "arn:aws:iam::444455556666:policy/p";
    expect(problems({ permissionsBoundaryArn: strange, policies: { a: strange } })).toEqual([
      `"permissionsBoundaryArn" is "${strange}", but must be of account "111122223333", that of the cluster; give one of the cluster's account`,
      `"policies" has "${strange}", but must be of account "111122223333", that of the cluster; give one of the cluster's account`,
    ]);
  });

  test("refuses to be a role for nobody", () => {
    expect(problems({ serviceAccounts: [] })).toEqual([
      '"serviceAccounts" has 0 items, but must have at least 1; correct how many there are',
    ]);
  });

  test("fails with every problem at once", () => {
    const message = synthError(
      (stack) =>
        new IrsaRole(stack, "app", { oidcProviderArn: ISSUER, roleName: "a/b", serviceAccounts: [], iamPath: "x" }),
    );
    for (const problem of ['oidcProviderArn" is', 'roleName" is', 'serviceAccounts" has', 'iamPath" is']) {
      expect(message).toContain(`[test/app] "${problem} `);
    }
  });
});
