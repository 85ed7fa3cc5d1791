/** The Helm releases: whether any was left in the middle of something, and whether their versions agree. */
import type { HelmRevision } from "../../kubernetes/helm-releases";
import { helmRevisions, newestRevisions } from "../../kubernetes/helm-releases";
import { check } from "../check";
import { controller } from "../installed";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { error, ok, orOk, warning } from "../verdict";

/** The newest revision of each release of Karpenter. */
export async function releases({ ask, kubernetes, options }: Sources): Promise<readonly HelmRevision[]> {
  const namespace = options.namespace ?? (await ask(controller))?.namespace ?? "karpenter";
  return newestRevisions(await helmRevisions(kubernetes, namespace, "karpenter"));
}

type ReleaseState = Pick<HelmRevision, "release" | "namespace" | "revision" | "status">;

export function judgeReleases(newest: readonly ReleaseState[]): readonly Verdict[] {
  return newest.length === 0
    ? [ok("Helm knows no release of Karpenter")]
    : orOk(
        newest.flatMap(problemOf),
        `deployed: ${newest.map(({ release, revision }) => `${release} (${revision})`).join(", ")}`,
      );
}

function problemOf({ release, namespace, revision, status }: ReleaseState): readonly Verdict[] {
  const title = `the Helm release ${namespace}/${release} is ${status} at revision ${revision}`;
  if (status === "deployed") {
    return [];
  }
  if (status.startsWith("pending-")) {
    return [
      error(
        `${title}: a run was ended in the middle of it, and Helm refuses every other one (another operation is in progress); see docs/troubleshooting.md#charts`,
      ),
    ];
  }
  return status === "uninstalling"
    ? [error(`${title}: something of it does not go; see docs/destroy.md, and destroy again`)]
    : [warning(`${title}: what it holds may be half done; apply again`)];
}

/** What the versions are read from. */
export interface VersionsFacts {
  readonly releases: readonly Pick<HelmRevision, "chart" | "chartVersion">[];
  /** Of the controller's image; undefined where none is installed or its tag says nothing. */
  readonly image: string | undefined;
}

export function judgeVersions({ releases: all, image }: VersionsFacts): readonly Verdict[] {
  const versionOf = (chart: string): string | undefined =>
    all.find((each) => each.chart === chart)?.chartVersion.replace(/^v/, "");
  const found = [
    ["the controller's image", image],
    ["its chart", versionOf("karpenter")],
    ["the CRDs' chart", versionOf("karpenter-crd")],
  ].filter(([, version]) => version !== undefined);
  if (found.length === 0) {
    return [ok("there is no version to compare")];
  }
  const words = found.map((pair) => pair.join(" ")).join(", ");
  return new Set(found.map(([, version]) => version)).size === 1
    ? [ok(words)]
    : [error(`versions differ: ${words}; a field is dropped that one knows and another does not; apply again`)];
}

export const RELEASE_CHECKS = [
  check("helm-releases", releases, judgeReleases),
  check(
    "versions",
    async ({ ask }) => ({ releases: await ask(releases), image: (await ask(controller))?.version }),
    judgeVersions,
  ),
];
