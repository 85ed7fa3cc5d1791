/** The controller that is installed, and the release that everything is held to. */
import { DEFAULT_KARPENTER_VERSION } from "../../lib/versions";
import type { Controller } from "../kubernetes/controller";
import { controllerOf } from "../kubernetes/controller";
import { Unreachable } from "../kubernetes/unreachable";
import type { Sources } from "./sources";

/** The controller that works on the cluster; undefined where there is none. */
export function controller({ kubernetes, options }: Sources): Promise<Controller | undefined> {
  return controllerOf(kubernetes, options);
}

/** The controller, as far as the cluster can be looked at: AWS alone says much already. */
export async function controllerIfSeen(sources: Sources): Promise<Controller | "unseen" | undefined> {
  try {
    return await sources.ask(controller);
  } catch (problem) {
    if (problem instanceof Unreachable) {
      return "unseen";
    }
    throw problem;
  }
}

/** The release: the one that was named, the one that runs, or the default one. */
export async function release({ options, ask }: Sources): Promise<string> {
  if (options.karpenterVersion !== undefined) {
    return options.karpenterVersion;
  }
  const running = await ask(controllerIfSeen);
  return (typeof running === "object" ? running.version : undefined) ?? DEFAULT_KARPENTER_VERSION;
}
