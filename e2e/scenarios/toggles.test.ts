/** Each part of the root module switched off, or replaced by one that the user owns; many clusters in one account. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Inventory, RoleItem } from "../cloud/inventory";
import type { Network } from "../cloud/network";
import type { Terraform, TerraformVariables } from "../cloud/terraform";
import { parsePolicy } from "../cloud/policy-document";
import { Account } from "../support/account";
import {
  clusterOf,
  irsaTrust,
  permissionsOf,
  policyOf,
  profileOf,
  queueOf,
  roleOf,
  sids,
  statementOf,
} from "../support/find";
import { CLUSTERS, clusterVariables, LONG_A, LONG_B, makeClusters, type Call } from "../support/toggle-clusters";

describe("the root module", () => {
  let account: Account;
  let terraform: Terraform;
  let variables: TerraformVariables;
  let before: string[];
  let found: Inventory;
  let made: Record<Call, Readonly<Record<string, unknown>>>;
  let keyArn: string;
  let parameterArn: string;
  let networks: ReadonlyMap<Call, Network>;

  const inlinePolicies = () =>
    found.roles.flatMap(({ inlinePolicies }) => ("karpenter" in inlinePolicies ? [inlinePolicies.karpenter] : []));
  const ownRole = (name: string): string => `arn:aws:iam::123456789012:role/theirs/own-${name}`;
  const subnetsOf = (call: Call): readonly string[] => networks.get(call)?.subnetIds ?? [];
  /** Names of the roles, policies and profiles made for a cluster. */
  const iamNames = (call: Call): string[] =>
    [...found.roles, ...found.policies, ...found.instanceProfiles]
      .map((item) => item.name)
      .filter((name) => name.startsWith(`${CLUSTERS[call]}-karpenter`));

  beforeAll(async () => {
    account = await Account.open();
    networks = await makeClusters(account);
    before = await account.resources();
    variables = clusterVariables(networks);
    terraform = await account.root(await readFile(join(__dirname, "fixtures/toggles/main.tf"), "utf8"));
    await terraform.apply(variables);
    found = await account.inventory();
    const outputs = await terraform.output();
    made = outputs.made as typeof made;
    keyArn = String(outputs.key_arn);
    parameterArn = String(outputs.parameter_arn);
  });

  afterAll(async () => {
    await account?.close();
  });

  describe("with a controller role of the user's own", () => {
    it("makes neither a controller role nor its policies", () => {
      expect(iamNames("own_controller").sort()).toEqual([
        "own-controller-karpenter-fargate",
        "own-controller-karpenter-node",
      ]);
    });

    it("names that role in the Helm values", () => {
      expect(made.own_controller.helm_values).toContain(`"eks.amazonaws.com/role-arn": "${ownRole("controller")}"`);
    });
  });

  describe("with a pod execution role of the user's own", () => {
    it("runs the Fargate profile with it", () => {
      const [profile] = clusterOf(found, "own-parts").fargateProfiles;
      expect(profile?.podExecutionRoleArn).toBe(ownRole("fargate"));
    });

    it("makes none", () => {
      expect(iamNames("own_parts")).not.toContain("own-parts-karpenter-fargate");
    });

    it("attaches nothing to it", () => {
      expect(roleOf(found, "own-fargate").attachedPolicies).toEqual([]);
    });
  });

  describe("with a node role of the user's own", () => {
    it("makes the instance profile for it", () => {
      expect(profileOf(found, "own-parts-karpenter-instance-profile").roles).toEqual(["own-nodes"]);
    });

    it("makes the access entry for it", () => {
      const entries = clusterOf(found, "own-parts").accessEntries;
      expect(entries.map((entry) => entry.principalArn)).toEqual([ownRole("nodes")]);
    });

    it("lets the controller pass it and no other", () => {
      const document = permissionsOf(found, "own-parts-karpenter-controller");
      expect(statementOf(document, "AllowPassingInstanceRole").Resource).toEqual([ownRole("nodes")]);
    });

    it("attaches nothing to it", () => {
      expect(roleOf(found, "own-nodes").attachedPolicies).toEqual([]);
    });

    it("maps it without its path in aws-auth", () => {
      expect(made.own_parts.aws_auth_roles).toContainEqual(
        expect.objectContaining({ rolearn: "arn:aws:iam::123456789012:role/own-nodes" }),
      );
    });
  });

  describe("with an instance profile of the user's own", () => {
    it("makes none", () => {
      expect(iamNames("own_controller").filter((name) => name.endsWith("instance-profile"))).toEqual([]);
    });

    it("names it in the EC2NodeClass", () => {
      expect(made.own_controller.node_class_spec).toMatchObject({ instanceProfile: "theirs" });
    });
  });

  describe("with a queue of the user's own", () => {
    it("lets the controller read it", () => {
      const document = permissionsOf(found, "own-parts-karpenter-controller");
      expect(statementOf(document, "AllowInterruptionQueueActions").Resource).toEqual([
        queueOf(found, "own-queue").arn,
      ]);
    });

    it("makes no queue", () => {
      expect(found.queues.filter(({ name }) => name.startsWith("own-parts-"))).toEqual([]);
    });

    it("makes the rules onto it where asked, under the names that are given", () => {
      const own = found.eventRules.filter(({ targets }) =>
        targets.some(({ arn }) => arn === queueOf(found, "own-queue").arn),
      );
      expect(own).toHaveLength(5);
      expect(own.map(({ name }) => name)).toContain("theirs");
    });

    it("names it in the Helm values", () => {
      expect(made.own_parts.helm_values).toContain('"interruptionQueue": "own-queue"');
    });
  });

  describe("with a KMS key of the user's own", () => {
    it("encrypts the queue with it", () => {
      const { attributes } = queueOf(found, String(made.long_b.interruption_queue_name));
      expect(attributes).toMatchObject({ KmsMasterKeyId: keyArn, KmsDataKeyReusePeriodSeconds: "600" });
    });

    it("has the user's statements in its policy beside its own", () => {
      const { policy } = queueOf(found, String(made.long_b.interruption_queue_name));
      expect(policy && sids(policy)).toEqual(["DenyHTTP", "AllowEventBridgeRules", "Audit"]);
    });

    it("has an alarm where asked", () => {
      expect(made.long_b.interruption_queue_alarm_arn).toMatch(/-karpenter-interruption-queue$/);
      expect(made.long_a.interruption_queue_alarm_arn).toBeNull();
    });

    it("lets the controller decrypt with it", () => {
      const decrypts = inlinePolicies().flatMap(({ document }) =>
        document.Statement.filter(({ Sid }) => Sid === "AllowInterruptionQueueDecryption"),
      );
      expect(decrypts).toMatchObject([{ Action: ["kms:Decrypt"], Resource: [keyArn] }]);
    });
  });

  describe("with statements, policies and words of the user's own in its roles", () => {
    const named = (output: string): RoleItem => roleOf(found, String(made.long_b[output]));
    const controller = (): RoleItem => named("controller_role_name");
    const all = (): RoleItem[] => [controller(), named("node_role_name"), named("pod_execution_role_name")];

    it("asks more of who becomes the controller's role, and lets in whom it names", () => {
      const { trust } = controller();
      const [irsa] = irsaTrust(networks.get("long_b")?.oidcProviderArn ?? "").Statement;
      expect(sids(trust).sort()).toEqual([irsa?.Sid, "BreakGlass"]);
      expect(statementOf(trust, String(irsa?.Sid))).toEqual({
        ...irsa,
        Condition: { StringEquals: { ...irsa?.Condition?.StringEquals, "aws:SourceVpce": ["vpce-0a1b2c3d"] } },
      });
      expect(statementOf(trust, "BreakGlass")).toEqual({
        Sid: "BreakGlass",
        Effect: "Allow",
        Principal: { AWS: [ownRole("controller")] },
        Action: ["sts:AssumeRole"],
        Condition: { Bool: { "aws:MultiFactorAuthPresent": ["true"] } },
      });
    });

    it("has the statements beside Karpenter's own", () => {
      expect(controller().inlinePolicies.statements.document.Statement).toEqual([
        {
          Sid: "SmallNodesOnly",
          Effect: "Deny",
          Action: ["ec2:RunInstances"],
          Resource: ["arn:aws:ec2:*:*:instance/*"],
          Condition: { StringNotLike: { "ec2:InstanceType": ["m7*", "c7*"] } },
        },
      ]);
    });

    it("has the documents as they are, and the managed policies attached", () => {
      const { document } = policyOf(found, "own-logs");
      expect(all().map(({ inlinePolicies: { audit } }) => audit.document)).toEqual([document, document, document]);
      const attached = (role: RoleItem) => role.attachedPolicies.filter((arn) => arn.endsWith("/own-logs")).length;
      expect(all().map(attached)).toEqual([1, 1, 0]);
      expect(Object.keys(controller().inlinePolicies).sort()).toEqual(["audit", "karpenter", "statements"]);
    });

    it("says what each is for, and how long people may be the controller", () => {
      expect(all().map(({ description }) => description)).toEqual(["Starts nodes", "Nodes", "Pods"]);
      expect(controller().maxSessionDuration).toBe(7200);
    });

    it("lets the controller read the AMI parameters that are given and those that node classes name", () => {
      const document = controller().inlinePolicies.karpenter.document;
      const readable = document.Statement.filter(({ Action }) => Action.includes("ssm:GetParameter"));
      const resources = readable.flatMap(({ Resource = [] }) => Resource);
      expect(resources).toEqual(expect.arrayContaining([parameterArn, parameterArn.replace("eks", "eks-arm64")]));
    });

    it("lets EC2 use the keys of volumes for it, and tells what a key of another account has to say", () => {
      const document = controller().inlinePolicies.karpenter.document;
      const { accountId, region } = account.aws;
      const keys = [`arn:aws:kms:${region}:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, keyArn].sort();
      const ofKey = parsePolicy(String(made.long_b.ebs_kms_key_policy));
      for (const sid of ["AllowVolumeEncryption", "AllowVolumeEncryptionGrants"]) {
        const granted = statementOf(document, sid);
        expect([...(granted.Resource ?? [])].sort()).toEqual(keys);
        expect(granted.Condition?.StringEquals).toEqual({ "kms:ViaService": [`ec2.${region}.amazonaws.com`] });
        expect(statementOf(ofKey, sid)).toEqual({
          ...granted,
          Principal: { AWS: [controller().arn] },
          Resource: ["*"],
        });
      }
    });
  });

  it("with a log router that the cluster has lets pods on Fargate write to its log group, and makes none", () => {
    const { inlinePolicies } = roleOf(found, "fewest-karpenter-fargate");
    const { accountId, region } = account.aws;
    expect(inlinePolicies["fargate-logging"].document.Statement).toMatchObject([
      { Resource: [`arn:aws:logs:${region}:${accountId}:log-group:/theirs/fargate:*`] },
    ]);
    expect(found.logGroups).toEqual([]);
    expect(made.fewest.fargate_log_group_name).toBe("/theirs/fargate");
  });

  describe("with Pod Identity and the controller on nodes", () => {
    const role = "pod-identity-karpenter-controller";

    it("trusts the EKS Pod Identity Agent of this cluster", () => {
      const [statement] = roleOf(found, role).trust.Statement;
      const { accountId, region } = account.aws;
      expect(statement?.Principal).toEqual({ Service: ["pods.eks.amazonaws.com"] });
      expect(statement?.Condition).toEqual({
        StringEquals: { "aws:SourceAccount": [accountId] },
        ArnEquals: { "aws:SourceArn": [`arn:aws:eks:${region}:${accountId}:cluster/pod-identity`] },
      });
    });

    it("lets the agent assume the role and tag the session", () => {
      const [statement] = roleOf(found, role).trust.Statement;
      expect([...(statement?.Action ?? [])].sort()).toEqual(["sts:AssumeRole", "sts:TagSession"]);
    });

    it("associates the role with the controller's service account", () => {
      expect(clusterOf(found, "pod-identity").podIdentityAssociations).toEqual([
        expect.objectContaining({
          namespace: "karpenter",
          serviceAccount: "karpenter",
          roleArn: roleOf(found, role).arn,
        }),
      ]);
    });

    it("makes no Fargate profile", () => {
      expect(clusterOf(found, "pod-identity").fargateProfiles).toEqual([]);
    });

    it("annotates no service account", () => {
      expect(made.pod_identity.helm_values).not.toContain("eks.amazonaws.com/role-arn");
    });

    it("lets the controller's pods ask the cluster's DNS", () => {
      expect(made.pod_identity.helm_values).toContain('"dnsPolicy": "ClusterFirst"');
    });
  });

  describe("with instance profiles left to Karpenter", () => {
    it("makes none", () => {
      expect(iamNames("pod_identity").filter((name) => name.endsWith("instance-profile"))).toEqual([]);
    });

    it("lets Karpenter make, tag and delete its own", () => {
      const names = sids(permissionsOf(found, "pod-identity-karpenter-controller")).filter((sid) =>
        /Instance(Profile\w*|)(Role|Actions)$/.test(sid),
      );
      expect(names.sort()).toEqual([
        "AllowInstanceProfileReadActions",
        "AllowPassingInstanceRole",
        "AllowScopedInstanceProfileActions",
        "AllowScopedInstanceProfileCreationActions",
        "AllowScopedInstanceProfileTagActions",
      ]);
    });

    it("lets the controller pass the roles of other nodes too", () => {
      const document = permissionsOf(found, "pod-identity-karpenter-controller");
      expect([...(statementOf(document, "AllowPassingInstanceRole").Resource ?? [])].sort()).toEqual([
        roleOf(found, "pod-identity-karpenter-node").arn,
        ownRole("nodes"),
      ]);
    });

    it("names the role in the EC2NodeClass instead", () => {
      expect(made.pod_identity.node_class_spec).toEqual({
        role: "pod-identity-karpenter-node",
        subnetSelectorTerms: subnetsOf("pod_identity").map((id) => ({ id })),
        securityGroupSelectorTerms: networks.get("pod_identity")?.securityGroupIds.map((id) => ({ id })),
      });
    });
  });

  it("without an access entry tells what to map in the aws-auth ConfigMap", () => {
    expect(made.fewest).toMatchObject({
      access_entry_arn: null,
      aws_auth_roles: [
        {
          rolearn: roleOf(found, "fewest-karpenter-node").arn,
          username: "system:node:{{EC2PrivateDNSName}}",
          groups: ["system:bootstrappers", "system:nodes"],
        },
        {
          rolearn: roleOf(found, "fewest-karpenter-fargate").arn,
          username: "system:node:{{SessionName}}",
          groups: ["system:bootstrappers", "system:nodes", "system:node-proxier"],
        },
      ],
    });
  });

  describe("with the fewest permissions", () => {
    const attached = (name: string): string[] =>
      roleOf(found, name)
        .attachedPolicies.map((policy) => policy.replace(/^.*[/]/, ""))
        .sort();

    it("leaves what nodes do not need", () => {
      expect(attached("fewest-karpenter-node")).toEqual([
        "AmazonEC2ContainerRegistryPullOnly",
        "AmazonEKSWorkerNodePolicy",
      ]);
    });

    it("gives pods on Fargate what the user adds", () => {
      expect(attached("fewest-karpenter-fargate")).toEqual(["AmazonEKSFargatePodExecutionRolePolicy", "own-logs"]);
    });
  });

  it("lets the VPC CNI give IPv6 addresses in a cluster of IPv6", () => {
    const [node, pods] = [made.long_a.node_role_name, made.long_a.pod_execution_role_name].map((name) =>
      roleOf(found, String(name)),
    );
    for (const role of [node, pods]) {
      expect(role.attachedPolicies.join()).not.toContain("AmazonEKS_CNI_Policy");
      expect(JSON.stringify(role)).toContain("ec2:AssignIpv6Addresses");
    }
  });

  describe("without interruption handling", () => {
    it("makes no queue, no rules and no policy for them", () => {
      const names = [...found.queues, ...found.eventRules].map((item) => item.name);
      expect(names.filter((name) => name.startsWith("fewest-"))).toEqual([]);
      const actions = permissionsOf(found, "fewest-karpenter-controller").Statement.flatMap(({ Action }) => Action);
      expect(actions).toContain("ec2:CreateFleet");
      expect(actions.filter((action) => action.startsWith("sqs:"))).toEqual([]);
    });

    it("names no queue in the Helm values", () => {
      expect(made.fewest.interruption_queue_name).toBeNull();
    });
  });

  describe("with discovery tags", () => {
    it("tags what it is told to and nothing else", () => {
      const tagged = [...found.subnets, ...found.securityGroups].filter(
        (item) => "karpenter.sh/discovery" in item.tags,
      );
      expect(tagged.map((item) => item.id).sort()).toEqual(
        [subnetsOf("long_b")[0], networks.get("long_b")?.securityGroupIds[0]].sort(),
      );
    });
  });

  describe("with cluster names of 100 characters", () => {
    const names = (clusterName: string): string[] => [
      ...found.eventRules
        .filter((rule) => rule.targets.some((target) => target.arn === queueArn(clusterName)))
        .map((rule) => rule.name),
      ...clusterOf(found, clusterName).fargateProfiles.map((profile) => profile.name),
    ];
    const queueArn = (clusterName: string): unknown =>
      made[clusterName === LONG_A ? "long_a" : "long_b"].interruption_queue_arn;

    it.each([
      ["roles and rules", 64, () => [...found.roles, ...found.eventRules]],
      ["Fargate profiles", 63, () => found.clusters.flatMap((cluster) => cluster.fargateProfiles)],
      ["queues", 80, () => found.queues],
      ["instance profiles", 128, () => found.instanceProfiles],
    ] as const)("keeps the names of %s within AWS's %i characters", (_, limit, items) => {
      expect(Math.max(...items().map((item) => item.name.length))).toBeLessThanOrEqual(limit);
    });

    it("keeps every policy below IAM's quota", () => {
      expect(Math.max(...inlinePolicies().map(({ size }) => size))).toBeLessThan(10_240);
    });

    it("gives two clusters whose names begin alike rules and profiles of their own", () => {
      const [a, b] = [names(LONG_A), names(LONG_B)];
      expect([a.length, b.length, new Set([...a, ...b]).size]).toEqual([6, 6, 12]);
    });

    it("lets each of them pass its own nodes' role alone", () => {
      const passed = [made.long_a, made.long_b].map(
        ({ node_role_arn }) =>
          inlinePolicies().filter(({ document }) =>
            document.Statement.some(
              ({ Action, Resource }) => Action.includes("iam:PassRole") && Resource?.includes(String(node_role_arn)),
            ),
          ).length,
      );
      expect(passed).toEqual([1, 1]);
    });
  });

  it("lets a controller reboot its cluster's nodes where its feature gate is on, and no other controller", () => {
    const documents = inlinePolicies().map(({ document }) => document);
    const reboots = documents.flatMap(({ Statement }) =>
      Statement.filter(({ Action }) => Action.includes("ec2:RebootInstances")),
    );
    expect(documents).toHaveLength(Object.keys(CLUSTERS).length - 1);
    expect(reboots).toHaveLength(1);
    expect(JSON.stringify(reboots)).toContain(`"aws:ResourceTag/kubernetes.io/cluster/${LONG_A}"`);
  });

  it("has nothing to do on a second plan", async () => {
    expect(await terraform.isPlanEmpty(variables)).toBe(true);
  });

  it("leaves what the user owns, and nothing else, when it is destroyed", async () => {
    await terraform.destroy(variables);
    expect(await account.resources()).toEqual(before);
  });
});
