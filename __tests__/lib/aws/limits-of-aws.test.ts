/** Whatever a cluster is called and wherever it is, AWS takes every name and every policy that is made for it. */
import fc from "fast-check";
import { ControllerPolicy } from "../../../lib/aws/controller-policy";
import { IrsaRole } from "../../../lib/aws/irsa-role";
import { POLICY_LIMITS } from "../../../lib/aws/policy-size";
import type { ReadableStack } from "../../../lib/terraform/readable-stack";
import { madeByConstructs, madeByModules } from "../../support/aws-side";
import type { ClusterCase } from "../../support/cluster-cases";
import { clusterCase, PARTITIONS } from "../../support/cluster-cases";
import { ACCOUNT, PLACE, PROVIDER_ARN } from "../../support/fixtures";
import type { MadeOnAws } from "../../support/made-on-aws";
import { madeOnAws } from "../../support/made-on-aws";
import type { Policy } from "../../support/policy";
import { renderedSize } from "../../support/policy";
import { problemsOf, synth } from "../../support/stack";

/** A name of so many characters, of all kinds that EKS takes; two of different lengths begin alike. */
const nameOfLength = (length: number): string => "Cluster-0123456789_".repeat(6).slice(0, length);

/** A cluster's name of each length. */
const MADE = Array.from({ length: 100 }, (_, index): readonly [ClusterCase, MadeOnAws] => {
  const it = clusterCase(index, nameOfLength(index + 1));
  return [it, madeByConstructs(it)];
});

/** What AWS takes of each argument, in its API reference; `s` lets a point be a line's end too. */
const TAKEN: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  aws_iam_role: {
    name: /^[\w+=,.@-]{1,64}$/,
    path: /^\/([!-~]+\/)?$/,
    description: /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]{0,1000}$/,
  },
  aws_iam_policy: { name: /^[\w+=,.@-]{1,128}$/, path: /^\/([\w+=,.@-]+\/)*$/, description: /^.{0,1000}$/s },
  aws_iam_instance_profile: { name: /^[\w+=,.@-]{1,128}$/, path: /^\/([!-~]+\/)?$/ },
  aws_sqs_queue: { name: /^[\w-]{1,80}$/ },
  aws_cloudwatch_event_rule: {
    name: /^[\w.-]{1,64}$/,
    description: /^.{0,512}$/s,
    event_pattern: /^.{1,4096}$/s,
  },
  aws_cloudwatch_event_target: { target_id: /^[\w.-]{1,64}$/ },
  aws_eks_fargate_profile: { fargate_profile_name: /^[0-9A-Za-z][\w-]{0,62}$/ },
};

/** The names and descriptions that AWS would refuse. */
function refusedTexts({ resources }: MadeOnAws): string[] {
  return Object.entries(resources).flatMap(([address, texts]) =>
    Object.entries(texts)
      .filter(([argument, text]) => !(TAKEN[address.split(".")[0]]?.[argument]?.test(text) ?? false))
      .map(([argument, text]) => `${address}.${argument} = ${text}`),
  );
}

/** How large a policy may be; white space does not count. */
const limitOf = (name: string): number =>
  name.endsWith("_trust")
    ? POLICY_LIMITS.trust
    : name.includes("queue_policy")
      ? // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
        8_192
      : POLICY_LIMITS.managed;

const tooLarge = ({ policies }: MadeOnAws): string[] =>
  Object.entries(policies)
    .filter(([name, policy]) => renderedSize(policy) > limitOf(name))
    .map(([name, policy]) => `${name}: ${renderedSize(policy)}`);

/** Every text in a policy. */
function textsIn(value: unknown): string[] {
  return typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
}

/** The services that a policy names, in order. */
const servicesIn = (policy: Policy): string[] => {
  const domains = PARTITIONS.map(([, , domain]) => domain);
  const named = textsIn(policy).filter(
    (text) => domains.some((domain) => text.endsWith(`.${domain}`)) && !text.includes("/"),
  );
  return [...new Set(named)].sort();
};

/** The services of each policy that names any. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  node_trust: ["ec2.amazonaws.com"],
  karpenter_trust: ["eks-fargate-pods.amazonaws.com"],
  controller_irsa_trust: ["sts.amazonaws.com"],
  controller_pod_identity_trust: ["pods.eks.amazonaws.com"],
  interruption_queue_policy_document: ["events.amazonaws.com"],
  controller_policy_iam_integration_document: ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"],
};
const NAMING_EC2 = ["node_trust", "controller_policy_iam_integration_document"];

/** Names of one kind of resource: AWS takes each once in an account or region. */
const namesIn = ({ resources }: MadeOnAws): string[] =>
  Object.entries(resources).flatMap(([address, { name, fargate_profile_name = name }]) =>
    fargate_profile_name === undefined ? [] : [`${address.split(".")[0]} ${fargate_profile_name}`],
  );

test("there is everything of each: five kinds of names, and policies of each kind", () => {
  const kinds = MADE.flatMap(([, { resources }]) => Object.keys(resources).map((address) => address.split(".")[0]));
  expect(kinds).toEqual(expect.arrayContaining(Object.keys(TAKEN)));
  const policies = new Set(MADE.flatMap(([, made]) => Object.keys(made.policies)));
  expect([...policies].filter((name) => name.endsWith("_trust")).sort()).toEqual([
    "controller_irsa_trust",
    "controller_pod_identity_trust",
    "karpenter_trust",
    "node_trust",
  ]);
  expect(policies.size).toBeGreaterThanOrEqual(11);
});

describe("of a cluster's name of each length from 1 to 100", () => {
  test("every name and description is one that AWS takes", () => {
    expect(MADE.flatMap(([, made]) => refusedTexts(made))).toEqual([]);
  });

  test("every policy is within its limit, with 20 node roles and a key too", () => {
    expect(MADE.flatMap(([, made]) => tooLarge(made))).toEqual([]);
  });

  test("every statement has a name of letters and digits, once in its policy", () => {
    const names = MADE.flatMap(([, { policies }]) => Object.values(policies)).map(({ Statement }) =>
      Statement.map(({ Sid }) => Sid ?? ""),
    );
    expect(
      names.filter((sids) => new Set(sids).size < sids.length || sids.some((sid) => !/^[0-9A-Za-z]+$/.test(sid))),
    ).toEqual([]);
  });

  test("no two have a name in common", () => {
    const names = MADE.flatMap(([, made]) => namesIn(made));
    expect(names.length).toBeGreaterThan(1_000);
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
  });

  test("every ARN is of its partition, and of its account and region where it has one", () => {
    const strange = MADE.flatMap(([{ partition, region }, { policies }]) =>
      textsIn(policies)
        .filter((text) => text.startsWith("arn:"))
        .filter((arn) => {
          const [, its, , where, account] = arn.split(":");
          return its !== partition || !["", "*", region].includes(where) || !["", "*", ACCOUNT].includes(account);
        }),
    );
    expect(strange).toEqual([]);
  });

  test("services have the names that they have in its partition", () => {
    const wrong = MADE.flatMap(([{ partition, region, ec2 = [] }, { policies }]) =>
      Object.entries(policies).flatMap(([name, policy]) => {
        const more = NAMING_EC2.includes(name) ? ec2 : [];
        // KMS knows EC2 by the region, too.
        const ofKms = name.endsWith("ebs_key_policy") ? ["ec2.amazonaws.com"].concat(ec2) : [];
        const inRegion = ofKms.map((service) => service.replace("ec2.", `ec2.${region}.`));
        const expected = [...new Set([SERVICES[name] ?? [], more, inRegion].flat())].sort();
        const found = servicesIn(policy);
        return String(found) === String(expected) ? [] : [`${partition} ${name}: ${String(found)}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("the issuer of the cluster's tokens has the domain of its partition", () => {
    const issuers = MADE.flatMap(([{ region, domain }, { policies }]) =>
      Object.keys(policies.controller_irsa_trust?.Statement[0].Condition?.StringEquals ?? {}).map((key) => [
        key.split("/")[0],
        `oidc.eks.${region}.${domain}`,
      ]),
    );
    expect(issuers.length).toBeGreaterThan(100);
    expect(issuers.filter(([found, expected]) => found !== expected)).toEqual([]);
  });

  test("no role has more than the 10 policies that IAM takes, with all that may be added", () => {
    const attached = MADE.map(([, { resources }]) => {
      const addresses = Object.keys(resources).filter((address) =>
        address.startsWith("aws_iam_role_policy_attachment"),
      );
      return ["controller", "node"].map((role) => addresses.filter((address) => address.includes(`.${role}_`)).length);
    });
    expect(Math.max(...attached.map(([controller]) => controller))).toBeLessThanOrEqual(6);
    expect(Math.max(...attached.map(([, node]) => node))).toBeLessThanOrEqual(4);
  });
});

/** In another order than the constructs' where statements hang on the release. */
function sorted(policies: MadeOnAws["policies"]): object {
  return Object.fromEntries(
    Object.entries(policies)
      // Of managed policies; all of them in one document, the modules have beside, for another form.
      .filter(([name, { Statement }]) => Statement.length > 0 && name !== "controller_policy_document")
      .map(([name, { Statement }]) => [name, [...Statement].sort((a, b) => (String(a.Sid) < String(b.Sid) ? -1 : 1))]),
  );
}

/** What has any text; of attachments and the like, the modules have more with a `for_each` of nothing. */
const withTexts = ({ resources }: MadeOnAws): object =>
  Object.fromEntries(Object.entries(resources).filter(([, texts]) => Object.keys(texts).length > 0));

test("the published modules make the same, name by name and policy by policy", () => {
  const stable = MADE.filter(([{ karpenterVersion }]) => karpenterVersion.startsWith("1."));
  expect(stable.length).toBeGreaterThan(45);
  for (const [it, made] of stable) {
    const ofModules = madeByModules(it, made);
    expect(withTexts(ofModules)).toEqual(withTexts(made));
    expect(sorted(ofModules.policies)).toEqual(sorted(made.policies));
  }
});

describe("what would be too large is refused", () => {
  const RUNS = { seed: 14, numRuns: 15 };

  /** Roles with paths of these lengths. */
  const rolesWith = (paths: readonly number[]): string[] =>
    paths.map(
      (length, index) => `arn:aws:iam::${ACCOUNT}:role/${length < 2 ? "" : `${"p".repeat(length - 1)}/`}role-${index}`,
    );

  test("roles of nodes, from the first character that IAM would not take", () => {
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 510 }), { minLength: 8, maxLength: 20 }), (paths) => {
        const build = (stack: ReadableStack) =>
          new ControllerPolicy(stack, "policy", {
            ...PLACE,
            clusterName: nameOfLength(100),
            instanceProfileMode: "karpenter",
            nodeRoleArns: rolesWith(paths),
          });
        const isTooLarge = tooLarge(madeOnAws(synth(build), PLACE)).length > 0;
        verdicts.add(isTooLarge);
        expect(problemsOf(build)).toHaveLength(isTooLarge ? 1 : 0);
      }),
      RUNS,
    );
    expect(verdicts.size).toBe(2);
  });

  test("service accounts of a role", () => {
    const verdicts = new Set<boolean>();
    const account = fc.record({ namespace: fc.integer({ min: 1, max: 63 }), name: fc.integer({ min: 1, max: 253 }) });
    fc.assert(
      fc.property(fc.array(account, { minLength: 1, maxLength: 20 }), (lengths) => {
        const build = (stack: ReadableStack) =>
          new IrsaRole(stack, "app", {
            oidcProviderArn: PROVIDER_ARN,
            roleName: "app",
            serviceAccounts: lengths.map(({ namespace, name }) => ({
              namespace: "n".repeat(namespace),
              name: "s".repeat(name),
            })),
          });
        const isTooLarge = tooLarge(madeOnAws(synth(build), PLACE)).length > 0;
        verdicts.add(isTooLarge);
        expect(problemsOf(build)).toHaveLength(isTooLarge ? 1 : 0);
      }),
      RUNS,
    );
    expect(verdicts.size).toBe(2);
  });
});
