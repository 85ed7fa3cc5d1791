/** Karpenter of another module moves into a stack in TypeScript by what `import` writes, and out of it again. */
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

describe("moving in", () => {
  let account: Account;
  beforeAll(async () => {
    account = await Account.open();
  });
  afterAll(async () => {
    await account?.close();
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
