import { publishedModules } from "../../modules";
import { evaluate, localsOf } from "./hcl";

const json = publishedModules()
  .find(({ props }) => props.path === "modules/node-pools")
  ?.toModule() as unknown as {
  readonly locals: Readonly<Record<string, unknown>>;
  readonly output: {
    readonly release_name: { readonly precondition: readonly { condition: string; error_message: string }[] };
  };
};

/** What the published module node-pools makes of inputs. */
export interface ModuleOfPools {
  readonly locals: Readonly<Record<string, unknown>>;
  /** The sentences of the preconditions that do not hold. */
  readonly problems: string[];
}

/** Evaluates the locals of the module, and its preconditions on several inputs together; the defaults say all a class needs. */
export function moduleOfPools(given: Readonly<Record<string, unknown>>): ModuleOfPools {
  const inputs = {
    node_pools: {},
    node_classes: {},
    manifests: [],
    complete_manifests: true,
    existing_node_classes: [],
    node_class_defaults: {
      role: "nodes",
      subnetSelectorTerms: [{ id: "subnet-0" }],
      securityGroupSelectorTerms: [{ id: "sg-0" }],
    },
    node_pools_timeout: null,
    kubernetes_version: null,
    karpenter_version: "1.14.3",
    allow_newer_karpenter_version: false,
    check_inputs: true,
    ...given,
  };
  // What input-check finds nothing wrong in, it gives back.
  const { manifests } = localsOf(json.locals, { var: inputs });
  const checked = Object.entries({ ...inputs, manifests }).map(([name, value]) => [name, { value }]);
  const known = {
    var: inputs,
    module: { input_check: Object.fromEntries(checked) as Readonly<Record<string, unknown>> },
  };
  const scope = { ...known, local: localsOf(json.locals, known) };
  const problems = json.output.release_name.precondition
    .filter(({ condition }) => evaluate(condition, scope) !== true)
    .flatMap(({ error_message }) => String(evaluate(error_message, scope)).split("\n"));
  return { locals: scope.local, problems };
}

const NAMES = {
  node_pools: "nodePools",
  node_classes: "nodeClasses",
  existing_node_classes: "existingNodeClasses",
  node_class_defaults: "nodeClassDefaults",
  node_pools_timeout: "nodePoolsTimeout",
};

/** A sentence of the module in the spelling of synth. */
export function ownSpelling(sentence: string): string {
  return Object.entries(NAMES).reduce(
    (text, [input, property]) => text.replace(new RegExp(`\\b${input}\\b`, "g"), property),
    sentence,
  );
}
