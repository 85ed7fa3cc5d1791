import { isDeepStrictEqual } from "node:util";
import { TerraformOutput } from "cdktf";
import type { ControllerPolicyProps } from "../../../lib/aws/controller-policy-props";
import { ControllerPolicy } from "../../../lib/aws/controller-policy";
import type { Policy, Statement } from "../../support/policy";
import { policyDocument, renderedSize } from "../../support/policy";
import { ACCOUNT, KEY_ARN, LONG_NAME, PLACE, QUEUE_ARN, ROLE_ARN, TAGS } from "../../support/fixtures";
import { karpenterTemplate } from "../../support/karpenter-template";
import type { PolicyStatement } from "../../../lib/versions";
import { minorVersionOf, MINOR_VERSIONS } from "../../../lib/versions";
import type { Scope } from "../../support/hcl";
import { evaluate } from "../../support/hcl";
import type { Synthesized } from "../../support/stack";
import { problemsOf, synth } from "../../support/stack";
import { variable, variableFlag, variableList } from "../../support/tokens";

const PROPS: ControllerPolicyProps = { ...PLACE, clusterName: "demo", nodeRoleArns: [ROLE_ARN] };
const POLICIES = ["node_lifecycle", "iam_integration", "eks_integration", "zonal_shift", "resource_discovery"];
const WITH_QUEUE = [...POLICIES, "interruption"];

const policy = (props: Partial<ControllerPolicyProps> = {}) =>
  synth((stack) => new ControllerPolicy(stack, "policy", { ...PROPS, ...props }));

function documents(synthesized: Synthesized, names: readonly string[], scope = {}): Record<string, Policy> {
  return Object.fromEntries(names.map((name) => [name, policyDocument(synthesized, `policy_${name}_document`, scope)]));
}

function statements(synthesized: Synthesized, names = WITH_QUEUE, scope = {}): Statement[] {
  return Object.values(documents(synthesized, names, scope)).flatMap(({ Statement }) => Statement);
}

/** Statements with every list as a sorted list: AWS does not mind the order. */
function normal(all: readonly Statement[]): unknown[] {
  const lists = (value: unknown): unknown =>
    typeof value === "string"
      ? [value]
      : Array.isArray(value)
        ? [...(value as string[])].sort()
        : Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, lists(item)]));
  return all
    .map(({ Sid, Effect, ...rest }) => ({ Sid, Effect, ...(lists(rest) as object) }))
    .sort((a, b) => (String(a.Sid) < String(b.Sid) ? -1 : 1));
}

describe("ControllerPolicy", () => {
  test("is one managed policy for each of Karpenter's, without one for a queue that is not there", () => {
    expect(policy().resources).toEqual(POLICIES.map((name) => `aws_iam_policy.policy_${name}`).sort());
  });

  test("asks the provider where it is when it is not told", () => {
    const synthesized = policy({ partition: undefined, region: undefined, accountId: undefined });
    expect(synthesized.addresses).toEqual(
      expect.arrayContaining([
        "data.aws_caller_identity.policy_caller",
        "data.aws_partition.policy_partition",
        "data.aws_region.policy_region",
      ]),
    );
    expect(policy().addresses.filter((address) => /caller|region/.test(address))).toEqual([]);
  });

  test("names, describes and tags its policies", () => {
    expect(policy({ iamPath: "/k/", tags: TAGS }).resource("aws_iam_policy", "policy_zonal_shift")).toEqual({
      name: "demo-karpenter-zonal-shift",
      description: "Karpenter controller of the EKS cluster demo: zonal-shift",
      path: "/k/",
      policy: "${data.aws_iam_policy_document.policy_zonal_shift_document.json}",
      tags: TAGS,
    });
  });

  test("names its policies after the prefix, and grants for the cluster all the same", () => {
    const synthesized = policy({ namePrefix: "eu" });
    expect(synthesized.resource("aws_iam_policy", "policy_zonal_shift").name).toBe("eu-karpenter-zonal-shift");
    expect(JSON.stringify(statements(synthesized, POLICIES))).toContain("kubernetes.io/cluster/demo");
  });

  test("drops exactly three statements when Terraform makes the instance profile", () => {
    const sids = (props: Partial<ControllerPolicyProps>) => statements(policy(props), POLICIES).map(({ Sid }) => Sid);
    const left = sids({ instanceProfileMode: "terraform" });
    expect(sids({ instanceProfileMode: "karpenter" }).filter((sid) => !left.includes(sid))).toEqual([
      "AllowScopedInstanceProfileCreationActions",
      "AllowScopedInstanceProfileTagActions",
      "AllowScopedInstanceProfileActions",
    ]);
    expect(sids({})).toEqual(left);
  });

  test("may pass the given node roles and no others", () => {
    const nodeRoleArns = [ROLE_ARN, `${ROLE_ARN}-windows`];
    const [pass] = documents(policy({ nodeRoleArns }), POLICIES).iam_integration.Statement;
    expect(pass).toEqual({
      Sid: "AllowPassingInstanceRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: nodeRoleArns,
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    });
  });

  test("reads its queue only", () => {
    expect(policyDocument(policy({ interruptionQueueArn: QUEUE_ARN }), "policy_interruption_document")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowInterruptionQueueActions",
          Effect: "Allow",
          Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
          Resource: QUEUE_ARN,
        },
      ],
    });
  });

  test("decrypts with the queue's key where it has one", () => {
    const synthesized = policy({ interruptionQueueArn: QUEUE_ARN, interruptionQueueKmsKeyArn: KEY_ARN });
    expect(policyDocument(synthesized, "policy_interruption_document").Statement[1]).toEqual({
      Sid: "AllowInterruptionQueueDecryption",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: KEY_ARN,
    });
  });

  test("reads the SSM parameters of AMIs that are named, from the first minor version whose node classes name any", () => {
    const amiParameterArns = [`arn:aws:ssm:eu-north-1:${ACCOUNT}:parameter/golden/*`];
    const reads = (props: Partial<ControllerPolicyProps>) =>
      statements(policy(props), ["resource_discovery"]).filter(({ Sid }) => Sid === "AllowAMIParameterReads");
    expect(reads({ amiParameterArns })).toEqual([
      { Sid: "AllowAMIParameterReads", Effect: "Allow", Action: "ssm:GetParameter", Resource: amiParameterArns[0] },
    ]);
    expect([reads({}), reads({ amiParameterArns: [] })]).toEqual([[], []]);
    const unknown = policy({ amiParameterArns: variableList("parameters") });
    const at = (parameters: string[]) =>
      statements(unknown, ["resource_discovery"], { var: { parameters } }).filter(({ Sid }) => Sid?.includes("AMI"));
    expect([at([]), at(amiParameterArns)]).toEqual([[], reads({ amiParameterArns })]);
  });

  test.each(MINOR_VERSIONS.map(({ releases }) => releases[releases.length - 1]))(
    "lets EC2 use the keys of volumes for the controller of Karpenter %s",
    (karpenterVersion) => {
      const own = (props: Partial<ControllerPolicyProps>) =>
        statements(policy({ karpenterVersion, ...props }), ["node_lifecycle"]);
      const ec2 = { "kms:ViaService": `ec2.${PLACE.region}.amazonaws.com` };
      const use = ["Decrypt", "DescribeKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo"];
      const common = { Effect: "Allow", Resource: KEY_ARN };
      const added: Statement[] = [
        {
          Sid: "AllowVolumeEncryption",
          ...common,
          Action: use.map((action) => `kms:${action}`),
          Condition: { StringEquals: ec2 },
        },
        {
          Sid: "AllowVolumeEncryptionGrants",
          ...common,
          Action: "kms:CreateGrant",
          Condition: { StringEquals: ec2, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ];
      expect(normal(own({ ebsKmsKeyArns: [KEY_ARN] }))).toEqual(normal([...own({}), ...added]));
    },
  );

  test("says what a key of another account has to say for its controller", () => {
    const synthesized = synth((stack) => {
      const made = new ControllerPolicy(stack, "policy", { ...PROPS, partition: "aws-cn", region: "cn-north-1" });
      new TerraformOutput(stack, "key_policy", { value: made.ebsKmsKeyPolicy(ROLE_ARN) });
    });
    const { Statement } = policyDocument(synthesized, "policy_ebs_key_policy");
    expect(synthesized.output("key_policy")).toBe("${data.aws_iam_policy_document.policy_ebs_key_policy.json}");
    const ec2 = { "kms:ViaService": ["ec2.cn-north-1.amazonaws.com", "ec2.cn-north-1.amazonaws.com.cn"] };
    expect(Statement.map(({ Action, ...rest }) => ({ actions: [Action].flat().length, ...rest }))).toEqual([
      {
        actions: 5,
        Sid: "AllowVolumeEncryption",
        Effect: "Allow",
        Principal: { AWS: ROLE_ARN },
        Resource: "*",
        Condition: { StringEquals: ec2 },
      },
      {
        actions: 1,
        Sid: "AllowVolumeEncryptionGrants",
        Effect: "Allow",
        Principal: { AWS: ROLE_ARN },
        Resource: "*",
        Condition: { StringEquals: ec2, Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
  });

  test("has no policy for a queue when interruptions are not handled", () => {
    const synthesized = policy({ interruptionQueueArn: QUEUE_ARN, interruptionHandling: false });
    expect(synthesized.resources).not.toContain("aws_iam_policy.policy_interruption");
  });

  test("hands out the policies' ARNs by what they are for", () => {
    const synthesized = synth((stack) => {
      const { policyArns } = new ControllerPolicy(stack, "policy", { ...PROPS, interruptionQueueArn: QUEUE_ARN });
      new TerraformOutput(stack, "arns", { value: policyArns });
    });
    const arns = WITH_QUEUE.map((name) => [name.replace("_", "-"), `\${aws_iam_policy.policy_${name}.arn}`]);
    expect(synthesized.output("arns")).toEqual(Object.fromEntries(arns));
  });
});

const MINOR_VERSION_DATA = MINOR_VERSIONS.map(
  ({ minorVersion, releases }) => [minorVersion, releases[releases.length - 1]] as const,
);
/** What a controller that reboots nodes may do beside all else. */
const REBOOT = {
  Sid: "AllowScopedReboot",
  Effect: "Allow",
  Action: "ec2:RebootInstances",
  Resource: `arn:${PLACE.partition}:ec2:${PLACE.region}:*:instance/*`,
  Condition: {
    StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/demo": "owned" },
    StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
  },
};
const SCOPED = MINOR_VERSION_DATA.filter(([line]) => !["0.27", "0.28"].includes(line));
const FROM_1 = MINOR_VERSION_DATA.filter(([line]) => line.startsWith("1."));

/** What the controller may do by the policies that are made. */
function granted(synthesized: Synthesized, scope: Scope = {}): unknown[] {
  const made = ([, { count }]: [string, { count?: string }]) => count === undefined || evaluate(count, scope) === 1;
  const names = Object.entries(synthesized.json.resource as object)
    .flatMap(([, byName]) => Object.entries(byName as Record<string, { count?: string }>))
    .filter(made)
    .map(([name]) => name.replace("policy_", ""));
  return normal(statements(synthesized, names, scope));
}

const template = (line: string) =>
  normal(karpenterTemplate(line, { ...PLACE, cluster: "demo", nodeRole: ROLE_ARN, queue: QUEUE_ARN }));

/** What is our own: statements on instance profiles only where Karpenter makes these, and decryption of the queue. */
const onProfiles = [
  "AllowScopedInstanceProfileActions",
  "AllowScopedInstanceProfileCreationActions",
  "AllowScopedInstanceProfileTagActions",
];

/** The statements that differ from the template's, by Sid. */
function differing(own: readonly unknown[], template: readonly unknown[]): string[] {
  const isIn = (statement: unknown, all: readonly unknown[]) =>
    all.some((other) => isDeepStrictEqual(other, statement));
  const only = [
    ...own.filter((statement) => !isIn(statement, template)),
    ...template.filter((statement) => !isIn(statement, own)),
  ] as Statement[];
  return [...new Set(only.map(({ Sid }) => String(Sid)))].sort();
}

/** The statements that say of themselves that they are not as in the template. */
function deviations(line: string, isGranted: (sid: string, statement: PolicyStatement) => boolean): string[] {
  return Object.values(minorVersionOf(`${line}.0`).controllerPolicies)
    .flatMap((policy) => Object.entries(policy))
    .filter(([sid, statement]) => statement.deviation !== undefined && isGranted(sid, statement))
    .map(([sid]) => sid)
    .sort();
}

describe.each(SCOPED)("ControllerPolicy of Karpenter %s", (line, karpenterVersion) => {
  const known = (props: Partial<ControllerPolicyProps>) =>
    granted(policy({ karpenterVersion, interruptionQueueArn: QUEUE_ARN, ...props }));
  const ofOnlyIf =
    (...conditions: readonly (string | undefined)[]) =>
    (_: string, { onlyIf }: PolicyStatement) =>
      conditions.includes(onlyIf);

  test("grants what the published template grants, but for the statements that say how they deviate and why", () => {
    const own = known({ instanceProfileMode: "karpenter" });
    const told = deviations(line, ofOnlyIf(undefined, "karpenterMakesInstanceProfiles"));
    expect(differing(own, template(line))).toEqual(told);
    expect((own as Statement[]).map(({ Sid }) => Sid)).toEqual((template(line) as Statement[]).map(({ Sid }) => Sid));
  });

  test("leaves out only the statements on instance profiles when Terraform makes them", () => {
    const rest = (known({ instanceProfileMode: "karpenter" }) as Statement[]).filter(
      ({ Sid }) => !onProfiles.includes(String(Sid)),
    );
    expect(known({ instanceProfileMode: "terraform" })).toEqual(rest);
  });

  test("adds only reboots of the cluster's nodes where it may repair by these, in a line that does", () => {
    const own = known({ rebootForRepair: true });
    expect(own).toEqual(normal([...(known({}) as Statement[]), ...(line === "1.15" ? [REBOOT] : [])]));
    expect(deviations(line, ofOnlyIf("nodesAreRebooted"))).toEqual(line === "1.15" ? ["AllowScopedReboot"] : []);
  });

  test("adds only decryption where the queue has a key", () => {
    const own = known({ interruptionQueueKmsKeyArn: KEY_ARN }) as Statement[];
    const isAdded = ({ Sid }: Statement) => Sid === "AllowInterruptionQueueDecryption";
    expect(own.filter((statement) => !isAdded(statement))).toEqual(known({}));
    expect(own.filter(isAdded)).toHaveLength(1);
    expect(deviations(line, ofOnlyIf("queueHasKmsKey"))).toEqual(["AllowInterruptionQueueDecryption"]);
  });

  test("passes roles to EC2 by its name in China too", () => {
    const [pass] = (known({}) as Statement[]).filter(({ Sid }) => Sid === "AllowPassingInstanceRole");
    expect(pass.Condition).toEqual({
      StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] },
    });
  });

  test("says of each statement what it is for", () => {
    const { controllerPolicies } = minorVersionOf(karpenterVersion);
    const mute = Object.values(controllerPolicies)
      .flatMap((policy) => Object.entries(policy))
      .filter(([, { why, deviation = "." }]) => !/^[A-Z].+\.$/.test(why) || !deviation.endsWith("."));
    expect(mute).toEqual([]);
  });
});

describe.each(MINOR_VERSION_DATA.filter(([line]) => ["0.27", "0.28"].includes(line)))(
  "ControllerPolicy of Karpenter %s",
  (_, karpenterVersion) => {
    test("grants the template's actions on everything, and no more on the queue, the role and the cluster", () => {
      const own = granted(policy({ karpenterVersion, interruptionQueueArn: QUEUE_ARN })) as Statement[];
      const on = (resource: string) =>
        own.filter(({ Resource }) => String(Resource) === resource).flatMap(({ Action }) => Action);
      expect(on("*").sort()).toEqual([
        "ec2:CreateFleet",
        "ec2:CreateLaunchTemplate",
        "ec2:CreateTags",
        "ec2:DeleteLaunchTemplate",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
        "ec2:RunInstances",
        "ec2:TerminateInstances",
        "pricing:GetProducts",
        "ssm:GetParameter",
      ]);
      expect(on(QUEUE_ARN)).toEqual([
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
      ]);
      expect(on(ROLE_ARN)).toEqual(["iam:PassRole"]);
      expect(own).toHaveLength(6);
    });

    test("ends only what carries the cluster's tag and passes roles to EC2 alone, where the template has no conditions", () => {
      const own = granted(policy({ karpenterVersion, interruptionQueueArn: QUEUE_ARN })) as Statement[];
      expect(own.filter(({ Condition }) => Condition !== undefined)).toEqual(
        normal([
          {
            Sid: "AllowPassingInstanceRole",
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: ROLE_ARN,
            Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
          },
          {
            Sid: "AllowScopedDeletion",
            Effect: "Allow",
            Action: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
            Resource: "*",
            Condition: { StringEquals: { "aws:ResourceTag/karpenter.sh/discovery": "demo" } },
          },
        ]),
      );
    });
  },
);

describe("ControllerPolicy decided by Terraform", () => {
  const synthesized = policy({
    clusterName: variable("cluster"),
    nodeRoleArns: variableList("roles"),
    karpenterVersion: variable("version"),
    instanceProfileMode: variable("mode") as "terraform",
    interruptionHandling: variableFlag("handling"),
    interruptionQueueArn: variable("queue"),
    interruptionQueueKmsKeyArn: variable("key"),
    rebootForRepair: variableFlag("reboot"),
  });
  const plan = (values: Record<string, unknown>): Scope => {
    const own = {
      cluster: "demo",
      roles: [ROLE_ARN],
      handling: true,
      queue: QUEUE_ARN,
      key: null,
      reboot: false,
      mode: "terraform",
    };
    const scope = { var: { ...own, version: "1.14.3", ...values } };
    return { ...scope, local: { karpenter_minor: evaluate(String(synthesized.local("karpenter_minor")), scope) } };
  };

  test("reads the release's minor version once", () => {
    expect(synthesized.json.locals).toEqual({ karpenter_minor: '${tonumber(split(".", var.version)[1])}' });
  });

  test("makes the queue's policy by a count, and that of zonal shift", () => {
    const count = (name: string) => synthesized.resource("aws_iam_policy", `policy_${name}`).count;
    expect(count("interruption")).toBe("${var.handling ? 1 : 0}");
    expect(count("zonal_shift")).toBe("${(local.karpenter_minor >= 12) ? 1 : 0}");
    expect(count("node_lifecycle")).toBeUndefined();
  });

  test("has a statement once for each form that it has in the lines from 1.0 on", () => {
    const { dynamic } = synthesized.data("aws_iam_policy_document", "policy_node_lifecycle_document") as {
      dynamic: { statement: { for_each: string; content: { sid: string } }[] };
    };
    expect(dynamic.statement.map(({ for_each, content }) => [content.sid, for_each])).toEqual([
      [
        "AllowScopedEC2InstanceActionsWithTags",
        "${((local.karpenter_minor <= 2) || (local.karpenter_minor >= 9)) ? [true] : []}",
      ],
      [
        "AllowScopedEC2InstanceActionsWithTags",
        "${(local.karpenter_minor >= 3 && local.karpenter_minor <= 8) ? [true] : []}",
      ],
      ["AllowScopedEC2InstanceAccessActions", "${(local.karpenter_minor <= 2) ? [true] : []}"],
      [
        "AllowScopedEC2InstanceAccessActions",
        "${(local.karpenter_minor >= 3 && local.karpenter_minor <= 10) ? [true] : []}",
      ],
      ["AllowScopedEC2InstanceAccessActions", "${(local.karpenter_minor >= 11) ? [true] : []}"],
      ["AllowScopedReboot", "${((local.karpenter_minor >= 15) && var.reboot) ? [true] : []}"],
    ]);
  });

  test.each(FROM_1)("grants for Karpenter %s what the line's own template grants", (line, version) => {
    expect(granted(synthesized, plan({ version, mode: "karpenter" }))).toEqual(template(line));
  });

  test.each(["terraform", "karpenter"] as const)("grants the same as at synth in the mode %s", (mode) => {
    const known = policy({ instanceProfileMode: mode, interruptionQueueArn: QUEUE_ARN });
    expect(granted(synthesized, plan({ mode }))).toEqual(granted(known));
  });

  test.each([
    ["aws", []],
    ["aws-cn", []],
    ["aws-us-gov", []],
    ["aws-eusc", []],
    ["aws-iso", ["ec2.c2s.ic.gov"]],
    ["aws-iso-b", ["ec2.sc2s.sgov.gov"]],
    ["aws-iso-e", []],
    ["aws-iso-f", []],
  ])("passes roles to EC2 by its names in the partition %s, at synth and at plan", (partition, own) => {
    const services = ["ec2.amazonaws.com", "ec2.amazonaws.com.cn", ...own];
    const late = policy({ partition: variable("partition") });
    for (const [synthesized, scope] of [
      [policy({ partition }), {}],
      [late, { var: { partition } }],
    ] as const) {
      const [pass] = documents(synthesized, POLICIES, scope).iam_integration.Statement;
      expect(pass.Condition).toEqual({ StringEquals: { "iam:PassedToService": services } });
    }
  });

  test.each(["1.14.3", "1.15.1"])("grants reboots as at synth with Karpenter %s", (version) => {
    const known = policy({ karpenterVersion: version, interruptionQueueArn: QUEUE_ARN, rebootForRepair: true });
    expect(granted(synthesized, plan({ version, reboot: true }))).toEqual(granted(known));
  });

  test("grants decryption once the key turns out to be given", () => {
    const known = policy({ interruptionQueueArn: QUEUE_ARN, interruptionQueueKmsKeyArn: KEY_ARN });
    expect(granted(synthesized, plan({ key: KEY_ARN }))).toEqual(granted(known));
  });
});

describe("the size of every policy", () => {
  const LIMIT = 6144;
  const partitions = ["aws-us-gov", "aws-iso-b"];
  const regions = ["ap-southeast-1", "us-isof-south-1"];
  test.each(MINOR_VERSION_DATA)(
    "of Karpenter %s stays below IAM's 6,144 characters, wherever it is",
    (_, karpenterVersion) => {
      const synthesized = policy({
        karpenterVersion,
        partition: variable("partition"),
        region: variable("region"),
        clusterName: variable("cluster"),
        nodeRoleArns: Array.from({ length: 20 }, (_, index) => `${ROLE_ARN}-${"n".repeat(50)}-${index}`),
        instanceProfileMode: "karpenter",
        interruptionQueueArn: QUEUE_ARN,
        interruptionQueueKmsKeyArn: KEY_ARN,
        rebootForRepair: true,
      });
      const names = synthesized.resources.map((address) => address.replace("aws_iam_policy.policy_", ""));
      const places = partitions.flatMap((partition) => regions.map((region) => ({ partition, region })));
      const sizes = places.flatMap((place) => {
        const scope = { var: { ...place, cluster: LONG_NAME.slice(0, 100) } };
        return Object.values(documents(synthesized, names, scope)).map(renderedSize);
      });
      expect(sizes).toHaveLength(places.length * names.length);
      expect(Math.max(...sizes)).toBeLessThan(LIMIT);
    },
  );

  test("would pass the limit in one document, which is why it is split", () => {
    const together = statements(
      policy({ clusterName: LONG_NAME, instanceProfileMode: "karpenter", interruptionQueueArn: QUEUE_ARN }),
    );
    expect(renderedSize({ Version: "2012-10-17", Statement: together })).toBeGreaterThan(LIMIT);
  });
});

describe("ControllerPolicy at synth", () => {
  const problems = (props: Partial<ControllerPolicyProps>) =>
    problemsOf((stack) => new ControllerPolicy(stack, "policy", { ...PROPS, ...props }));

  test("is refused nothing when all is right or unknown", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ nodeRoleArns: [variable("role")], karpenterVersion: variable("version") })).toEqual([]);
  });

  test("refuses to read interruption events without a queue", () => {
    expect(problems({ interruptionHandling: true })).toEqual([
      '"interruptionQueueArn" is null, but must be given while "interruptionHandling" is true; give the ARN of the ' +
        'interruption queue, or set "interruptionHandling" to false',
    ]);
  });

  test("refuses a release that it does not know", () => {
    expect(problems({ karpenterVersion: "1.8.4" })).toEqual([
      '"karpenterVersion" is "1.8.4", but must not be that release: it breaks the topology spread of pods; take "1.8.8"',
    ]);
  });

  test("refuses roles whose ARNs make their policy larger than IAM takes, and takes them up to that", () => {
    const ofLength = (length: number, name = "r") => `${`${ROLE_ARN}/`.padEnd(length - name.length - 1, "p")}/${name}`;
    const many = Array.from({ length: 19 }, (_, index) => ofLength(280, `r${index}`));
    const size = (nodeRoleArns: string[]) =>
      renderedSize(documents(policy({ nodeRoleArns }), POLICIES).iam_integration);
    const rest = 6_144 - size([...many, ofLength(100)]) + 100;
    expect(size([...many, ofLength(rest)])).toBe(6_144);
    expect(problems({ nodeRoleArns: [...many, ofLength(rest)] })).toEqual([]);
    expect(problems({ nodeRoleArns: [...many, ofLength(rest + 1)] })).toEqual([
      '"nodeRoleArns" makes the policy "iam-integration" 6145 characters long, but must leave it within the 6144 that IAM ' +
        "takes; pass fewer roles, or roles with shorter paths: it names the node role and all additional ones",
    ]);
  });

  test("refuses roles whose ARNs are too long whatever is not known yet", () => {
    const many = Array.from({ length: 19 }, (_, index) => `${ROLE_ARN}/${"p".repeat(400)}/r${index}`);
    expect(problems({ nodeRoleArns: [variable("role"), ...many] })).toEqual([
      expect.stringMatching(
        /^"nodeRoleArns" makes the policy "iam-integration" at least 8\d{3} characters long, but must/,
      ),
    ]);
  });

  test("leaves to the plan how large the policy of unknown roles is, and asks nothing of known ones there", () => {
    const asked = (props: Partial<ControllerPolicyProps>) =>
      policy(props).resource("aws_iam_policy", "policy_iam_integration").lifecycle as unknown;
    expect(asked({})).toBeUndefined();
    const { precondition } = asked({ nodeRoleArns: variableList("roles") }) as {
      precondition: { condition: string; error_message: string }[];
    };
    const data = (json: string): Scope => ({
      data: { aws_iam_policy_document: { policy_iam_integration_document: { json } } },
    });
    const fits = `{ "a":\n"${"x".repeat(6_144 - 6)}"}`.slice(0, 6_146);
    expect(evaluate(precondition[0].condition, data(fits))).toBe(true);
    expect(evaluate(precondition[0].condition, data(`${fits}x`))).toBe(false);
    expect(evaluate(precondition[0].error_message, data(`${fits}x`))).toContain(
      '"nodeRoleArns" makes the policy "iam-integration" 6145 characters long',
    );
  });

  test("refuses to pass no role, and a role by its name", () => {
    expect(problems({ nodeRoleArns: [] })).toEqual([
      '"nodeRoleArns" has 0 items, but must have 1 to 20; give the ARN of each role that nodes run as',
    ]);
    expect(problems({ nodeRoleArns: ["nodes"] })).toEqual([
      expect.stringContaining('"nodeRoleArns[0]" is "nodes", but must be the ARN of an IAM role'),
    ]);
  });
});
