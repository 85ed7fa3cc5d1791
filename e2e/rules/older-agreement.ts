/** Whole objects of the APIs before v1, held against the definitions of their releases. */
import { join } from "node:path";

import type { FieldProblem } from "../../lib/inputs/field-problems";
import { goModule } from "../cloud/go-install";
import type { KubeClient, KubeObject } from "../cloud/kube-client";
import type { Result } from "./agreement";
import { atOnce } from "./at-once";
import { definitionIn, install } from "./definitions";
import { OLDER_CORPUS, OLDER_KINDS, type OlderKind } from "./older-corpus";
import { asManifest, compare, serverProblems, type Subject } from "./verdicts";

interface OlderRelease {
  readonly release: string;
  readonly module: string;
  readonly files: Partial<Record<OlderKind, string>>;
}

const NODE_POOL = { "NodePool v1beta1": "karpenter.sh_nodepools.yaml" };
const BETA = { ...NODE_POOL, "EC2NodeClass v1beta1": "karpenter.k8s.aws_ec2nodeclasses.yaml" };

/** The releases before 1.0 whose definitions can be had. Those of v1alpha5 and v1alpha1 are the same in all releases that have them. */
export const OLDER_RELEASES: readonly OlderRelease[] = [
  {
    release: "0.32.1",
    module: "github.com/aws/karpenter",
    files: {
      Provisioner: "karpenter.sh_provisioners.yaml",
      AWSNodeTemplate: "karpenter.k8s.aws_awsnodetemplates.yaml",
    },
  },
  { release: "0.35.0", module: "github.com/aws/karpenter-provider-aws", files: BETA },
  { release: "0.36.2", module: "github.com/aws/karpenter-provider-aws", files: BETA },
  // The core's definition does not speak of the labels of the AWS provider.
  { release: "0.37.0", module: "sigs.k8s.io/karpenter", files: NODE_POOL },
];

/** Asks the server, and holds its answers against ours. */
export async function olderAgreement(kube: KubeClient): Promise<Result[]> {
  const results: Result[] = [];
  for (const release of OLDER_RELEASES) {
    const folder = join(await goModule(release.module, `v${release.release}`), "pkg", "apis", "crds");
    await install(
      kube,
      await Promise.all(Object.values(release.files).map((file) => definitionIn(join(folder, file)))),
    );
    const items = OLDER_CORPUS.filter(({ kind }) => kind in release.files).filter(
      ({ spec }) => !release.module.startsWith("sigs.k8s.io/") || !JSON.stringify(spec).includes("karpenter.k8s.aws"),
    );
    const found: Result[] = [];
    await atOnce([...items.entries()], async ([index, { kind, title, spec }]) => {
      const object = { ...OLDER_KINDS[kind], metadata: { name: `case-${index}` }, spec } as unknown as KubeObject;
      const subject = asOlder(kind, title, object);
      found[index] = { subject, release, ...compare(subject, await serverProblems(kube, object), [], release.release) };
    });
    results.push(...found);
  }
  return results;
}

/** Of Provisioners and AWSNodeTemplates, the server asks names and types only, and Karpenter's webhook everything else. */
function asOlder(kind: OlderKind, title: string, object: KubeObject): Subject {
  const subject = asManifest(title, object);
  const isByWebhook = kind === "Provisioner" || kind === "AWSNodeTemplate";
  const isStricter = ({ broken, stricter }: FieldProblem): boolean =>
    stricter || (isByWebhook && (!("kind" in broken) || broken.kind === "enum"));
  return {
    ...subject,
    kind,
    isManifest: false,
    problems: (release) => subject.problems(release).map((problem) => ({ ...problem, stricter: isStricter(problem) })),
  };
}
