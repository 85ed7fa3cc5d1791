/**
 * Five releases one after the other, by nothing but another version: CRDs and controller are upgraded, NodePools stay.
 * The controller itself is upgraded under pods that run in one-apply.test.ts.
 */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { atRelease } from "../../lib/versions/minor-version";
import { minorVersionOf } from "../../lib/versions/karpenter-version";
import { karpenterCharts } from "../cloud/charts";
import { ControlPlane } from "../cloud/control-plane";
import { addFargateNodes, setFargateProfiles } from "../cloud/fargate";
import { KARPENTER_PROFILE } from "../cloud/eks-cluster";
import type { KubeObject } from "../cloud/kube-client";
import { Kwok } from "../cloud/kwok";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules } from "../support/account";

const RELEASES = ["1.0.8", "1.9.3", "1.14.0", "1.14.3", "1.15.1"] as const;
const NODE_POOL = { apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" };
const NODE_CLASS = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "default" };

/** A definition, as the versions that it serves and the one that it stores. */
interface Definition {
  readonly kind: string;
  readonly served: readonly string[];
  readonly stored: string;
}

describe("an upgrade", () => {
  let kube: ControlPlane;
  let kwok: Kwok;
  let folder: string;
  let terraform: Terraform;
  let first: KubeObject[];

  const variables = async (release: string): Promise<Record<string, unknown>> => ({
    karpenter_version: release,
    charts: dirname((await karpenterCharts(release)).karpenter),
  });
  const nodeObjects = (): Promise<KubeObject[]> => Promise.all([kube.get(NODE_POOL), kube.get(NODE_CLASS)]);

  beforeAll(async () => {
    kube = await ControlPlane.start();
    kwok = await Kwok.start(kube);
    await addFargateNodes(kube);
    await setFargateProfiles(kube, [KARPENTER_PROFILE]);
    folder = await mkdtemp(join(tmpdir(), "karpenter-scenario-"));
    await copyModules(join(folder, "karpenter"));
    await cp(join(__dirname, "fixtures/upgrade/main.tf"), join(folder, "main.tf"));
    terraform = await Terraform.in({ folder, env: kube.env(), mirrors: await standInMirrors() });
    await terraform.init();
    await terraform.apply(await variables(RELEASES[0]));
    first = await nodeObjects();
  });

  afterAll(async () => {
    await terraform?.close();
    await kwok?.stop();
    await kube?.stop();
    if (folder) {
      await rm(folder, { recursive: true, force: true });
    }
  });

  describe.each(RELEASES)("to %s", (release) => {
    beforeAll(async () => terraform.apply(await variables(release)));

    it("brings the controller of that release", async () => {
      const deployment = await kube.get({
        apiVersion: "apps/v1",
        kind: "Deployment",
        name: "karpenter",
        namespace: "karpenter",
      });
      expect(deployment.metadata.labels?.["app.kubernetes.io/version"]).toBe(release);
      expect(deployment.status.readyReplicas).toBe(2);
    });

    it("brings the definitions of that release, in the versions that it serves", async () => {
      expect(await definitions(kube)).toEqual(
        [...atRelease(minorVersionOf(release).crds, release)]
          .map(({ kind, served, stored }) => ({ kind, served: [...served].sort(), stored }))
          .sort(byKind),
      );
    });

    it("keeps NodePool and node class, each as it was said", async () => {
      const now = await nodeObjects();
      expect(now.map(({ metadata }) => metadata.uid)).toEqual(first.map(({ metadata }) => metadata.uid));
      expect(now.map(({ spec }) => spec as unknown)).toEqual(first.map(({ spec }) => spec as unknown));
    });

    it("has nothing to do after it", async () => {
      expect(await terraform.isPlanEmpty(await variables(release))).toBe(true);
    });
  });
});

async function definitions(kube: ControlPlane): Promise<Definition[]> {
  const found = await kube.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
  return found
    .map(({ spec }) => {
      const versions = spec.versions as { name: string; served: boolean; storage: boolean }[];
      return {
        kind: (spec.names as { kind: string }).kind,
        served: versions
          .filter(({ served }) => served)
          .map(({ name }) => name)
          .sort(),
        stored: versions.find(({ storage }) => storage)?.name ?? "",
      };
    })
    .sort(byKind);
}

function byKind(a: Definition, b: Definition): number {
  return a.kind < b.kind ? -1 : 1;
}
