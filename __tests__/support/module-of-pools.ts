import { publishedModules } from "../../modules";
import { evaluate, localsOf } from "./hcl";

const json = publishedModules()
  .find(({ props }) => props.path === "modules/node-pools")
  ?.toModule() as unknown as {
  readonly locals: Readonly<Record<string, unknown>>;
  readonly check: Readonly<Record<string, { readonly assert: readonly Assertion[] }>>;
  readonly output: {
    readonly release_name: { readonly precondition: readonly Assertion[] };
  };
};

interface Assertion {
  readonly condition: string;
  readonly error_message: string;
}

/** What the published module node-pools makes of inputs. */
export interface ModuleOfPools {
  readonly locals: Readonly<Record<string, unknown>>;
  /** The sentences of the preconditions that do not hold. */
  readonly problems: string[];
  /** The sentences of the checks that do not hold, each with its id behind it where it is the last of that id. */
  readonly warnings: string[];
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
    node_overlays: {},
    capacity_buffers: {},
    acknowledge_warnings: {},
    ...given,
  };
  const known = { var: inputs };
  // What input-check finds nothing wrong in, it gives back.
  const { manifests } = localsOf(json.locals, known);
  const checked = Object.entries({ ...inputs, manifests }).map(([name, value]) => [name, { value }]);
  const whole = { ...known, module: { input_check: Object.fromEntries(checked) as Readonly<Record<string, unknown>> } };
  const scope = { ...whole, local: localsOf(json.locals, whole) };
  const told = (assertions: readonly Assertion[]): string[] =>
    assertions
      .filter(({ condition }) => evaluate(condition, scope) !== true)
      .flatMap(({ error_message }) => String(evaluate(error_message, scope)).split("\n"));
  return {
    locals: scope.local,
    get problems() {
      return told(json.output.release_name.precondition);
    },
    get warnings() {
      return told(Object.values(json.check).flatMap(({ assert }) => assert));
    },
  };
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
