import type { Construct } from "constructs";
import { SmokeTest } from "../lib/kubernetes/smoke-test";
import { ModuleStack, PROVIDERS } from "../lib/module";
import { declareInputs } from "./inputs";

/** The module `smoke-test`. */
export class SmokeTestModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/smoke-test",
      providers: [PROVIDERS.kubernetes],
      title: "Smoke test for Karpenter",
      description: `
A deployment of pods that do nothing but take room on Karpenter's nodes. Scale it up with \`replicas\` and nodes come; scale
it down and they go.`,
    });
    const input = declareInputs(this, ["replicas", "cpu_per_replica", "memory_per_replica", "image"]);
    new SmokeTest(this, "inflate", {
      replicas: input.replicas.numberValue,
      cpuPerReplica: input.cpu_per_replica.stringValue,
      memoryPerReplica: input.memory_per_replica.stringValue,
      image: input.image.stringValue,
    });
  }
}
