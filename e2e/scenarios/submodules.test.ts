/** Each submodule alone, from a small root of its own: a user may want one part and nothing else. */
import type { Inventory } from "../cloud/inventory";
import type { Network } from "../cloud/network";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import {
  clusterOf,
  irsaTrust,
  permissionsOf,
  policyOf,
  profileOf,
  queueOf,
  roleOf,
  serviceTrust,
  sids,
  statementOf,
} from "../support/find";

type Part = "controller-identity" | "fargate-profile" | "node-identity" | "interruption-queue" | "discovery-tags";

/** A root that calls one submodule for the cluster `prod`. */
const call = (part: Part, inputs: Readonly<Record<string, unknown>> = {}): string => {
  const lines = Object.entries(inputs).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
  return [`module "this" {`, `  source = "./karpenter/modules/${part}"`, `  cluster_name = "prod"`, ...lines, "}"]
    .concat(part === "discovery-tags" ? [] : [`output "this" { value = module.this }`])
    .join("\n");
};

describe("a submodule alone", () => {
  let account: Account;
  let network: Network;
  let before: string[];
  let roots: Record<Part, Terraform>;
  let withoutQueue: Terraform;
  let found: Inventory;

  const NODE_ROLE = "arn:aws:iam::123456789012:role/nodes";
  const each = (work: (root: Terraform) => Promise<void>): Promise<unknown> =>
    Promise.all(Object.values(roots).map(work));
  const outputOf = async (part: Part): Promise<unknown> => (await roots[part].output()).this;

  beforeAll(async () => {
    account = await Account.open();
    network = await account.network({ clusterName: "prod" });
    before = await account.resources();
    const { oidcProviderArn, subnetIds, securityGroupIds } = network;
    const identity = { oidc_provider_arn: oidcProviderArn, node_role_arns: [NODE_ROLE] };
    withoutQueue = await account.root(call("controller-identity", identity));
    roots = {
      "controller-identity": await account.root(
        call("controller-identity", { ...identity, interruption_handling: false }),
      ),
      "fargate-profile": await account.root(call("fargate-profile", { subnet_ids: subnetIds })),
      "node-identity": await account.root(call("node-identity")),
      "interruption-queue": await account.root(call("interruption-queue")),
      "discovery-tags": await account.root(
        call("discovery-tags", {
          discovery_subnet_ids: { a: subnetIds[0], b: subnetIds[1] },
          discovery_security_group_ids: { nodes: securityGroupIds[0] },
        }),
      ),
    };
    await each((root) => root.apply());
    found = await account.inventory();
  });

  afterAll(async () => {
    await account?.close();
  });

  describe("controller-identity", () => {
    it("makes a role for the cluster's service account", () => {
      expect(roleOf(found, "prod-karpenter-controller").trust).toEqual(irsaTrust(network.oidcProviderArn));
    });

    it("has no policy for a queue where interruptions are not handled", () => {
      const actions = permissionsOf(found, "prod-karpenter-controller").Statement.flatMap(({ Action }) => Action);
      expect(actions.filter((action) => action.startsWith("sqs:"))).toEqual([]);
    });

    it("asks for the queue where interruptions are handled", async () => {
      expect(await withoutQueue.planErrors()).toContain(
        '"interruption_queue_arn" is null, but must be given while "interruption_handling" is true; ' +
          'give the ARN of the interruption queue, or set "interruption_handling" to false',
      );
    });

    it("lets the controller pass the given role", () => {
      const document = permissionsOf(found, "prod-karpenter-controller");
      expect(statementOf(document, "AllowPassingInstanceRole").Resource).toEqual([NODE_ROLE]);
    });

    it("tells the role", async () => {
      expect(await outputOf("controller-identity")).toMatchObject({
        controller_role_arn: roleOf(found, "prod-karpenter-controller").arn,
        controller_role_name: "prod-karpenter-controller",
        pod_identity_association_id: null,
      });
    });
  });

  describe("fargate-profile", () => {
    it("makes a profile for Karpenter's pods with a role of its own", () => {
      const profiles = clusterOf(found, "prod").fargateProfiles;
      expect(profiles).toEqual([
        expect.objectContaining({
          selectors: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
          podExecutionRoleArn: roleOf(found, "prod-karpenter-fargate").arn,
        }),
      ]);
    });

    it("tells the profile and the role", async () => {
      const [profile] = clusterOf(found, "prod").fargateProfiles;
      expect(await outputOf("fargate-profile")).toMatchObject({
        fargate_profile_name: profile?.name,
        fargate_profile_arn: profile?.arn,
        pod_execution_role_arn: profile?.podExecutionRoleArn,
        pod_execution_role_name: "prod-karpenter-fargate",
      });
    });
  });

  describe("node-identity", () => {
    it("makes a role for EC2 and its instance profile", () => {
      expect(roleOf(found, "prod-karpenter-node").trust).toEqual(
        serviceTrust("AssumeRoleByNodes", "ec2.amazonaws.com"),
      );
      expect(profileOf(found, "prod-karpenter-instance-profile").roles).toEqual(["prod-karpenter-node"]);
    });

    it("lets the nodes join", () => {
      const entries = clusterOf(found, "prod").accessEntries;
      expect(entries.map(({ principalArn, type }) => ({ principalArn, type }))).toEqual([
        { principalArn: roleOf(found, "prod-karpenter-node").arn, type: "EC2_LINUX" },
      ]);
    });

    it("tells the role and the profile", async () => {
      expect(await outputOf("node-identity")).toMatchObject({
        node_role_name: "prod-karpenter-node",
        instance_profile_name: "prod-karpenter-instance-profile",
        aws_auth_role: {
          rolearn: roleOf(found, "prod-karpenter-node").arn,
          username: "system:node:{{EC2PrivateDNSName}}",
          groups: ["system:bootstrappers", "system:nodes"],
        },
      });
    });
  });

  describe("interruption-queue", () => {
    it("makes a queue with its rules", () => {
      const { arn, policy } = queueOf(found, "prod-karpenter");
      expect(policy && sids(policy).sort()).toEqual(["AllowEventBridgeRules", "DenyHTTP"]);
      expect(found.eventRules.map((rule) => rule.targets.map((target) => target.arn))).toEqual(Array(5).fill([arn]));
    });

    it("tells the queue", async () => {
      const { arn, name } = queueOf(found, "prod-karpenter");
      expect(await outputOf("interruption-queue")).toMatchObject({
        interruption_queue_arn: arn,
        interruption_queue_name: name,
      });
    });
  });

  describe("discovery-tags", () => {
    it("tags the subnets and the security group, and leaves their other tags alone", () => {
      const tagged = [...found.subnets, ...found.securityGroups].map((item) => item.tags);
      expect(tagged).toEqual(
        ["prod-private-0", "prod-private-1", "prod-nodes"].map((Name) => ({ Name, "karpenter.sh/discovery": "prod" })),
      );
    });
  });

  it("has nothing to do on a second plan", async () => {
    const empty = await Promise.all(Object.values(roots).map((root) => root.isPlanEmpty()));
    expect(empty).toEqual(Array(5).fill(true));
  });

  it("leaves nothing behind when it is destroyed", async () => {
    await each((root) => root.destroy());
    expect(await account.resources()).toEqual(before);
  });
});

describe("submodules whose release of Karpenter is changed", () => {
  const OLD = "1.3.8";
  const NEW = "1.14.3";
  let account: Account;
  let root: Terraform;

  beforeAll(async () => {
    account = await Account.open();
    const { oidcProviderArn } = await account.network({ clusterName: "prod" });
    const part = (name: Part, inputs: Readonly<Record<string, unknown>> = {}) =>
      [
        `module "${name}" {`,
        `  source            = "./karpenter/modules/${name}"`,
        `  cluster_name      = "prod"`,
        `  karpenter_version = var.release`,
        ...Object.entries(inputs).map(([key, value]) => `  ${key} = ${JSON.stringify(value)}`),
        "}",
      ].join("\n");
    const identity = {
      oidc_provider_arn: oidcProviderArn,
      node_role_arns: ["arn:aws:iam::123456789012:role/nodes"],
      interruption_handling: false,
      controller_policy_form: "${var.form}",
    };
    root = await account.root(
      [
        `variable "release" { type = string }`,
        `variable "form" { default = "managed" }`,
        part("controller-identity", identity),
        part("node-identity"),
        part("interruption-queue"),
      ].join("\n"),
    );
    await root.apply({ release: OLD });
  });

  afterAll(async () => {
    await account?.close();
  });

  it("have what the old one needs", async () => {
    const found = await account.inventory();
    const discovery = policyOf(found, "prod-karpenter-resource-discovery").document;
    expect(sids(discovery).sort()).toEqual([
      "AllowInstanceProfileReadActions",
      "AllowPricingReadActions",
      "AllowRegionalReadActions",
      "AllowSSMReadActions",
    ]);
    const { Action } = statementOf(discovery, "AllowRegionalReadActions");
    expect(Action).toContain("ec2:DescribeCapacityReservations");
    expect(Action).not.toContain("ec2:DescribePlacementGroups");
    const { Resource } = statementOf(
      policyOf(found, "prod-karpenter-node-lifecycle").document,
      "AllowScopedEC2InstanceActionsWithTags",
    );
    expect(JSON.stringify(Resource)).toContain("capacity-reservation");
    expect(found.policies.map(({ name }) => name)).not.toContain("prod-karpenter-zonal-shift");
    expect(found.eventRules).toHaveLength(4);
    expect(await root.isPlanEmpty({ release: OLD })).toBe(true);
  });

  it("get what the new one needs, in place", async () => {
    const { json } = await root.plan({ release: NEW });
    const changes = (json.resource_changes ?? []).filter(({ change }) => change.actions.join() !== "no-op");
    const by = (actions: string) =>
      changes
        .filter(({ change }) => change.actions.join() === actions)
        .map(({ address }) => address.replace(/^.*\.(\w+)(\[0\])?$/, "$1"))
        .sort();
    expect(by("create")).toEqual([
      "controller_policy_zonal_shift",
      "controller_zonal_shift",
      "interruption_capacity_reservation_interruption",
      "interruption_capacity_reservation_interruption_target",
      "node_amazon_ec2_container_registry_pull_only",
    ]);
    expect(by("delete")).toEqual(["node_amazon_ec2_container_registry_read_only"]);
    expect(by("update")).toEqual([
      "controller_policy_node_lifecycle",
      "controller_policy_resource_discovery",
      "interruption",
    ]);
    expect(changes.some(({ change }) => change.actions.length > 1)).toBe(false);
  });

  it("have it after one apply, and nothing more to do", async () => {
    await root.apply({ release: NEW });
    const found = await account.inventory();
    expect(found.policies.map(({ name }) => name)).toContain("prod-karpenter-zonal-shift");
    expect(found.eventRules).toHaveLength(5);
    expect(await root.isPlanEmpty({ release: NEW })).toBe(true);
  });

  it("turn managed policies into an inline one without a moment without permissions", async () => {
    const actionsTo = async (form: string) => {
      const { json } = await root.plan({ release: NEW, form });
      return new Set(
        (json.resource_changes ?? []).map(({ change }) => change.actions.join()).filter((it) => it !== "no-op"),
      );
    };
    const controller = async () => roleOf(await account.inventory(), "prod-karpenter-controller");
    const managed = (await account.inventory()).policies.flatMap(({ document }) => sids(document)).sort();
    expect(await actionsTo("both")).toEqual(new Set(["create"]));
    await root.apply({ release: NEW, form: "both" });
    const { inlinePolicies, attachedPolicies } = await controller();
    expect(sids(inlinePolicies.karpenter.document).sort()).toEqual(managed);
    expect(attachedPolicies).toHaveLength(5);
    expect(await actionsTo("inline")).toEqual(new Set(["delete"]));
    await root.apply({ release: NEW, form: "inline" });
    expect((await controller()).attachedPolicies).toEqual([]);
    expect(Object.keys((await controller()).inlinePolicies)).toEqual(["karpenter"]);
  });
});
