/** The whole of the root module, there and back, with another Terraform than the machine's. */
import type { Terraform } from "../cloud/terraform";
import { Account } from "./account";
import { Cluster } from "./cluster";

/** Tests that hold the modules to what they promise; each Terraform has a cluster of its own. */
export function testWholeModule(name: string, install: () => Promise<string>): void {
  describe(`with ${name}, the modules`, () => {
    let account: Account;
    let cluster: Cluster;
    let terraform: Terraform;
    let variables: Record<string, unknown>;
    let before: string[];

    beforeAll(async () => {
      account = await Account.open();
      cluster = await Cluster.start(account);
      variables = await cluster.variables();
      before = await account.resources();
      terraform = await cluster.root("one-apply", { binary: await install() });
    });

    afterAll(async () => {
      await cluster?.stop();
      await account?.close();
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
}
