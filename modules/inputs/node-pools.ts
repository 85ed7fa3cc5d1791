import { DEFAULT_NODE_POOLS_TIMEOUT } from "../../lib/node-objects/node-checks";
import { Field, terraformType } from "../../lib/inputs/field";
import { fieldRule } from "../../lib/inputs/field-rule";
import { nodeClassesSchema, nodeOverlaysSchema, nodePoolsSchema } from "../../lib/inputs/catalog/objects";
import { ModuleVariableProps } from "../../lib/module";
import { timeout } from "../../lib/inputs/catalog/values";
import { snakeCase } from "../../lib/terraform/readable-stack";
import { Inputs } from "./input";

/** Our own words are spelt as HCL spells them; the API's stay as they are. */
export function snakeOwnWords(name: string): string {
  return ["nodeClass", "nodeClassDefaults", "amiAlias", "allowLatestAmi", "karpenterVersion"].includes(name)
    ? snakeCase(name)
    : name;
}

/** Objects by name, with the type and the rule that the constructs have for them. */
function objects(field: Field, description: string): ModuleVariableProps {
  return {
    type: terraformType(field, snakeOwnWords),
    description,
    default: {},
    rule: fieldRule(field, snakeOwnWords),
  };
}

/** The NodePools and what belongs to them. */
export const NODE_POOLS_INPUTS = {
  node_pools: objects(
    nodePoolsSchema,
    "NodePools by name, in the API's own words without the nesting of its template; spec takes more as JSON.",
  ),
  node_classes: objects(
    nodeClassesSchema,
    "EC2NodeClasses by name, in the API's own words; role, subnets and security groups are filled in; spec takes more as JSON.",
  ),
  node_overlays: objects(nodeOverlaysSchema, "NodeOverlays by name; they need the feature gate nodeOverlay."),
  node_class_defaults: {
    type:
      "object({ role = optional(string), instanceProfile = optional(string), " +
      "subnetSelectorTerms = optional(list(object({ id = optional(string), tags = optional(map(string)) }))), " +
      "securityGroupSelectorTerms = optional(list(object({ id = optional(string), name = optional(string), tags = optional(map(string)) }))) })",
    description: "What EC2NodeClasses get where they say nothing themselves; takes node_class_spec of the root module.",
    default: {},
  },
  create_node_pools: {
    type: "bool",
    description: "Whether to make node_pools, node_classes and node_overlays; when null, where there is any of them.",
    default: null,
  },
  nodes_depend_on: {
    type: "list(string)",
    description:
      "Ids of what nodes and controller need as long as there are any, such as NAT gateways, routes and VPC endpoints: a destroy keeps those until the last node is gone.",
    default: [],
  },
  node_pools_timeout: {
    type: "number",
    description:
      "How long a destroy waits for nodes to drain and instances to end, in seconds: longer than the terminationGracePeriod of any pool.",
    default: DEFAULT_NODE_POOLS_TIMEOUT,
    rule: timeout,
  },
} as const satisfies Inputs;
