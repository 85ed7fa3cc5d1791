import * as rules from "../../../../lib/inputs/catalog/aws";
import type { Field } from "../../../../lib/inputs/field";
import { fieldProblems } from "../../../../lib/inputs/field-problems";
import type { Rule } from "../../../../lib/inputs/rule";
import { NO, verdicts, YES } from "../../../support/verdicts";

/** Boundary values of a rule on a string. */
interface Samples {
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
}

const ACCOUNT = "111122223333";
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const provider = (host: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}/id/AB12`;
const name = (length: number) => "n".repeat(length);

const STRINGS: Readonly<Record<string, Samples>> = {
  clusterName: {
    accepted: ["a", "0", "Prod_1-a", name(100)],
    refused: ["", name(101), "-a", "_a", "a b", "a.b", "a*", "ä"],
  },
  clusterEndpoint: {
    accepted: ["https://0A1B.gr7.eu-north-1.eks.amazonaws.com", "https://x"],
    refused: ["", "https://", "http://x", "x.eks.amazonaws.com", "https://a b"],
  },
  oidcProviderArn: {
    accepted: [
      provider("oidc.eks.eu-north-1.amazonaws.com"),
      provider("oidc-eks.eu-north-1.api.aws"),
      provider("oidc.eks.us-gov-west-1.amazonaws.com").replace("arn:aws:", "arn:aws-us-gov:"),
      provider("oidc.eks.cn-north-1.amazonaws.com.cn").replace("arn:aws:", "arn:aws-cn:"),
    ],
    refused: [
      "",
      "https://oidc.eks.eu-north-1.amazonaws.com/id/AB12",
      "oidc.eks.eu-north-1.amazonaws.com/id/AB12",
      provider("example.com"),
      provider("oidc.eks.eu-north-1.amazonaws.com").replace(ACCOUNT, "1"),
      `${provider("oidc.eks.eu-north-1.amazonaws.com")}/more`,
    ],
  },
  roleArn: {
    accepted: [
      role("a"),
      role("path/to/a"),
      role("a#b$/c"),
      role(name(64)),
      role("a").replace("arn:aws:", "arn:aws-cn:"),
    ],
    refused: [
      "",
      "a",
      role("*"),
      role("a?"),
      role("a/*/b"),
      role(name(65)),
      role("a b"),
      role(""),
      role("a").replace("role/", "user/"),
      role("a").replace(ACCOUNT, "11112222333"),
    ],
  },
  permissionsBoundaryArn: {
    accepted: [`arn:aws:iam::${ACCOUNT}:policy/boundary`, "arn:aws-iso-b:iam::aws:policy/PowerUserAccess"],
    refused: ["", "boundary", role("a"), `arn:aws:iam::${ACCOUNT}:policy/`, `arn:aws:iam::${ACCOUNT}:policy/a*`],
  },
  iamPath: {
    accepted: ["/", "/a/", "/platform/karpenter/", "/A1_+=,.@-/", `/${name(510)}/`],
    refused: ["", "a", "/a", "a/", `/${name(511)}/`, "/a b/", "//", "/a//b/", "/a*/", "/a?/", "/a:b/", "/ä/"],
  },
  roleName: { accepted: ["a", "a_+=,.@-Z9", name(64)], refused: ["", name(65), "a/b", "a b", role("a")] },
  instanceProfileName: { accepted: ["a", "a_+=,.@-Z9", name(128)], refused: ["", name(129), "a/b", "a:b"] },
  namePrefix: { accepted: ["a", "9", name(100)], refused: ["", name(101), "-a", "a.b"] },
  fargateProfileName: { accepted: ["a", "A_b-9", name(63)], refused: ["", name(64), "-a", "a.b"] },
  logGroupName: {
    accepted: ["a", "/aws/eks/prod/fargate", "a.b-c_d#e", name(512)],
    refused: ["", name(513), "a b", "a:b", "a*", `arn:aws:logs:eu-north-1:${ACCOUNT}:log-group:a`],
  },
  queueName: { accepted: ["a", "-", "_", name(80)], refused: ["", name(81), "a.fifo", "a b"] },
  queueArn: {
    accepted: [`arn:aws:sqs:eu-north-1:${ACCOUNT}:${name(80)}`, `arn:aws-us-gov:sqs:us-gov-west-1:${ACCOUNT}:a`],
    refused: [
      "",
      `https://sqs.eu-north-1.amazonaws.com/${ACCOUNT}/a`,
      `arn:aws:sqs:eu-north-1:${ACCOUNT}:a.fifo`,
      `arn:aws:sqs:eu-north-1:${ACCOUNT}:${name(81)}`,
      `arn:aws:sns:eu-north-1:${ACCOUNT}:a`,
    ],
  },
  kmsKeyArn: {
    accepted: [`arn:aws:kms:eu-north-1:${ACCOUNT}:key/1234abcd-12ab`, `arn:aws:kms:eu-north-1:${ACCOUNT}:key/mrk-1`],
    refused: ["", "alias/aws/sqs", `arn:aws:kms:eu-north-1:${ACCOUNT}:alias/karpenter`, "1234abcd-12ab"],
  },
  logGroupKmsKeyArn: {
    accepted: [`arn:aws:kms:eu-north-1:${ACCOUNT}:key/1234abcd-12ab`, `arn:aws:kms:eu-north-1:${ACCOUNT}:key/mrk-1`],
    refused: ["", "alias/aws/sqs", `arn:aws:kms:eu-north-1:${ACCOUNT}:alias/karpenter`, "1234abcd-12ab"],
  },
  partition: { accepted: ["aws", "aws-cn", "aws-us-gov", "aws-iso-b"], refused: ["", "AWS", "azure", "aws1"] },
  region: {
    accepted: ["eu-north-1", "us-gov-west-1", "us-isob-east-1", "ap-southeast-15", "mx-central-1"],
    refused: ["", "eu-north", "eu-north-1a", "EU-NORTH-1", "Europe"],
  },
  accountId: { accepted: ["000000000000", ACCOUNT], refused: ["", "11112222333", "1111222233334", "1111-2222-3333"] },
  controllerIdentity: { accepted: ["irsa", "pod-identity"], refused: ["", "IRSA", "podIdentity"] },
  instanceProfileMode: { accepted: ["terraform", "karpenter"], refused: ["", "Terraform", "none"] },
  ipFamily: { accepted: ["ipv4", "ipv6"], refused: ["", "IPv6", "dualstack"] },
  alarmActionArn: {
    accepted: [`arn:aws:sns:eu-north-1:${ACCOUNT}:topic`, "arn:aws:automate:eu-north-1:ec2:reboot"],
    refused: ["", "topic", "arn:aws:sns:eu-north-1", `arn:aws:sns:eu-north-1:${ACCOUNT}:a b`],
  },
  roleDescription: {
    accepted: ["", "Karpenter", "für Karpenter", name(1000)],
    refused: [name(1001), "日本", "a\u0001"],
  },
  accessEntryType: { accepted: ["EC2_LINUX", "EC2_WINDOWS"], refused: ["", "ec2_linux", "FARGATE_LINUX", "STANDARD"] },
};

const several = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, i) => make(i));
const mapped = (count: number, make: (index: number) => [string, string]) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)));
const parameter = (name: string) => `arn:aws:ssm:eu-north-1:${ACCOUNT}:parameter/${name}`;
const key = (name: string) => `arn:aws:kms:eu-north-1:${ACCOUNT}:${name}`;
const policy = `arn:aws:iam::${ACCOUNT}:policy/p`;

const COLLECTIONS: Readonly<Record<string, { accepted: readonly object[]; refused: readonly object[] }>> = {
  nodeRoleArns: {
    accepted: [[role("a")], several(20, (i) => role(`r${i}`))],
    refused: [[], several(21, (i) => role(`r${i}`)), [role("a"), role("a")], ["a"]],
  },
  additionalNodeRoleArns: {
    accepted: [[], [role("a")], several(19, (i) => role(`r${i}`))],
    refused: [several(20, (i) => role(`r${i}`)), [role("a"), role("a")], ["a"]],
  },
  amiParameterArns: {
    accepted: [[], [parameter("golden")], [parameter("golden/eks_1.35-x"), parameter("golden/*")]],
    refused: [
      ["/golden"],
      [parameter("*")],
      [parameter("golden*")],
      [parameter("golden/")],
      [parameter("golden").replace(ACCOUNT, "")],
      [parameter("golden"), parameter("golden")],
    ],
  },
  ebsKmsKeyArns: {
    accepted: [[], [key("key/1234abcd"), key("key/mrk-1")]],
    refused: [["1234abcd"], [key("alias/nodes")], [key("key/*")], [key("key/1"), key("key/1")]],
  },
  subnetIds: {
    accepted: [["subnet-1"], several(30, (i) => `subnet-${i}`)],
    refused: [[], several(31, (i) => `subnet-${i}`), ["subnet-1", "subnet-1"], ["sg-1"], ["subnet-"], ["subnet-A"]],
  },
  fargateSubnetIds: {
    accepted: [["subnet-1"], several(100, (i) => `subnet-${i}`)],
    refused: [[], several(101, (i) => `subnet-${i}`), ["subnet-1", "subnet-1"], ["sg-1"]],
  },
  securityGroupIds: {
    accepted: [["sg-1"], several(16, (i) => `sg-${i}`)],
    refused: [[], several(17, (i) => `sg-${i}`), ["sg-1", "sg-1"], ["subnet-1"]],
  },
  additionalPolicies: {
    accepted: [
      {},
      { [name(64)]: policy },
      { "a.b_c-D": "arn:aws:iam::aws:policy/X" },
      mapped(10, (i) => [`p${i}`, policy]),
    ],
    refused: [
      { [name(65)]: policy },
      { "": policy },
      { "a/b": policy },
      { a: "X" },
      mapped(11, (i) => [`p${i}`, policy]),
    ],
  },
  eventRuleNames: {
    accepted: [{}, { health: "a_B-1.c" }, { "spot-interruption": name(64) }],
    refused: [{ healthy: "a" }, { health: "" }, { health: name(65) }, { health: "a b" }],
  },
  podExecutionRoleAdditionalPolicies: {
    accepted: [{}, mapped(8, (i) => [`p${i}`, policy])],
    refused: [mapped(9, (i) => [`p${i}`, policy])],
  },
  nodeAdditionalPolicies: {
    accepted: [{}, mapped(6, (i) => [`p${i}`, policy])],
    refused: [mapped(7, (i) => [`p${i}`, policy])],
  },
  subnetIdMap: {
    accepted: [{}, { "private/eu-north-1a": "subnet-1" }, mapped(100, (i) => [`s${i}`, `subnet-${i}`])],
    refused: [{ a: "sg-1" }, { "a b": "subnet-1" }, mapped(101, (i) => [`s${i}`, `subnet-${i}`])],
  },
  securityGroupIdMap: {
    accepted: [{}, { nodes: "sg-1" }],
    refused: [{ nodes: "subnet-1" }, { [name(101)]: "sg-1" }, mapped(101, (i) => [`g${i}`, `sg-${i}`])],
  },
  tags: {
    accepted: [
      {},
      { [name(128)]: name(256) },
      { Team: "", "app.kubernetes.io/name": "x", "karpenter.sh/discovery": "prod", "awsome:x": "y" },
      mapped(50, (i) => [`t${i}`, "v"]),
      { "Größe _.:/=+-@9": "東京 _.:/=+-@9", a: "AWS", b: "xaws:" },
    ],
    refused: [
      { "a,b": "x" },
      { "a\tb": "x" },
      { "😀": "x" },
      { a: "x;y" },
      { a: "x\ny" },
      { a: "aws:x" },
      { a: "Aws:x" },
      { [name(129)]: "" },
      { "": "x" },
      { a: name(257) },
      mapped(51, (i) => [`t${i}`, "v"]),
      ...rules.RESERVED_TAG_PREFIXES.map((prefix) => ({ [`${prefix}x`]: "v" })),
      { "AWS:x": "v" },
      { "Kubernetes.io/Cluster/prod": "owned" },
    ],
  },
};

function described(key: string): Field | Rule {
  return (rules as unknown as Readonly<Record<string, Field | Rule>>)[key];
}

const SAMPLES = Object.entries({ ...STRINGS, ...COLLECTIONS });
const cases = (which: "accepted" | "refused") =>
  SAMPLES.flatMap(([key, samples]) =>
    samples[which].map((value): [string, string, unknown] => [key, short(value), value]),
  );

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 40)}… (${text.length} characters)`;
}

describe("the rules on AWS properties", () => {
  test.each(cases("accepted"))("%s accepts %s, in TypeScript, Terraform and JSON Schema", (key, _, value) => {
    expect(verdicts(described(key), value)).toEqual(YES);
  });

  test.each(cases("refused"))("%s refuses %s, in TypeScript, Terraform and JSON Schema", (key, _, value) => {
    expect(verdicts(described(key), value)).toEqual(NO);
  });

  test("have a sample each", () => {
    const all = Object.keys(rules).filter((key) => key !== "RESERVED_TAG_PREFIXES");
    expect(Object.keys({ ...STRINGS, ...COLLECTIONS }).sort()).toEqual(all.sort());
  });

  test.each(SAMPLES.map(([key]) => key))("%s says what is allowed and the way out, in clauses", (key) => {
    for (const { allowed, remedy } of rulesOf(described(key))) {
      expect(allowed).toMatch(/^(an? |the |one |up to |\d+ to )/);
      expect(remedy).toMatch(/^[a-z].*[^.]$/);
    }
  });
});

/** Every rule of a field, of its items and of its names. */
function rulesOf(of: Field | Rule): readonly Rule[] {
  if (!("kind" in of)) {
    return [of];
  }
  switch (of.kind) {
    case "list":
      return rulesOf(of.of);
    case "map":
      return [...of.keys, ...rulesOf(of.of)];
    default:
      return of.kind === "string" ? of.rules : [];
  }
}

describe("the rule on tags", () => {
  test("names every reserved prefix, and the key that begins with one", () => {
    const [told] = fieldProblems("tags", { team: "a", "EKS:x": "b" }, rules.tags);
    expect(told).toContain('"tags" has the name "EKS:x", but a name must be one that begins with none of ');
    expect(rules.RESERVED_TAG_PREFIXES.filter((prefix) => !told.includes(`"${prefix}"`))).toEqual([]);
  });

  test("does not keep the discovery tag for itself", () => {
    expect(verdicts(rules.tags, { "karpenter.sh/discovery": "prod" })).toEqual(YES);
  });

  test("takes names that differ in nothing but case for one, as IAM does", () => {
    const twice = { Team: "a", team: "b", other: "c" };
    const told = (key: string) =>
      `"tags" has the name "${key}", but a name must differ from all others in more than its case; IAM takes them for one: leave one out`;
    expect(fieldProblems("tags", twice, rules.tags)).toEqual([told("Team"), told("team")]);
    expect(verdicts(rules.tags, twice)).toMatchObject({ typescript: false, terraform: false });
    expect(verdicts(rules.tags, { Team: "a", teams: "b" })).toEqual(YES);
  });

  test("says that values are strings, and of which key", () => {
    expect(fieldProblems("tags", { cost: 42 }, rules.tags)).toEqual([
      '"tags.cost" is 42, but must be a text of up to 256 characters; write it in quotes, or shorten it',
    ]);
  });
});
