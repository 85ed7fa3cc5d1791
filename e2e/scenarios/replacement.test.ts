/** What Terraform has to replace is replaced so that the cluster keeps working. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { DescribeAccessEntryCommand, type AccessEntry } from "@aws-sdk/client-eks";
import { GetRoleCommand } from "@aws-sdk/client-iam";

import type { Network } from "../cloud/network";
import type { Plan, ResourceChange, Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { clusterOf, profileOf, roleOf } from "../support/find";

const NODES = `
module "nodes" {
  source       = "./karpenter/modules/node-identity"
  cluster_name = "prod"
}
`;

const FARGATE = `
variable "subnet_ids" { type = list(string) }
variable "namespace" { type = string }

module "fargate" {
  source       = "./karpenter/modules/fargate-profile"
  cluster_name = "prod"
  subnet_ids   = var.subnet_ids
  selectors    = [{ namespace = var.namespace }]
}
`;

const POLICY = `
resource "aws_iam_policy" "own" {
  name   = "own"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}
`;

/** A policy of the user's own on the nodes' role, by a name. */
const attachedAs = (name: string): string => `${POLICY}
module "nodes" {
  source              = "./karpenter/modules/node-identity"
  cluster_name        = "named"
  create_access_entry = false
  additional_policies = { ${name} = aws_iam_policy.own.arn }
}
`;

/** What docs/roles.md has for another name. */
const MOVED = `
moved {
  from = module.nodes.aws_iam_role_policy_attachment.node_additional["before"]
  to   = module.nodes.aws_iam_role_policy_attachment.node_additional["after"]
}
`;

const PATH = `
variable "subnet_ids" { type = list(string) }
variable "iam_path" { type = string }
variable "accepted_change" {
  type    = string
  default = null
}

module "fargate" {
  source       = "./karpenter/modules/fargate-profile"
  cluster_name = "prod"
  name_prefix  = "path"
  subnet_ids   = var.subnet_ids
  iam_path     = var.iam_path
}

module "nodes" {
  source          = "./karpenter/modules/node-identity"
  cluster_name    = "prod"
  name_prefix     = "path"
  iam_path        = var.iam_path
  accepted_change = var.accepted_change
}
`;

/** A resource of the caller's that a change replaces, and a profile in its subnets. */
const AFTER_NETWORK = `
variable "zone" { type = string }
variable "subnet_ids" { type = list(string) }

resource "terraform_data" "network" {
  triggers_replace = var.zone
  input            = var.subnet_ids
}

resource "terraform_data" "beside" { triggers_replace = var.zone }

module "fargate" {
  source       = "./karpenter/modules/fargate-profile"
  cluster_name = "prod"
  subnet_ids   = terraform_data.network.output
  selectors    = [{ namespace = "beside" }]
}
`;

/** A change of the cluster, of a tag for example, and modules that wait for the whole cluster. */
const AFTER_CLUSTER = `
variable "cluster" { type = string }
variable "subnet_ids" { type = list(string) }

resource "terraform_data" "cluster" { input = var.cluster }

module "nodes" {
  source       = "./karpenter/modules/node-identity"
  cluster_name = "late"
  depends_on   = [terraform_data.cluster]
}

module "fargate" {
  source       = "./karpenter/modules/fargate-profile"
  cluster_name = "late"
  subnet_ids   = var.subnet_ids
  depends_on   = [terraform_data.cluster]
}
`;

describe("a replacement", () => {
  let account: Account;
  let network: Network;
  const requests: string[] = [];

  const changesOf = (plan: Plan, type: string): ResourceChange["change"]["actions"][] =>
    (plan.json.resource_changes ?? []).filter((item) => item.type === type).map((item) => item.change.actions);

  beforeAll(async () => {
    account = await Account.open((line) => requests.push(line));
    network = await account.network({ clusterName: "prod", subnets: 3 });
  });

  afterAll(async () => {
    await account?.close();
  });

  describe("of the nodes' role under the same name", () => {
    const role = ["module.nodes.aws_iam_role.node[0]"];
    const RoleName = "prod-karpenter-node";
    let nodes: Terraform;
    let entryBefore: AccessEntry | undefined;
    let roleIdBefore: string | undefined;

    const roleId = async (): Promise<string | undefined> =>
      (await account.clients.iam.send(new GetRoleCommand({ RoleName }))).Role?.RoleId;
    const entry = async (): Promise<AccessEntry | undefined> => {
      const principalArn = `arn:aws:iam::${network.accountId}:role/${RoleName}`;
      const described = await account.clients.eks.send(
        new DescribeAccessEntryCommand({ clusterName: "prod", principalArn }),
      );
      return described.accessEntry;
    };

    beforeAll(async () => {
      nodes = await account.root(NODES);
      await nodes.apply();
      [entryBefore, roleIdBefore] = [await entry(), await roleId()];
      await nodes.apply({}, role);
    });

    it("gives the role another unique id, to which EKS binds entries", async () => {
      expect(await roleId()).not.toBe(roleIdBefore);
    });

    it("replaces the access entry, for the old one lets nobody in", async () => {
      expect((await entry())?.accessEntryArn).not.toBe(entryBefore?.accessEntryArn);
    });

    it("keeps the entry's principal and type", async () => {
      const { principalArn, type } = entryBefore ?? {};
      expect(await entry()).toMatchObject({ principalArn, type });
    });

    it("gives the new role its policies in the same apply", async () => {
      expect(roleOf(await account.inventory(), RoleName).attachedPolicies).toHaveLength(4);
    });

    it("puts the new role into the instance profile in the same apply", async () => {
      expect(profileOf(await account.inventory(), "prod-karpenter-instance-profile").roles).toEqual([RoleName]);
    });

    it("has nothing to do afterwards", async () => {
      expect(await nodes.isPlanEmpty()).toBe(true);
    });
  });

  describe("of a role's policies", () => {
    let root: Terraform;
    let plan: Plan;

    const attached = async (name: string): Promise<number> =>
      roleOf(await account.inventory(), name).attachedPolicies.length;

    beforeAll(async () => {
      const { subnetIds: subnet_ids } = await account.network({ clusterName: "late", subnets: 2 });
      root = await account.root(AFTER_CLUSTER);
      await root.apply({ cluster: "before", subnet_ids });
      plan = await root.plan({ cluster: "after", subnet_ids });
      await root.apply({ cluster: "after", subnet_ids });
    });

    it("is not planned when something changes that the whole module waits for", () => {
      const actions = changesOf(plan, "aws_iam_role_policy_attachment");
      expect(actions).toHaveLength(6);
      expect(actions.flat()).toEqual(Array(6).fill("no-op"));
    });

    it("leaves the roles what they have", async () => {
      expect(await attached("late-karpenter-node")).toBe(4);
      expect(await attached("late-karpenter-fargate")).toBe(2);
    });
  });

  describe("of the name of a user's policy", () => {
    it("touches nothing with a moved block, and would detach and attach the policy at once without it", async () => {
      let file = "";
      const root = await account.rootOf((folder) => {
        file = join(folder, "main.tf");
        return writeFile(file, attachedAs("before"));
      });
      await root.apply();
      await writeFile(file, attachedAs("after"));
      const actions = changesOf(await root.plan(), "aws_iam_role_policy_attachment").flat();
      expect(actions.filter((action) => action !== "no-op").sort()).toEqual(["create", "delete"]);
      await writeFile(file, attachedAs("after") + MOVED);
      expect((await root.plan()).changes).toBe(0);
      await root.apply();
      const { attachedPolicies } = roleOf(await account.inventory(), "named-karpenter-node");
      expect(attachedPolicies).toContain(`arn:aws:iam::${network.accountId}:policy/own`);
      expect(await root.isPlanEmpty()).toBe(true);
    });
  });

  describe("of roles by another path", () => {
    it("is refused where nodes may run, and where they need not be spared all of it is made in one apply", async () => {
      const root = await account.root(PATH);
      const variables = (iam_path: string, accepted?: string): Record<string, unknown> => ({
        iam_path,
        subnet_ids: network.subnetIds,
        ...(accepted === undefined ? {} : { accepted_change: accepted }),
      });
      await root.apply(variables("/"));
      expect(await root.planErrors(variables("/platform/"))).toContain(
        "this plan takes the role or the instance profile from nodes that run: they are of " +
          '{"instance_profile":"path-karpenter-instance-profile","role":"/path-karpenter-node","role_of":"this module"}',
      );
      const after = variables("/platform/", "no node runs here");
      await root.apply(after);
      const found = await account.inventory();
      const roles = found.roles.filter(({ name }) => name.startsWith("path-"));
      expect(roles.map(({ name, path }) => [name, path]).sort()).toEqual([
        [expect.stringMatching(/^path-karpenter-fargate-[0-9a-f]{8}$/), "/platform/"],
        ["path-karpenter-node", "/platform/"],
      ]);
      expect(roles.map(({ attachedPolicies }) => attachedPolicies.length).sort()).toEqual([2, 4]);
      expect(profileOf(found, "path-karpenter-instance-profile").roles).toEqual(["path-karpenter-node"]);
      expect(await root.isPlanEmpty(after)).toBe(true);
      expect(await root.planErrors(variables("/", "no node runs here"))).toContain("from nodes that run");
      await root.destroy(after);
    });
  });

  describe("of what the Fargate profile depends on", () => {
    it("makes the new one first, which docs/troubleshooting.md says, and leaves other resources their own order", async () => {
      const root = await account.root(AFTER_NETWORK);
      await root.apply({ zone: "a", subnet_ids: network.subnetIds });
      const plan = await root.plan({ zone: "b", subnet_ids: network.subnetIds });
      const actionsOf = (name: string) =>
        plan.json.resource_changes?.find(({ address }) => address === `terraform_data.${name}`)?.change.actions;
      expect(actionsOf("network")).toEqual(["create", "delete"]);
      expect(actionsOf("beside")).toEqual(["delete", "create"]);
      await root.destroy({ zone: "a", subnet_ids: network.subnetIds });
    });
  });

  describe("of the Fargate profile", () => {
    let fargate: Terraform;
    let plan: Plan;
    let nameBefore: string | undefined;
    let reordered: boolean;

    const variables = (namespace: string): Record<string, unknown> => ({ namespace, subnet_ids: network.subnetIds });
    const profileNames = async (): Promise<string[]> =>
      clusterOf(await account.inventory(), "prod").fargateProfiles.map((profile) => profile.name);
    /** Requests that made or removed a profile, in order, without their timestamps. */
    const profileRequests = (): string[] =>
      requests.flatMap(
        (line) => /"((?:POST|DELETE) \/clusters\/prod\/fargate-profiles[^ ]*)/.exec(line)?.slice(1) ?? [],
      );

    beforeAll(async () => {
      fargate = await account.root(FARGATE);
      await fargate.apply(variables("karpenter"));
      [nameBefore] = await profileNames();
      reordered = await fargate.isPlanEmpty({
        ...variables("karpenter"),
        subnet_ids: [...network.subnetIds].reverse(),
      });
      plan = await fargate.plan(variables("kube-system"));
      requests.length = 0;
      await fargate.apply(variables("kube-system"));
    });

    it("is not planned when the subnets come in another order", () => {
      expect(reordered).toBe(true);
    });

    it("is planned when the selectors change, the new one first", () => {
      expect(changesOf(plan, "aws_eks_fargate_profile")).toEqual([["create", "delete"]]);
    });

    it("touches nothing else", () => {
      expect(plan.changes).toBe(1);
    });

    it("makes the new profile before the old one goes", async () => {
      expect(profileRequests()).toEqual([
        "POST /clusters/prod/fargate-profiles",
        `DELETE /clusters/prod/fargate-profiles/${nameBefore}`,
      ]);
    });

    it("leaves the new profile alone in the cluster", async () => {
      const profiles = clusterOf(await account.inventory(), "prod").fargateProfiles;
      expect(profiles.map((profile) => profile.selectors)).toEqual([[{ namespace: "kube-system", labels: {} }]]);
    });

    it("has nothing to do afterwards", async () => {
      expect(await fargate.isPlanEmpty(variables("kube-system"))).toBe(true);
    });
  });
});
