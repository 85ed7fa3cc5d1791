/** The custom resource definitions of Karpenter's releases, and a control plane that knows those of one at a time. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "yaml";

import { goModule } from "../cloud/go-install";
import { isNotFound, type KubeClient, type KubeObject } from "../cloud/kube-client";
import { type Kind, KINDS } from "./corpus";

/** Where definitions come from. */
export interface Definitions {
  readonly release: string;
  /** `aws` has all kinds; `core` has no EC2NodeClass, and does not speak of the labels of the AWS provider. */
  readonly from: "aws" | "core";
}

const MODULES = { aws: "github.com/aws/karpenter-provider-aws", core: "sigs.k8s.io/karpenter" } as const;

const FILES: Readonly<Record<Kind, string>> = {
  NodePool: "karpenter.sh_nodepools.yaml",
  EC2NodeClass: "karpenter.k8s.aws_ec2nodeclasses.yaml",
  NodeOverlay: "karpenter.sh_nodeoverlays.yaml",
  CapacityBuffer: "autoscaling.x-k8s.io_capacitybuffers.yaml",
};

/**
 * A release of each line since the API is v1. Where there is no module of the AWS provider, the core's stands in, which
 * has the same NodePool, NodeOverlay and CapacityBuffer but for those labels.
 */
export const RELEASES: readonly Definitions[] = [
  { release: "1.0.8", from: "aws" },
  { release: "1.1.0", from: "core" },
  { release: "1.2.0", from: "core" },
  { release: "1.3.3", from: "core" },
  { release: "1.4.0", from: "core" },
  { release: "1.5.0", from: "core" },
  { release: "1.6.0", from: "core" },
  { release: "1.7.0", from: "core" },
  { release: "1.8.0", from: "core" },
  { release: "1.9.3", from: "aws" },
  { release: "1.10.0", from: "aws" },
  { release: "1.11.0", from: "aws" },
  { release: "1.12.0", from: "aws" },
  { release: "1.13.0", from: "aws" },
  { release: "1.14.3", from: "aws" },
  { release: "1.15.1", from: "aws" },
];

/** The definitions that a release has. */
export async function definitionsOf({ release, from }: Definitions): Promise<Map<Kind, KubeObject>> {
  const folder = join(await goModule(MODULES[from], `v${release}`), "pkg", "apis", "crds");
  const found = KINDS.filter((kind) => existsSync(join(folder, FILES[kind])));
  return new Map(
    await Promise.all(
      found.map(async (kind): Promise<[Kind, KubeObject]> => {
        return [kind, await definitionIn(join(folder, FILES[kind]))];
      }),
    ),
  );
}

/** The definition in a file; a webhook of the controller would convert between versions, of which only the stored one is asked for. */
export async function definitionIn(file: string): Promise<KubeObject> {
  const definition = parse(await readFile(file, "utf8")) as KubeObject;
  return { ...definition, spec: { ...definition.spec, conversion: undefined } };
}

/**
 * Makes these the only definitions that the server has. They are deleted and made anew, for a definition that is only
 * changed is answered from the old one for a while.
 */
export async function install(kube: KubeClient, definitions: readonly KubeObject[]): Promise<void> {
  const reference = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
  const old = (await kube.list(reference)).map(({ metadata }) => ({ ...reference, name: metadata.name }));
  await Promise.all(old.map((one) => kube.delete(one)));
  await Promise.all(
    old.map((one) =>
      kube.waitFor(`${one.name} to be gone`, async () => (await kube.find(one)) === undefined, { intervalMs: 20 }),
    ),
  );
  await kube.apply(definitions);
  await Promise.all(
    definitions.map(({ spec, metadata }) =>
      kube.waitFor(
        `${metadata.name} to be served`,
        async () => {
          const version = (spec.versions as { name: string; storage: boolean }[]).find(({ storage }) => storage);
          try {
            await kube.request("GET", `/apis/${spec.group}/${version?.name}/${spec.names.plural}`);
            return true;
          } catch (error) {
            if (isNotFound(error)) {
              return false;
            }
            throw error;
          }
        },
        { intervalMs: 20 },
      ),
    ),
  );
}

/** All that a definition says of an object: two that say the same answer the same. */
export function schemaOf({ spec }: KubeObject): string {
  return JSON.stringify(spec.versions, (key, value: unknown) =>
    key === "description" || key === "additionalPrinterColumns"
      ? undefined
      : key === "enum"
        ? [...(value as string[])].sort()
        : value,
  );
}
