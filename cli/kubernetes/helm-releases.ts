/** What Helm keeps of its releases in a cluster: one Secret for each revision. */
import { gunzipSync } from "node:zlib";
import type { Kubernetes, KubernetesObject } from "./kubernetes";

/** A revision of a release. */
export interface HelmRevision {
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  /** `deployed`, `superseded`, `failed`, `pending-install`, `pending-upgrade`, `pending-rollback`, `uninstalling`, `uninstalled`. */
  readonly status: string;
  /** When Helm last worked on it. */
  readonly updatedAt: Date;
  readonly chart: string;
  readonly chartVersion: string;
  /** The objects, as YAML. */
  readonly manifest: string;
  /** The Secret that holds it. */
  readonly secret: HelmSecret;
}

/** A Secret that holds a revision. */
export interface HelmSecret extends KubernetesObject {
  readonly data: { readonly release: string };
}

/** What is in it, as far as it is read here. */
interface Content {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  readonly manifest?: string;
  readonly info?: { readonly status?: string; readonly last_deployed?: string };
  readonly chart?: { readonly metadata?: { readonly name?: string; readonly version?: string } };
}

/** All revisions of releases in a namespace whose names begin so, the newest of each release first. */
export async function helmRevisions(
  kubernetes: Kubernetes,
  namespace: string,
  beginning: string,
): Promise<readonly HelmRevision[]> {
  const secrets = await kubernetes.list<HelmSecret>(
    `/api/v1/namespaces/${namespace}/secrets?labelSelector=owner%3Dhelm`,
  );
  return secrets
    .filter(({ metadata }) => metadata.name.startsWith(`sh.helm.release.v1.${beginning}`))
    .map(revisionIn)
    .sort((one, other) => one.release.localeCompare(other.release) || other.revision - one.revision);
}

/** The newest revision of each release. */
export function newestRevisions(revisions: readonly HelmRevision[]): readonly HelmRevision[] {
  return revisions.filter(
    ({ release }, index) => revisions.findIndex((revision) => revision.release === release) === index,
  );
}

/** The release in a Secret: JSON, gzipped, in base64, and that again in the base64 of every Secret. */
export function releaseContent({ data }: HelmSecret): unknown {
  const zipped = Buffer.from(Buffer.from(data.release, "base64").toString("ascii"), "base64");
  return JSON.parse(gunzipSync(zipped).toString("utf8"));
}

function revisionIn(secret: HelmSecret): HelmRevision {
  const { name, namespace, version, manifest = "", info, chart } = releaseContent(secret) as Content;
  return {
    release: name,
    namespace,
    revision: version,
    status: info?.status ?? "unknown",
    updatedAt: new Date(info?.last_deployed ?? 0),
    chart: chart?.metadata?.name ?? "",
    chartVersion: chart?.metadata?.version ?? "",
    manifest,
    secret,
  };
}
