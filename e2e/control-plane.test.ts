/** The local Kubernetes: real controllers, a scheduler, kubelets that need no machine, and nothing of it left behind. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";

import { karpenterCharts } from "./cloud/charts";
import { ControlPlane } from "./cloud/control-plane";
import { Daemon } from "./cloud/daemon";
import { addFargateNodes, isTrue, LOGGING, setFargateProfiles } from "./cloud/fargate";
import { goBuild } from "./cloud/go-install";
import { helm } from "./cloud/helm-cli";
import { KubeClient, type KubeObject } from "./cloud/kube-client";
import { Kwok } from "./cloud/kwok";

const KARPENTER = "1.14.3";
const ISSUER = "https://oidc.eks.eu-north-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";

function namespace(name: string): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

function deployment(inNamespace: string, name: string, replicas: number): KubeObject {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: inNamespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "pause", image: "registry.k8s.io/pause:3.10" }] },
      },
    },
  };
}

async function expectRefused(request: Promise<unknown>, code: number, message: RegExp): Promise<void> {
  await expect(request).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let i = 0; i < 200 && runs(pid); i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return !runs(pid);
}

describe("the control plane", () => {
  let kube: ControlPlane;
  let kwok: Kwok;
  const podsOf = (inNamespace: string): Promise<KubeObject[]> =>
    kube.list({ apiVersion: "v1", kind: "Pod", namespace: inNamespace });
  const running = async (inNamespace: string, count: number): Promise<KubeObject[]> =>
    kube.waitFor(`${count} running pods in ${inNamespace}`, async () => {
      const pods = await podsOf(inNamespace);
      return pods.length === count && pods.every((pod) => isTrue(pod, "Ready")) && pods;
    });

  beforeAll(async () => {
    kube = await ControlPlane.start({ issuer: ISSUER });
    kwok = await Kwok.start(kube);
    await addFargateNodes(kube);
    await setFargateProfiles(kube, [
      {
        fargateProfileName: "web",
        selectors: [{ namespace: "web" }, { namespace: "team-*", labels: { fargate: "yes" } }],
      },
    ]);
    await kube.apply(["web", "other", "team-a"].map(namespace));
  });

  afterAll(async () => {
    await kwok?.stop();
    await kube?.stop();
  });

  it("says which Kubernetes it is", async () => {
    expect(kube.version).toMatch(/^v1\.36\.\d+$/);
    expect(await kube.request("GET", "/version")).toMatchObject({ major: "1", minor: "36" });
  });

  it("runs the pods of a Fargate profile, and only those, on its Fargate nodes", async () => {
    await kube.apply([deployment("web", "site", 3), deployment("other", "site", 1), deployment("team-a", "site", 1)]);
    const pods = await running("web", 3);
    const nodes = (await kube.list({ apiVersion: "v1", kind: "Node" })).map(({ metadata }) => metadata.name);
    for (const pod of pods) {
      expect(nodes).toContain(pod.spec.nodeName);
      expect(pod.metadata.labels?.["eks.amazonaws.com/fargate-profile"]).toBe("web");
    }
    for (const elsewhere of ["other", "team-a"]) {
      await kube.waitFor("the scheduler to give up", async () => {
        const [pod] = await podsOf(elsewhere);
        const conditions = (pod?.status?.conditions ?? []) as { reason?: string; message?: string }[];
        return conditions.some(({ reason, message }) => reason === "Unschedulable" && /taint/.test(message ?? ""));
      });
    }
    const labels = { app: "site", fargate: "yes" };
    const marked = { metadata: { labels } };
    await kube.patch(
      { apiVersion: "apps/v1", kind: "Deployment", namespace: "team-a", name: "site" },
      {
        spec: { template: marked },
      },
    );
    await running("team-a", 1);
  });

  it("tells each pod on Fargate whether it writes logs, by the ConfigMap that is there when it is made", async () => {
    const logging = async (name: string): Promise<(string | undefined)[]> => {
      await kube.apply(deployment("web", name, 1));
      const pods = await kube.waitFor(`a pod of ${name}`, async () => {
        const found = await kube.list({ apiVersion: "v1", kind: "Pod", namespace: "web" }, { labels: `app=${name}` });
        return found.length > 0 && found;
      });
      await kube.delete({ apiVersion: "apps/v1", kind: "Deployment", namespace: "web", name });
      return pods.map(({ metadata }) => metadata.annotations?.[LOGGING]);
    };
    const router = { apiVersion: "v1", kind: "ConfigMap", namespace: "aws-observability", name: "aws-logging" };
    const data = (output: string) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { namespace: router.namespace, name: router.name },
      data: { "output.conf": output },
    });
    await kube.apply(namespace(router.namespace));
    expect(await logging("silent")).toEqual(["LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND"]);
    await kube.apply(data("[OUTPUT]\n    Name stdout\n"));
    expect(await logging("wrong")).toEqual(["LoggingDisabled: no output"]);
    await kube.apply(data("[OUTPUT]\n    Name cloudwatch_logs\n    Match *\n"));
    expect(await logging("talking")).toEqual(["LoggingEnabled"]);
    await kube.delete(router);
    expect(await logging("silent-again")).toEqual(["LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND"]);
  });

  it("scales a Deployment, and removes its pods with it", async () => {
    const reference = { apiVersion: "apps/v1", kind: "Deployment", namespace: "web", name: "short" };
    await kube.apply(deployment("web", "short", 1));
    await kube.patch(reference, { spec: { replicas: 2 } }, "scale");
    const pods = (): Promise<KubeObject[]> =>
      kube.list({ apiVersion: "v1", kind: "Pod", namespace: "web" }, { labels: "app=short" });
    await kube.waitFor("two pods", async () => (await pods()).length === 2);
    await kube.deleteAndWait(reference);
    await kube.waitFor("no pods", async () => (await pods()).length === 0);
    expect(await kube.find(reference)).toBeUndefined();
  });

  it("keeps to a PodDisruptionBudget when a pod is evicted", async () => {
    await kube.apply([namespace("guarded"), namespace("open")]);
    await setFargateProfiles(kube, [{ fargateProfileName: "all", selectors: [{ namespace: "*" }] }]);
    await kube.apply({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "all", namespace: "guarded" },
      spec: { minAvailable: 2, selector: { matchLabels: { app: "pair" } } },
    });
    for (const each of ["guarded", "open"]) {
      await kube.apply(deployment(each, "pair", 2));
    }
    const [guarded] = await running("guarded", 2);
    const [open] = await running("open", 2);
    await kube.waitFor("the budget to be counted", async () => {
      const budget = await kube.get({
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        namespace: "guarded",
        name: "all",
      });
      return budget.status?.currentHealthy === 2;
    });
    await expectRefused(kube.evict("guarded", (guarded as KubeObject).metadata.name), 429, /disruption budget/);
    await kube.evict("open", (open as KubeObject).metadata.name);
    await kube.waitFor("another pod in its place", async () =>
      (await running("open", 2)).every(({ metadata }) => metadata.uid !== open?.metadata.uid),
    );
  });

  it("gives tokens of the issuer that it was told", async () => {
    const claimsOf = (token: string): unknown =>
      JSON.parse(Buffer.from(token.split(".")[1] as string, "base64url").toString("utf8"));
    await kube.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "karpenter", namespace: "other" } });
    const token = await kube.token("other", "karpenter", { audience: "sts.amazonaws.com" });
    expect(claimsOf(token)).toMatchObject({
      iss: ISSUER,
      sub: "system:serviceaccount:other:karpenter",
      aud: ["sts.amazonaws.com"],
    });
    const header = JSON.parse(Buffer.from(token.split(".")[0] as string, "base64url").toString("utf8")) as unknown;
    expect(header).toMatchObject({ alg: "RS256" });
  });

  it("lets a service account do what its roles say, and nothing else", async () => {
    await kube.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "reader", namespace: "other" } });
    await kube.apply({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "reader", namespace: "other" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "ServiceAccount", name: "reader", namespace: "other" }],
    });
    const account = new KubeClient(kube.endpoint, {
      ca: kube.caCertificate,
      token: await kube.token("other", "reader"),
    });
    const pods = { apiVersion: "v1", kind: "Pod" };
    await kube.waitFor(
      "the role to be known",
      async () => (await account.list({ ...pods, namespace: "other" })).length,
    );
    await expectRefused(account.list({ ...pods, namespace: "web" }), 403, /cannot list resource "pods"/);
    account.close();
    const kubeconfig = await kube.kubeconfigOf("other", "reader");
    await expect(helm(["list", "--namespace", "web"], { kubeconfig })).rejects.toThrow(/forbidden/);
  });

  it("removes a namespace with all that is in it", async () => {
    await kube.deleteAndWait({ apiVersion: "v1", kind: "Namespace", name: "team-a" });
    expect(await podsOf("team-a")).toEqual([]);
  });

  describe("with Karpenter's definitions", () => {
    const nodePool = (template: object): KubeObject => ({
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "default" },
      spec: {
        template: {
          spec: { nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" }, ...template },
        },
      },
    });
    const requirement = (values: string[]): object => ({
      requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values }],
    });

    beforeAll(async () => {
      const { crds } = await karpenterCharts(KARPENTER);
      await helm(["upgrade", "--install", "karpenter-crd", crds, "--namespace", "kube-system", "--wait"], {
        kubeconfig: kube.kubeconfig,
      });
    });

    it("has the chart of the version that was asked for", async () => {
      const { stdout } = await helm(["list", "--namespace", "kube-system", "--output", "json"], {
        kubeconfig: kube.kubeconfig,
      });
      expect(JSON.parse(stdout)).toMatchObject([{ chart: `karpenter-crd-${KARPENTER}`, app_version: KARPENTER }]);
      const names = (await kube.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" })).map(
        ({ metadata }) => metadata.name,
      );
      expect(names).toEqual(
        expect.arrayContaining([
          "ec2nodeclasses.karpenter.k8s.aws",
          "nodeclaims.karpenter.sh",
          "nodepools.karpenter.sh",
        ]),
      );
    });

    it("takes a NodePool that keeps to the rules", async () => {
      const [pool] = await kube.apply(nodePool(requirement(["spot"])), { dryRun: true });
      expect(pool?.spec.disruption).toMatchObject({ consolidationPolicy: "WhenEmptyOrUnderutilized" });
      expect(await kube.list({ apiVersion: "karpenter.sh/v1", kind: "NodePool" })).toEqual([]);
    });

    it("refuses one that breaks a rule, in Karpenter's words", async () => {
      await expectRefused(
        kube.apply(nodePool(requirement([])), { dryRun: true }),
        422,
        /requirements with operator 'In' must have a value defined/,
      );
      const misspelt = nodePool({ ...requirement(["spot"]), expireAftr: "1h" });
      await expectRefused(kube.apply(misspelt, { dryRun: true }), 500, /field not declared in schema/);
    });
  });

  it("stays up all the while", () => {
    expect(kwok.isRunning).toBe(true);
    expect(kube.lastLines).not.toMatch(/panic/);
  });
});

describe("Karpenter's charts", () => {
  it.each([
    ["0.32.1", "v0.32.1"],
    ["0.35.0", "0.35.0"],
    ["1.0.8", "1.0.8"],
    [KARPENTER, KARPENTER],
    ["1.15.1", "1.15.1"],
  ])("of version %s ask for its image and define its kinds", async (version, tag) => {
    const { karpenter, crds } = await karpenterCharts(version);
    const values = ["--set", "settings.clusterName=prod"];
    const controller = await helm(["template", "karpenter", karpenter, ...values]);
    expect(controller.stdout).toContain(`image: public.ecr.aws/karpenter/controller:${tag}\n`);
    const definitions = await helm(["template", "karpenter-crd", crds]);
    expect(definitions.stdout).toContain("name: nodepools.karpenter.sh");
  });
});

describe("nothing is left", () => {
  it("after stop()", async () => {
    const kube = await ControlPlane.start();
    const kwok = await Kwok.start(kube);
    const pids = [kube.pid, kwok.pid] as number[];
    expect(pids.map(runs)).toEqual([true, true]);
    expect(existsSync(kube.kubeconfig)).toBe(true);
    await kwok.stop();
    await kube.stop();
    await kube.stop();
    expect(pids.map(runs)).toEqual([false, false]);
    expect(existsSync(dirname(kube.kubeconfig))).toBe(false);
    await expect(kube.request("GET", "/version")).rejects.toThrow();
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("after its user got %s", async (signal) => {
    const script = require.resolve("./fixtures/hold-control-plane.ts");
    const user = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["ignore", "pipe", "pipe"] });
    let complaint = "";
    user.stderr.setEncoding("utf8").on("data", (chunk: string) => (complaint += chunk));
    const line = await new Promise<string>((resolve, reject) => {
      user.stdout.setEncoding("utf8").once("data", resolve);
      user.once("exit", (code) => reject(new Error(`it ended with ${code} before it printed anything\n${complaint}`)));
    });
    const { pids, kubeconfig } = JSON.parse(line) as { pids: number[]; kubeconfig: string };
    expect(pids.map(runs)).toEqual([true, true]);
    user.kill(signal);
    expect(await Promise.all(pids.map(gone))).toEqual([true, true]);
    expect(existsSync(dirname(kubeconfig))).toBe(false);
  });

  it("of a program that ends by itself", async () => {
    const daemon = new Daemon("/bin/sh", ["-c", "echo ended; exit 3"]);
    await daemon.exited;
    expect(daemon.hasEnded).toBe(true);
    await daemon.stop();
    expect(daemon.lastLines).toContain("ended");
  });

  it("of a program that cannot be started", async () => {
    const daemon = new Daemon("there is no such program", []);
    await daemon.exited;
    expect(daemon.lastLines).toMatch(/not found/);
    await daemon.stop();
  });
});

describe("Go", () => {
  it("is asked for when it is not there", async () => {
    const path = process.env.PATH;
    process.env.PATH = "";
    try {
      await expect(goBuild("control-plane", __dirname)).rejects.toThrow(
        /go 1\.21 or newer is needed to build[\s\S]*https:\/\/go\.dev\/dl/,
      );
    } finally {
      process.env.PATH = path;
    }
  });
});
