/** The controller's verdict on objects: its own Go code, in a program without a controller. */
import { join } from "node:path";

import { goBuild } from "./go-install";
import type { KubeObject } from "./kube-client";
import { neutralEnvironment } from "./local-aws";
import { runOrThrow } from "./run";

const SOURCES = join(__dirname, "..", "judge");

/** The releases that judge; of each minor version with support, one. The folder's `go.mod` is the newest one's. */
export const JUDGES: Readonly<Record<string, readonly string[]>> = {
  "1.14.3": ["-modfile=karpenter-1.14.mod", "-tags=karpenter_1_14"],
  "1.15.1": [],
};

/** Something that the controller has against an object. */
export interface Objection {
  /** `spec.limits.cpu`; "" is the object. */
  readonly path: string;
  readonly message: string;
}

/** What may be turned on. */
export interface JudgeOptions {
  /** Whether the feature gate `nodeClassCEL` is on. */
  readonly nodeClassCEL?: boolean;
}

/** Builds a judge if this machine has not got it yet, and returns its path. */
export function installJudge(release: string, log?: (line: string) => void): Promise<string> {
  return goBuild(`judge-${release}`, SOURCES, { flags: JUDGES[release], log });
}

/** What the controller of a release has against each of the objects, in their order. */
export async function judge(
  release: string,
  objects: readonly Pick<KubeObject, "kind">[],
  { nodeClassCEL = false }: JudgeOptions = {},
): Promise<Objection[][]> {
  const { stdout } = await runOrThrow(await installJudge(release), [], {
    env: { ...neutralEnvironment(), NODE_CLASS_CEL: String(nodeClassCEL) },
    input: JSON.stringify(objects),
  });
  return JSON.parse(stdout) as Objection[][];
}
