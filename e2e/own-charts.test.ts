/** What the API server makes of the charts of this project that say how a controller lives beside others. */
import { karpenterCharts } from "./cloud/charts";
import { ControlPlane } from "./cloud/control-plane";
import { LOG_ROUTER } from "./cloud/fargate";
import { helm } from "./cloud/helm-cli";
import type { KubeObject } from "./cloud/kube-client";
import { chartFolder } from "../lib/kubernetes/packaged-chart";

const NAMESPACE = "platform";
const CLAIMS = { apiVersion: "karpenter.sh/v1", kind: "NodeClaim" };

let kube: ControlPlane;

const install = (name: string, chart: string, ...values: readonly string[]) =>
  helm(
    ["upgrade", "--install", name, chart, "--namespace", NAMESPACE, ...values.flatMap((value) => ["--set", value])],
    { kubeconfig: kube.kubeconfig },
  );

const uninstall = (name: string, ...options: readonly string[]) =>
  helm(["uninstall", name, "--namespace", NAMESPACE, ...options], { kubeconfig: kube.kubeconfig });

function nodeClaim(name: string, group: string, kind: string): KubeObject {
  const requirements = [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }];
  return {
    ...CLAIMS,
    metadata: { name },
    spec: { nodeClassRef: { group, kind, name: "default" }, requirements },
  };
}

const OWN = nodeClaim("own", "karpenter.k8s.aws", "EC2NodeClass");
const OF_AUTO_MODE = nodeClaim("theirs", "eks.amazonaws.com", "NodeClass");

beforeAll(async () => {
  kube = await ControlPlane.start({});
  await kube.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
});

afterAll(async () => {
  await kube?.stop();
});

describe("the FlowSchemas", () => {
  it("give the controller's service account the levels that those of kube-system have", async () => {
    await install("karpenter-flow-schemas", chartFolder("flow-schemas"), "serviceAccountName=scaler");
    const schemas = await kube.list({ apiVersion: "flowcontrol.apiserver.k8s.io/v1", kind: "FlowSchema" });
    const ours = schemas
      .filter(({ metadata }) => metadata.name.startsWith("karpenter-"))
      .map(({ metadata, spec, status }) => ({
        name: metadata.name,
        level: (spec as { priorityLevelConfiguration: { name: string } }).priorityLevelConfiguration.name,
        subjects: (spec as { rules: { subjects: unknown }[] }).rules.map(({ subjects }) => subjects),
        dangling: (status as { conditions?: { type: string; status: string }[] } | undefined)?.conditions?.filter(
          (condition) => condition.type === "Dangling" && condition.status === "True",
        ),
      }));
    const subjects = [[{ kind: "ServiceAccount", serviceAccount: { name: "scaler", namespace: NAMESPACE } }]];
    expect(ours).toEqual([
      expect.objectContaining({ name: "karpenter-leader-election", level: "leader-election", subjects }),
      expect.objectContaining({ name: "karpenter-workload", level: "workload-high", subjects }),
    ]);
    expect(ours.flatMap(({ dangling = [] }) => dangling)).toEqual([]);
  });
});

describe("the guard", () => {
  beforeAll(async () => {
    const { crds } = await karpenterCharts("1.14.3");
    await install("karpenter-crd", crds, "additionalAnnotations.helm\\.sh/resource-policy=keep");
  });

  /** What the guard says; nothing where it lets its release go. */
  const answer = async (): Promise<string> => {
    const question = { apiVersion: "v1", kind: "ConfigMap", namespace: NAMESPACE, name: "karpenter-guard" };
    try {
      await kube.apply({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: question.name, namespace: NAMESPACE },
      });
      await kube.delete(question);
      return "";
    } catch (error) {
      return String(error);
    }
  };
  const gone = (claim: KubeObject) => kube.deleteAndWait({ ...CLAIMS, name: claim.metadata.name });

  /** What an uninstall of the guard says, once the API server is known to ask it, and no longer the guard before it. */
  async function uninstalled(crds: string, claims: readonly KubeObject[]): Promise<string> {
    await kube.waitFor("the CRD of NodeClaims", async () => {
      await kube.apply([OWN, ...claims]);
      return true;
    });
    await kube.waitFor("nothing to be asked", async () => (await answer()) === "");
    await install("karpenter-guard", chartFolder("guard"), `crds=${crds}`);
    await kube.waitFor("the guard to be asked", async () => (await answer()).includes("NodeClaim own"));
    if (!claims.includes(OWN)) {
      await gone(OWN);
      await kube.waitFor("the guard to know of it", async () => !(await answer()).includes("NodeClaim own"));
    }
    const told = await uninstall("karpenter-guard").then(
      () => "",
      (error: unknown) => String(error),
    );
    if (told !== "") {
      await uninstall("karpenter-guard", "--no-hooks");
    }
    await Promise.all([OWN, ...claims].map(gone));
    return told;
  }

  it.each(["managed", "kept", "existing"])(
    "stays while there is a NodeClaim of our own, with CRDs %s",
    async (crds) => {
      expect(await uninstalled(crds, [OWN])).toContain("NodeClaim own is still there");
    },
  );

  it("stays while the CRDs that go with it are those of another controller, too", async () => {
    expect(await uninstalled("managed", [OF_AUTO_MODE])).toContain("NodeClaim theirs is of eks.amazonaws.com");
  });

  it.each(["kept", "existing"])(
    "goes while there are NodeClaims of EKS Auto Mode alone, with CRDs %s",
    async (crds) => {
      expect(await uninstalled(crds, [OF_AUTO_MODE])).toBe("");
    },
  );

  it("is about CRDs that stay when their release goes, where they are kept", async () => {
    await uninstall("karpenter-crd");
    const definitions = await kube.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
    expect(definitions.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(["ec2nodeclasses.karpenter.k8s.aws", "nodeclaims.karpenter.sh", "nodepools.karpenter.sh"]),
    );
  });
});

describe("the configuration of the log router", () => {
  const RELEASE = "karpenter-fargate-logging";
  const LOGS = { apiVersion: "v1", kind: "Namespace", name: LOG_ROUTER.namespace } as const;
  const ROUTER = { apiVersion: "v1", kind: "ConfigMap", ...LOG_ROUTER } as const;
  const installLogging = () =>
    install(
      RELEASE,
      chartFolder("fargate-logging"),
      "data.output\\.conf=[OUTPUT]",
      "data.filters\\.conf=",
      "data.flb_log_cw=false",
    );

  it("is a namespace that EKS looks at, and a ConfigMap without what is empty", async () => {
    await installLogging();
    expect((await kube.get(LOGS)).metadata.labels).toMatchObject({ "aws-observability": "enabled" });
    expect((await kube.get(ROUTER)).data).toEqual({ "output.conf": "[OUTPUT]", flb_log_cw: "false" });
    await uninstall(RELEASE, "--wait");
    expect(await kube.find(LOGS)).toBeUndefined();
  });

  it("takes nothing over that others have made", async () => {
    const { namespace, name } = LOG_ROUTER;
    const theirs = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { namespace, name },
      data: { "output.conf": "theirs" },
    };
    await kube.apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }, theirs]);
    await expect(installLogging()).rejects.toThrow(
      'Namespace "aws-observability" in namespace "" exists and cannot be imported',
    );
    expect((await kube.get(ROUTER)).data).toEqual(theirs.data);
    await kube.delete(ROUTER);
  });

  it("takes a namespace that is handed over to it", async () => {
    await kube.patch(LOGS, {
      metadata: {
        labels: { "app.kubernetes.io/managed-by": "Helm" },
        annotations: { "meta.helm.sh/release-name": RELEASE, "meta.helm.sh/release-namespace": NAMESPACE },
      },
    });
    await installLogging();
    expect((await kube.get(LOGS)).metadata.labels).toMatchObject({ "aws-observability": "enabled" });
    expect((await kube.get(ROUTER)).data).toMatchObject({ "output.conf": "[OUTPUT]" });
  });
});
