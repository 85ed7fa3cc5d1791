import type { Fields } from "../../../../lib/terraform/known-values";
import type { Existing } from "../../../../cli/import/existing/existing";
import { existingOf, importBlocks, importCommands } from "../../../../cli/import/existing/existing";
import type { Planned } from "../../../../cli/import/existing/plan";
import { plannedIn } from "../../../../cli/import/existing/plan";
import { NoKubernetes } from "../../../../cli/kubernetes/none";
import type { AwsClients } from "../../../../cli/aws/clients";

const ROLE_ARN = "arn:aws:iam::123456789012:role/prod-karpenter-node";
const planned = (type: string, values: Fields, replaces?: Planned["replaces"]): Planned => ({
  address: `module.karpenter.${type}.it`,
  type,
  values,
  ...(replaces === undefined ? {} : { replaces }),
});

const ROLE = planned("aws_iam_role", { name: "prod-karpenter-node" });
const QUEUE = planned("aws_sqs_queue", { name: "prod-karpenter" });
const PROFILE = {
  fargateProfileName: "karpenter-1a2b",
  podExecutionRoleArn: ROLE_ARN,
  subnets: ["subnet-2", "subnet-1"],
  selectors: [{ namespace: "karpenter", labels: { app: "karpenter" } }],
  status: "ACTIVE",
};
const FARGATE = {
  cluster_name: "prod",
  subnet_ids: ["subnet-1", "subnet-2"],
  selector: [{ namespace: "karpenter", labels: { app: "karpenter" } }],
};

function missing(): never {
  throw Object.assign(new Error("not found"), { name: "ResourceNotFoundException" });
}

/** An account that has the role, its access entry and a Fargate profile, and no queue. */
function account({
  profile = PROFILE,
  roles = [ROLE_ARN],
}: { profile?: object; roles?: readonly string[] } = {}): AwsClients {
  const ofName = (arns: readonly string[], name: string) => arns.find((arn) => arn.endsWith(`/${name}`));
  return {
    sts: { getCallerIdentity: async () => ({ Account: "123456789012", Arn: "arn:aws:sts::123456789012:user/me" }) },
    iam: {
      getRole: async ({ RoleName }: { RoleName: string }) => {
        const Arn = ofName(roles, RoleName);
        return Arn === undefined ? missing() : { Role: { Arn } };
      },
    },
    sqs: { getQueueUrl: async () => missing() },
    eks: {
      describeAccessEntry: async ({ principalArn }: { principalArn: string }) =>
        principalArn === ROLE_ARN ? { accessEntry: {} } : missing(),
      listFargateProfiles: async () => ({ fargateProfileNames: ["karpenter-1a2b"] }),
      describeFargateProfile: async () => ({ fargateProfile: profile }),
    },
  } as unknown as AwsClients;
}

const look = (objects: readonly Planned[], aws = account()): Promise<Existing> =>
  existingOf(objects, { aws, kubernetes: new NoKubernetes() });

describe("what a plan would make", () => {
  test("is read of a plan, and of nothing else", () => {
    const change = (actions: readonly string[], more: object = {}) => ({
      address: "aws_iam_role.node",
      type: "aws_iam_role",
      mode: "managed",
      change: { actions, before: null, after: { name: "node" }, ...more },
    });
    const plan = {
      resource_changes: [
        change(["create"]),
        change(["update"]),
        change(["create", "delete"], { before: { id: "old" } }),
      ],
    };
    expect(plannedIn(JSON.stringify(plan))).toEqual([
      { address: "aws_iam_role.node", type: "aws_iam_role", values: { name: "node" } },
      {
        address: "aws_iam_role.node",
        type: "aws_iam_role",
        values: { name: "node" },
        replaces: { id: "old", goesLast: true },
      },
    ]);
    expect(plannedIn('{"values": {}}')).toBeUndefined();
    expect(plannedIn("no JSON")).toBeUndefined();
  });
});

describe("an object that is there already", () => {
  test("is imported, and one that is not there is made", async () => {
    const { existing, findings } = await look([ROLE, QUEUE]);
    expect(existing).toEqual([{ address: ROLE.address, id: "prod-karpenter-node" }]);
    expect(findings).toEqual([]);
    expect(importBlocks(existing)).toBe(
      'import {\n  to = module.karpenter.aws_iam_role.it\n  id = "prod-karpenter-node"\n}\n',
    );
    expect(importCommands(existing)).toEqual([
      "terraform import 'module.karpenter.aws_iam_role.it' 'prod-karpenter-node'",
    ]);
  });

  test("is found by its role, where the plan does not know its name yet", async () => {
    const { existing } = await look([
      ROLE,
      planned("aws_eks_access_entry", { cluster_name: "prod" }),
      planned("aws_eks_fargate_profile", FARGATE),
    ]);
    expect(existing.map(({ id }) => id)).toEqual(["prod-karpenter-node", `prod:${ROLE_ARN}`, "prod:karpenter-1a2b"]);
  });

  test("is not a Fargate profile of other subnets, pods or another role", async () => {
    for (const other of [
      { subnets: ["subnet-1"] },
      { selectors: [{ namespace: "karpenter" }] },
      { podExecutionRoleArn: "another" },
    ]) {
      const aws = account({ profile: { ...PROFILE, ...other } });
      expect((await look([ROLE, planned("aws_eks_fargate_profile", FARGATE)], aws)).existing).toHaveLength(1);
    }
  });

  test("is named with what removes it, where it was to replace one that the state has", async () => {
    const again = planned(
      "aws_eks_fargate_profile",
      { ...FARGATE, fargate_profile_name: "karpenter-1a2b" },
      { id: "prod:karpenter-0f0f", goesLast: true },
    );
    const { existing, findings } = await look([again]);
    expect(existing).toEqual([]);
    expect(findings.map(({ severity, text }) => `${severity}: ${text}`)).toEqual([
      "error: prod:karpenter-1a2b stands in the way: it was made to replace prod:karpenter-0f0f, which the state has. " +
        "Run this, and apply again: aws eks delete-fargate-profile --cluster-name prod --fargate-profile-name karpenter-1a2b",
    ]);
  });

  test("is not the one that the state has itself", async () => {
    const { existing, findings } = await look([
      planned("aws_iam_role", { name: "prod-karpenter-node" }, { id: "prod-karpenter-node", goesLast: false }),
    ]);
    expect({ existing, findings }).toEqual({ existing: [], findings: [] });
  });

  test("is kept, where Terraform would make it anew before it removes it", async () => {
    const tainted = planned(
      "aws_iam_role",
      { name: "prod-karpenter-node" },
      { id: "prod-karpenter-node", goesLast: true },
    );
    expect((await look([tainted])).findings[0]?.text).toContain("terraform untaint 'module.karpenter.aws_iam_role.it'");
  });

  test("is named, where AWS did not come to an end with it", async () => {
    const aws = account({ profile: { ...PROFILE, status: "CREATE_FAILED" } });
    const { findings } = await look(
      [planned("aws_eks_fargate_profile", { ...FARGATE, fargate_profile_name: "karpenter-1a2b" })],
      aws,
    );
    expect(findings[0]?.text).toContain("stands in the way: it is CREATE_FAILED");
  });

  test("is said not to be looked for, where nobody can", async () => {
    const { findings } = await look([
      planned("helm_release", { name: "karpenter", namespace: "karpenter" }),
      planned("aws_cloudwatch_log_group", { name: "/aws/eks/prod/fargate" }),
    ]);
    expect(findings.map(({ severity, text }) => `${severity}: ${text}`)).toEqual([
      "warning: could not be looked for: the cluster is not asked; give --kubeconfig, or --cluster-name",
      "warning: is not looked for; where the apply says that it exists: terraform import 'module.karpenter.aws_cloudwatch_log_group.it' '/aws/eks/prod/fargate'",
    ]);
  });
});
