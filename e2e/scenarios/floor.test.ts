/** The oldest Terraform that the modules promise to work with, and OpenTofu: the whole of the root module, there and back. */
import { installOpenTofu, installTerraformFloor } from "../cloud/terraform-floor";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { Cluster } from "../support/cluster";

describe("the modules", () => {
  let account: Account;
  let cluster: Cluster;
  let variables: Record<string, unknown>;
  let before: string[];

  beforeAll(async () => {
    account = await Account.open();
    cluster = await Cluster.start(account);
    variables = await cluster.variables();
    before = await account.resources();
  });

  afterAll(async () => {
    await cluster?.stop();
    await account?.close();
  });

  describe.each([
    ["Terraform 1.5.7", installTerraformFloor],
    ["OpenTofu", installOpenTofu],
  ])("with %s", (_, install) => {
    let terraform: Terraform;

    beforeAll(async () => {
      terraform = await cluster.root("one-apply", { binary: await install() });
    });

    it("are valid", async () => {
      await expect(terraform.validate()).resolves.toBeUndefined();
    });

    it("refuse bad input in their own words", async () => {
      const errors = await terraform.planErrors({
        ...variables,
        cluster: { ...(variables.cluster as object), name: "no name" },
      });
      expect(errors).toContain('"cluster_name" is "no name", but must be 1 to 100 letters');
    });

    it("come up in one apply, and have nothing to do after it", async () => {
      await terraform.apply(variables);
      const found = await cluster.kube.get({ apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" });
      expect(found.spec.limits).toEqual({ cpu: "100" });
      expect(await terraform.isPlanEmpty(variables)).toBe(true);
    });

    it("leave nothing after a destroy", async () => {
      await terraform.destroy(variables);
      expect(await account.resources()).toEqual(before);
      expect(await cluster.definitions()).toEqual([]);
    });
  });
});
