/** Karpenter as others have written it, and what its move into the modules does. */
import { Account, PREAMBLE } from "./account";
import { ChangingRoot, type Imported, type Planned, planned, runImport, shapeFiles } from "./moving-in";

/** What the move of a shape does beside taking over. */
export interface Shape {
  readonly shape: string;
  /** The call of the shape, where it is a module. */
  readonly module?: string;
  /** Whether the modules come into the shape's own root, or into another one. */
  readonly into: "its own state" | "another state";
  readonly planned: Omit<Planned, "taken">;
}

/** What the modules have beside what is there. */
const ADDED = [
  "controller_identity.aws_iam_role_policy.controller_inline_policy[0]",
  "module.karpenter.terraform_data.nodes_depend_on",
  "node_identity.terraform_data.node_access_role_identity",
  'node_identity.terraform_data.node_in_use["-"]',
  "node_identity.terraform_data.node_role_identity",
];
const rules = (...kinds: string[]): string[] =>
  kinds.map((kind) => `interruption_queue.aws_cloudwatch_event_rule.interruption_${kind}[0]`);
const targets = (...kinds: string[]): string[] =>
  kinds.map((kind) => `interruption_queue.aws_cloudwatch_event_target.interruption_${kind}_target[0]`);
const nodePolicies = (...names: string[]): string[] =>
  names.map((name) => `node_identity.aws_iam_role_policy_attachment.node_${name}`);

/** The kinds of events that everybody has rules for, and the one that most have not. */
const OF_EC2 = ["instance_state_change", "rebalance", "spot_interruption"];
const NEW = "capacity_reservation_interruption";

/** Trust policies, descriptions and the queue's policy are the modules'. */
const CONTROLLER = "controller_identity.aws_iam_role.controller";
const NODE = "node_identity.aws_iam_role.node[0]";
const FARGATE = "fargate_profile.aws_iam_role.karpenter_pod_execution_role[0]";
const QUEUE = "interruption_queue.aws_sqs_queue.interruption[0]";

export const SHAPES: readonly Shape[] = [
  {
    shape: "hand-written-irsa-fargate",
    into: "its own state",
    planned: {
      created: [
        ...ADDED,
        ...rules(NEW, "health"),
        ...targets(NEW, "health", ...OF_EC2),
        ...nodePolicies("amazon_ec2_container_registry_pull_only[0]"),
      ],
      updated: [CONTROLLER, NODE, FARGATE, QUEUE, ...rules(...OF_EC2)],
      destroyed: ["balance", "spot", "state"].map((key) => `aws_cloudwatch_event_target.interruptions["${key}"]`),
    },
  },
  {
    shape: "eks-module-21",
    module: "karpenter",
    into: "another state",
    planned: {
      created: [...ADDED, ...rules(NEW), ...targets(NEW)],
      updated: [
        CONTROLLER,
        NODE,
        QUEUE,
        ...rules("health", ...OF_EC2),
        // What an import does not read: the state's own view of it.
        "controller_identity.aws_eks_pod_identity_association.controller_pod_identity[0]",
      ],
      destroyed: [],
    },
  },
  {
    shape: "eks-module-20",
    module: "karpenter",
    into: "its own state",
    planned: {
      created: [...ADDED, ...rules(NEW), ...targets(NEW)],
      updated: [CONTROLLER, NODE, QUEUE, ...rules("health", ...OF_EC2)],
      destroyed: [],
    },
  },
  {
    shape: "blueprints-addons",
    module: "eks_blueprints_addons",
    into: "its own state",
    planned: {
      created: [
        ...ADDED,
        ...rules(NEW),
        ...targets(NEW, "health", ...OF_EC2),
        ...nodePolicies("amazon_ec2_container_registry_pull_only[0]"),
      ],
      updated: [CONTROLLER, NODE, QUEUE, ...rules("health", ...OF_EC2)],
      destroyed: ["health_event", "instance_rebalance", "instance_state_change", "spot_interupt"].map(
        (key) => `module.eks_blueprints_addons.aws_cloudwatch_event_target.karpenter["${key}"]`,
      ),
    },
  },
  {
    shape: "hand-written-0-27",
    into: "its own state",
    planned: {
      created: [
        ...ADDED,
        ...rules(NEW, "health", ...OF_EC2),
        ...targets(NEW, "health", ...OF_EC2),
        // Attached already, by the role's own block: attaching them again does nothing.
        ...nodePolicies(
          "amazon_ec2_container_registry_pull_only[0]",
          "amazon_eks_cni_policy[0]",
          "amazon_eks_worker_node_policy[0]",
          "amazon_ssm_managed_instance_core[0]",
          'additional["AmazonEC2ContainerRegistryReadOnly"]',
        ),
      ],
      updated: [CONTROLLER, NODE, FARGATE, QUEUE],
      destroyed: [],
    },
  },
];

/** Tests that move each of them; a file of its own for some of them, for they wait long. */
export function testMovingIn(shapes: readonly Shape[]): void {
  describe("moving in", () => {
    let account: Account;
    beforeAll(async () => {
      account = await Account.open();
    });
    afterAll(async () => {
      await account?.close();
    });

    describe.each(shapes)("from $shape into $into", ({ shape, module, into, planned: expected }) => {
      let imported: Imported;
      let plan: Planned;
      let old: ChangingRoot;
      let root: ChangingRoot;
      let before: readonly string[];

      beforeAll(async () => {
        const { oidcProviderArn, subnetIds } = await account.network({ clusterName: shape });
        const files = await shapeFiles(shape, module);
        const variables = { cluster_name: shape, oidc_provider_arn: oidcProviderArn, subnet_ids: subnetIds };
        const declared = Object.entries(variables).filter(([name]) => files["main.tf"]?.includes(`variable "${name}"`));
        old = await ChangingRoot.open(account, files);
        await old.terraform.apply(Object.fromEntries(declared));
        before = await account.resources();
        const same = into === "its own state";
        const which = ["--karpenter-version", "1.14.3", "--cluster-name", shape];
        imported = await runImport(old.terraform, {}, ...which, ...(same ? ["--same-state"] : []));
        const written = { "providers.tf": PREAMBLE, ...imported.files };
        root = same ? old : await ChangingRoot.open(account, written);
        await (same ? root.become(written) : Promise.resolve());
        plan = await planned(root.terraform);
      });

      it("takes over every object that it names", () => {
        expect(plan.taken).toBe(imported.told.taken.length);
      });

      it("makes, changes and destroys nothing else", () => {
        const { created, updated, destroyed } = plan;
        expect({ created, updated, destroyed }).toEqual({
          created: [...expected.created].sort(),
          updated: [...expected.updated].sort(),
          destroyed: [...expected.destroyed].sort(),
        });
      });

      it("is applied at once, and then there is nothing more to do", async () => {
        await root.terraform.apply();
        expect(await root.terraform.isPlanEmpty()).toBe(true);
      });

      it("leaves all that was there, but for targets of another id", async () => {
        if (into === "another state") {
          await old.become({ "providers.tf": PREAMBLE, "removed.tf": imported.files["old-root/removed.tf"] ?? "" });
          expect(await planned(old.terraform)).toMatchObject({ created: [], updated: [], destroyed: [] });
          await old.terraform.apply();
          expect(await old.terraform.stateList()).toEqual([]);
        }
        const after = await account.resources();
        const gone = before.filter((line) => !after.includes(line));
        expect(gone).toHaveLength(expected.destroyed.length);
        expect(gone.filter((line) => !line.startsWith("event target "))).toEqual([]);
      });
    });
  });
}
