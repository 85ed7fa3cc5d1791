import { JsonSchema } from "../lib/inputs/rule";
import { BACKEND_OPTIONS, BACKEND_REQUIRED, BACKEND_TYPE, CLUSTER_OPTIONS, Options } from "./cluster-options";
import { StateBackend } from "./state-backend";

/** What a cluster cannot do without, unless the defaults give it. */
const REQUIRED_OF_CLUSTER_OR_DEFAULTS = ["region", "subnetIds", "securityGroupIds"] as const;

/** What only a cluster of its own can say. */
const NOT_IN_DEFAULTS: readonly string[] = ["name", "clusterName"];

/**
 * The JSON Schema of the clusters file, draft 7, for editors and for the program alike.
 *
 * Its patterns and limits are those of the constructs' rules.
 */
export function clustersSchema(): JsonSchema {
  const definitions = { ...properties(CLUSTER_OPTIONS), backend: backend() };
  const cluster = Object.fromEntries(Object.keys(definitions).map((name) => [name, { $ref: `#/definitions/${name}` }]));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Clusters that get Karpenter",
    type: "object",
    additionalProperties: false,
    required: ["clusters"],
    properties: {
      $schema: { type: "string", description: "This schema, for editors." },
      defaults: {
        type: "object",
        description:
          "Options of every cluster. A cluster's own value wins as a whole; tags and defaultTags are merged.",
        additionalProperties: false,
        properties: Object.fromEntries(Object.entries(cluster).filter(([name]) => !NOT_IN_DEFAULTS.includes(name))),
      },
      clusters: {
        type: "array",
        description: "The clusters, at least one. Each becomes a stack with its own state.",
        minItems: 1,
        items: {
          type: "object",
          description: "A cluster.",
          additionalProperties: false,
          required: ["clusterName"],
          properties: cluster,
        },
      },
    },
    allOf: REQUIRED_OF_CLUSTER_OR_DEFAULTS.map((name) => ({
      if: { properties: { defaults: { not: { required: [name] } } } },
      then: { properties: { clusters: { items: { required: [name] } } } },
    })),
    definitions,
  };
}

/** Each type of backend has options of its own. */
function backend(): JsonSchema {
  const types = Object.keys(BACKEND_OPTIONS) as StateBackend["type"][];
  return {
    type: "object",
    description: "Where the state is kept; when left out, in a file beside the output folder.",
    required: ["type"],
    properties: properties({ type: BACKEND_TYPE }),
    allOf: types.map((type) => ({
      if: { required: ["type"], properties: { type: { const: type } } },
      then: {
        required: BACKEND_REQUIRED[type],
        additionalProperties: false,
        properties: { type: true, ...properties(BACKEND_OPTIONS[type]) },
      },
    })),
  };
}

function properties(options: Options): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { description, schema, default: value }]) => [
      name,
      { description, ...schema, ...(value === undefined ? {} : { default: value }) },
    ]),
  );
}
