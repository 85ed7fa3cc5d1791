import { gzipSync } from "node:zlib";
import { judgeReleases, judgeVersions } from "../../../../cli/doctor/cluster/releases";
import { helmRevisions, newestRevisions } from "../../../../cli/kubernetes/helm-releases";

const release = (status: string) => ({ release: "karpenter", namespace: "karpenter", revision: 2, status });

test.each([
  ["deployed", "ok", /^deployed: karpenter \(2\)$/],
  [
    "pending-install",
    "error",
    /karpenter\/karpenter is pending-install at revision 2: .*another operation is in progress/,
  ],
  ["pending-rollback", "error", /pending-rollback/],
  ["uninstalling", "error", /destroy again/],
  ["failed", "warning", /apply again/],
])("a release that is %s is told", (status, state, text) => {
  expect(judgeReleases([release(status)])).toEqual([{ state, text: expect.stringMatching(text) as string }]);
});

const chart = (name: string, chartVersion: string) => ({ chart: name, chartVersion });

test.each([
  ["agree", "1.14.3", [chart("karpenter", "1.14.3"), chart("karpenter-crd", "1.14.3")], "ok"],
  ["agree but for the v of old charts", "0.33.1", [chart("karpenter", "v0.33.1")], "ok"],
  ["are none", undefined, [], "ok"],
  ["differ in the CRDs", "1.14.3", [chart("karpenter", "1.14.3"), chart("karpenter-crd", "1.9.3")], "error"],
  ["differ in the image", "1.14.0", [chart("karpenter", "1.14.3"), chart("karpenter-crd", "1.14.3")], "error"],
])("versions that %s are told", (_, image, releases, state) => {
  expect(judgeVersions({ releases, image })).toMatchObject([{ state }]);
});

test("revisions are read from their Secrets, the newest of each release first", async () => {
  const secret = (name: string, version: number, status: string) => {
    const content = { name, namespace: "karpenter", version, info: { status }, manifest: "a: 1", chart: {} };
    const zipped = gzipSync(JSON.stringify(content)).toString("base64");
    return {
      metadata: { name: `sh.helm.release.v1.${name}.v${version}` },
      data: { release: Buffer.from(zipped).toString("base64") },
    };
  };
  const secrets = [
    secret("karpenter", 9, "superseded"),
    secret("karpenter", 10, "pending-upgrade"),
    secret("karpenter-crd", 1, "deployed"),
    secret("other", 1, "deployed"),
  ];
  const kubernetes = {
    get: () => Promise.resolve(undefined),
    list: <T>() => Promise.resolve(secrets as unknown as T[]),
  };
  const found = newestRevisions(await helmRevisions(kubernetes, "karpenter", "karpenter"));
  expect(found.map(({ release: name, revision, status }) => [name, revision, status])).toEqual([
    ["karpenter", 10, "pending-upgrade"],
    ["karpenter-crd", 1, "deployed"],
  ]);
});
