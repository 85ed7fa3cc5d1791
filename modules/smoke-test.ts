import type { Construct } from "constructs";
import type { SmokeTestProps } from "../lib/kubernetes/smoke-test";
import { SmokeTest } from "../lib/kubernetes/smoke-test";
import { ModuleStack, PROVIDERS } from "../lib/module";
import { SMOKE_TEST_INPUTS } from "../lib/inputs/catalog/beside";
import { declareInputs, propsOf } from "./inputs";

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
    const input = declareInputs(this, SMOKE_TEST_INPUTS);
    new SmokeTest(this, "inflate", propsOf<SmokeTestProps>(input, SMOKE_TEST_INPUTS));
  }
}
