/** `cleanup` of what a cluster has left behind, as its users run it. */
import { CreateLaunchTemplateCommand, RunInstancesCommand, type Tag } from "@aws-sdk/client-ec2";
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand, CreateRoleCommand } from "@aws-sdk/client-iam";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { awsClients, type AwsClients } from "./cloud/aws-clients";
import { karpenterCharts } from "./cloud/charts";
import { ControlPlane } from "./cloud/control-plane";
import { helm, installHelm } from "./cloud/helm-cli";
import { awsResources } from "./cloud/inventory";
import { KARPENTER_VERSION } from "./cloud/karpenter-controller";
import { LocalAws, neutralEnvironment } from "./cloud/local-aws";
import { makeNetwork, type Network } from "./cloud/network";
import type { RunResult } from "./cloud/run";
import { commandLine } from "./support/command-line";
import { askDoctor } from "./support/doctor";

const NAMESPACE = "karpenter";

let aws: LocalAws;
let clients: AwsClients;
let prod: Network;
let kube: ControlPlane;

beforeAll(async () => {
  aws = await LocalAws.start();
  clients = awsClients(aws);
  prod = await makeNetwork(aws, clients, { clusterName: "prod" });
  kube = await ControlPlane.start({ issuer: prod.oidcIssuer });
  await kube.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
});

afterAll(async () => {
  await kube?.stop();
  clients?.destroy();
  await aws?.stop();
});

/** The command, an hour later: by then nothing of it is young. */
function cleanup(...args: readonly string[]): Promise<RunResult> {
  return commandLine(["cleanup", "--cluster-name", "prod", "--kubeconfig", kube.kubeconfig, ...args], {
    env: aws.env(),
    minutesLater: 60,
  });
}

/** What it says of each thing, without what the thing is. */
const outcomes = ({ stdout }: RunResult): string[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => line.split("  ")[0]);

const tags = (clusterName: string): Tag[] =>
  Object.entries({
    "karpenter.sh/nodepool": "default",
    "karpenter.k8s.aws/ec2nodeclass": "default",
    [`kubernetes.io/cluster/${clusterName}`]: "owned",
    "eks:eks-cluster-name": clusterName,
  }).map(([Key, Value]) => ({ Key, Value }));

/** Everything that Karpenter leaves behind for a cluster when it is killed; returns the id of the instance. */
async function leaveBehind(clusterName: string): Promise<string> {
  const { Instances = [] } = await clients.ec2.send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      ImageId: "ami-12c6146b",
      InstanceType: "m5.large",
      SubnetId: prod.subnetIds[0],
      TagSpecifications: [{ ResourceType: "instance", Tags: tags(clusterName) }],
    }),
  );
  await clients.ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: `karpenter.k8s.aws/${clusterName}`,
      LaunchTemplateData: { InstanceType: "m5.large" },
      TagSpecifications: [{ ResourceType: "launch-template", Tags: tags(clusterName) }],
    }),
  );
  const name = `${clusterName}_1`;
  const Path = `/karpenter/${aws.region}/${clusterName}/0123/`;
  const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await clients.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
  await clients.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name, Path }));
  await clients.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
  return Instances[0].InstanceId as string;
}

describe("orphans", () => {
  let before: readonly string[];
  let instance: string;

  beforeAll(async () => {
    await leaveBehind("other");
    before = await awsResources(clients);
    instance = await leaveBehind("prod");
  });

  it("are listed, and stay", async () => {
    const all = await awsResources(clients);
    const listed = await cleanup();
    expect(listed.stdout).toContain(`left     instance ${instance}, m5.large of NodePool default, launched `);
    expect(outcomes(listed)).toEqual(["left", "left", "left"]);
    expect(listed.code).toBe(1);
    expect(await awsResources(clients)).toEqual(all);
  });

  it("are left in peace while they are young", async () => {
    const { stdout, code } = await commandLine(
      ["cleanup", "--cluster-name", "prod", "--kubeconfig", kube.kubeconfig, "--yes"],
      { env: aws.env() },
    );
    expect(stdout).toContain("nothing is left of prod");
    expect(code).toBe(0);
  });

  it("are not removed on the word of another cluster, or of none", async () => {
    const all = await awsResources(clients);
    const other = await ControlPlane.start({ issuer: "https://oidc.example/id/OTHER" });
    try {
      const ofOther = await cleanup("--kubeconfig", other.kubeconfig, "--yes");
      expect(ofOther.stdout).toMatch(/not removed: .*another cluster answers, of the issuer https:\/\/oidc\.example/);
      const ofNone = await cleanup("--no-cluster", "--yes");
      expect(ofNone.stdout).toMatch(/not removed: .*the cluster is not asked/);
      expect([ofOther.code, ofNone.code]).toEqual([1, 1]);
    } finally {
      await other.stop();
    }
    expect(await awsResources(clients)).toEqual(all);
  });

  it("are no orphans while a Node is of them", async () => {
    const node = { apiVersion: "v1", kind: "Node", metadata: { name: "node" } };
    await kube.apply({ ...node, spec: { providerID: `aws:///${prod.zones[0]}/${instance}` } });
    expect((await cleanup()).stdout).not.toContain(instance);
    await kube.delete({ ...node, name: "node" });
  });

  it("go with --yes, those of the other cluster stay, and a second time there is nothing to do", async () => {
    const first = await cleanup("--yes");
    expect(outcomes(first)).toEqual(["removed", "removed", "removed"]);
    expect(first.code).toBe(0);
    const roleOfProd = (line: string): boolean => /role/.test(line) && line.includes("prod_1");
    expect((await awsResources(clients)).filter((line) => !roleOfProd(line))).toEqual(before);
    const second = await cleanup("--yes");
    expect(second.stdout).toContain("nothing is left of prod");
    expect(second.code).toBe(0);
  });
});

describe("a Helm release that a run has left in the middle", () => {
  /** Runs Helm, and kills it as soon as the release is in the middle of something. */
  async function killed(...args: readonly string[]): Promise<void> {
    const program = spawn(await installHelm(), [...args, "--namespace", NAMESPACE, "--kubeconfig", kube.kubeconfig], {
      env: neutralEnvironment(),
      stdio: "ignore",
    });
    const ended = once(program, "exit");
    await kube.waitFor("a release in the middle", async () => {
      const secrets = await kube.list(
        { apiVersion: "v1", kind: "Secret", namespace: NAMESPACE },
        { labels: "owner=helm" },
      );
      return secrets.some(({ metadata }) => /^(pending-|uninstalling)/.test(metadata.labels?.status ?? ""));
    });
    program.kill("SIGKILL");
    await ended;
  }

  it("lets Helm install again, and then upgrade", async () => {
    const { karpenter, crds } = await karpenterCharts(KARPENTER_VERSION);
    await helm(["install", "karpenter-crd", crds, "--namespace", NAMESPACE], { kubeconfig: kube.kubeconfig });
    // Nothing schedules its pods, so it waits until it is killed.
    await killed("install", "karpenter", karpenter, "--skip-crds", "--set", "settings.clusterName=prod", "--wait");
    const again = ["upgrade", "--install", "karpenter", karpenter, "--skip-crds", "--set", "settings.clusterName=prod"];
    const run = (...more: readonly string[]) =>
      helm([...again, ...more, "--namespace", NAMESPACE], { kubeconfig: kube.kubeconfig });
    await expect(run()).rejects.toThrow(/another operation|in progress|re-use a name/);

    const args = ["--kubeconfig", kube.kubeconfig];
    const { of } = await askDoctor({ clusterName: "prod", args, env: aws.env() });
    expect(of("helm-releases")).toEqual([
      {
        state: "error",
        text: expect.stringMatching(
          /^the Helm release karpenter\/karpenter is pending-install at revision 1/,
        ) as string,
      },
    ]);

    const listed = await cleanup();
    expect(listed.stdout).toMatch(
      /^left +Helm release karpenter\/karpenter: revision 1 is pending-install since .* installs the release$/m,
    );
    expect(outcomes(await cleanup("--yes"))).toEqual(["removed"]);
    await run();

    await killed(...again, "--set", "replicas=1", "--wait");
    await expect(run()).rejects.toThrow(/another operation/);
    const upgrade = await cleanup("--yes");
    expect(upgrade.stdout).toMatch(
      /removed +Helm release .*: revision 2 is pending-upgrade since .* goes on from revision 1/,
    );
    await run("--set", "replicas=1");
    expect((await cleanup("--yes")).stdout).toContain("nothing is left of prod");
  });

  it("is uninstalled by the same command again, where that was killed", async () => {
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", namespace: NAMESPACE, name: "karpenter" };
    await kube.patch(deployment, { metadata: { finalizers: ["example.com/slow"] } });
    await killed("uninstall", "karpenter", "--wait");
    await kube.patch(deployment, { metadata: { finalizers: [] } });
    expect((await cleanup()).stdout).toContain("nothing is left of prod");
    await helm(["uninstall", "karpenter", "--wait", "--namespace", NAMESPACE], { kubeconfig: kube.kubeconfig });
    const left = await helm(["list", "--all", "--short", "--namespace", NAMESPACE], { kubeconfig: kube.kubeconfig });
    expect(left.stdout.trim()).toBe("karpenter-crd");
  });
});

describe("a cluster that is gone", () => {
  it("is asked nothing: all that has its tags goes", async () => {
    const made = await commandLine(["cleanup", "--cluster-name", "other", "--yes"], {
      env: aws.env(),
      minutesLater: 60,
    });
    expect(outcomes(made)).toEqual(["removed", "removed", "removed"]);
    expect(made.code).toBe(0);
  });
});
