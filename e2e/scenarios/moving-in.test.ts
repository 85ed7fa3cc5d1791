/** Karpenter as others have written it moves into the modules by what `import` writes: nothing is destroyed or made anew. */
import { Account, PREAMBLE } from "../support/account";
import {
  ChangingRoot,
  type Imported,
  type Planned,
  planned,
  runImport,
  shapeFiles,
  stackOf,
} from "../support/moving-in";
import { awsCommand } from "../support/printed-commands";

/** What the move of a shape does beside taking over. */
interface Shape {
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

const SHAPES: readonly Shape[] = [
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

describe("moving in", () => {
  let account: Account;
  beforeAll(async () => {
    account = await Account.open();
  });
  afterAll(async () => {
    await account?.close();
  });

  describe.each(SHAPES)("from $shape into $into", ({ shape, module, into, planned: expected }) => {
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

  describe("into a stack in TypeScript", () => {
    let root: ChangingRoot;
    let imported: Imported;
    let plan: Planned;

    beforeAll(async () => {
      const { oidcProviderArn } = await account.network({ clusterName: "typescript" });
      root = await ChangingRoot.open(account, await shapeFiles("eks-module-20", "karpenter"));
      await root.terraform.apply({ cluster_name: "typescript", oidc_provider_arn: oidcProviderArn });
      const args = ["--form", "typescript", "--same-state", "--cluster-name", "typescript"];
      imported = await runImport(root.terraform, {}, ...args);
      await root.become({ "cdk.tf.json": stackOf(imported.files["karpenter.ts"] ?? "") });
      plan = await planned(root.terraform);
    });

    it("takes over every object that it names, and destroys nothing", () => {
      expect(plan.taken).toBe(imported.told.taken.length);
      expect(plan.destroyed).toEqual([]);
      expect(
        plan.created.filter((address) => /^aws_(iam_role|iam_instance_profile|eks_|sqs_)[a-z_]*\./.test(address)),
      ).toEqual([expect.stringMatching(/^aws_iam_role_policy\.karpenter_controller_inline-policy_/)]);
    });

    it("is applied at once, and then there is nothing more to do", async () => {
      await root.terraform.apply();
      expect(await root.terraform.isPlanEmpty()).toBe(true);
    });

    describe("and out of TypeScript", () => {
      const args = ["--cluster-name", "typescript", "--karpenter-version", "1.14.3"];

      beforeAll(async () => {
        for (const command of imported.told.after) {
          await awsCommand(account.clients, command);
        }
        // The state learns of it.
        await root.terraform.apply();
      });

      it("into the call of a module, in its own state, without a change in AWS", async () => {
        const { told, files } = await runImport(root.terraform, {}, ...args, "--same-state");
        await root.become({ "providers.tf": PREAMBLE, ...files });
        const { taken, created, updated, destroyed } = await planned(root.terraform);
        expect(taken).toBe(told.taken.length);
        // They are in states only.
        expect([...created, ...destroyed].filter((address) => !address.includes("terraform_data."))).toEqual([]);
        expect(updated).toEqual([]);
        await root.terraform.apply();
      });

      it("into a copy of the modules in one's own repository, without a change", async () => {
        await root.vendor("vendor/karpenter");
        await root.become({
          "providers.tf": PREAMBLE,
          "karpenter.tf": (await root.read("karpenter.tf")).replace('"./karpenter"', '"./vendor/karpenter"'),
        });
        expect(await root.terraform.isPlanEmpty()).toBe(true);
      });

      it("into resources of one's own in another state, without a change", async () => {
        const { told } = await runImport(root.terraform, {}, ...args);
        const imports = told.taken.map(({ to, id }, index) => {
          const [, type = ""] = /\.(aws_\w+)\.[^.]+$/.exec(to) ?? [];
          return `import {\n  to = ${type}.karpenter_${index}\n  id = ${JSON.stringify(id)}\n}\n`;
        });
        const flat = await ChangingRoot.open(account, { "providers.tf": PREAMBLE, "imports.tf": imports.join("\n") });
        await flat.terraform.writeConfiguration("karpenter.tf");
        // Names with a random end get both, and may have one.
        await flat.become({
          "providers.tf": PREAMBLE,
          "imports.tf": imports.join("\n"),
          "karpenter.tf": (await flat.read("karpenter.tf")).replace(/^ *name_prefix .*\n/gm, ""),
        });
        expect(await planned(flat.terraform)).toEqual({
          taken: told.taken.length,
          created: [],
          updated: [],
          destroyed: [],
        });
      });
    });
  });
});
