/** A chart in a folder is to Terraform what its version says: it has to follow the files. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stamp } from "../../scripts/chart-version";
import { ControlPlane } from "../cloud/control-plane";
import { helm } from "../cloud/helm-cli";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules } from "../support/account";

const CONFIGURATION = `
variable "kubeconfig" { type = string }
variable "chart" {
  type    = string
  default = null
}
provider "helm" {
  kubernetes = { config_path = var.kubeconfig }
}
provider "kubernetes" {
  config_path = var.kubeconfig
}
module "aws_auth" {
  source         = "./karpenter/modules/aws-auth"
  map_roles      = [{ rolearn = "arn:aws:iam::123456789012:role/nodes", username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:nodes"] }]
  aws_auth_chart = var.chart
}
`;

describe("a chart that ships with the modules", () => {
  let kube: ControlPlane;
  let folder: string;
  let terraform: Terraform;

  const changedVersion = async (variables: Readonly<Record<string, unknown>>): Promise<unknown[]> => {
    const { json } = await terraform.plan({ kubeconfig: kube.kubeconfig, ...variables });
    const [release] = (json.resource_changes ?? []).filter(({ address }) => address.includes("helm_release"));
    const { before, after } = release?.change ?? {};
    return [before?.version, after?.version];
  };
  const chart = (): string => join(folder, "karpenter/modules/aws-auth/charts/aws-auth");
  const version = async (): Promise<string | undefined> =>
    /^version: (.*)$/m.exec(await readFile(join(chart(), "Chart.yaml"), "utf8"))?.[1];
  const inUse = { kubeconfig: "" };

  beforeAll(async () => {
    kube = await ControlPlane.start();
    inUse.kubeconfig = kube.kubeconfig;
    await kube.apply({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "aws-auth", namespace: "kube-system" },
      data: { mapRoles: "[]" },
    });
    folder = await mkdtemp(join(tmpdir(), "karpenter-scenario-"));
    await copyModules(join(folder, "karpenter"));
    await writeFile(join(folder, "main.tf"), CONFIGURATION);
    terraform = await Terraform.in({ folder, mirrors: await standInMirrors() });
    await terraform.init();
    await terraform.apply(inUse);
  });

  afterAll(async () => {
    await terraform?.close();
    await kube?.stop();
    if (folder) {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("is installed in the version that the configuration says, and a second plan is empty", async () => {
    const { stdout } = await helm(["list", "-A", "-o", "json"], { kubeconfig: kube.kubeconfig });
    expect(JSON.parse(stdout)).toMatchObject([{ chart: `karpenter-aws-auth-${await version()}` }]);
    expect(await terraform.isPlanEmpty(inUse)).toBe(true);
  });

  it("can be packaged, and is the same chart then", async () => {
    await helm(["package", chart(), "--destination", folder]);
    const own = join(folder, `karpenter-aws-auth-${await version()}.tgz`);
    expect(await changedVersion({ chart: own })).toEqual([await version(), await version()]);
  });

  it("changes the plan when a template changes, wherever the chart lies", async () => {
    const before = await version();
    const template = join(chart(), "templates/config-map.yaml");
    await writeFile(template, `${await readFile(template, "utf8")}# changed\n`);
    expect(await changedVersion({ chart: chart() })).toEqual([before, before]);
    stamp(chart());
    expect(await version()).not.toBe(before);
    expect(await changedVersion({ chart: chart() })).toEqual([before, await version()]);
  });
});
