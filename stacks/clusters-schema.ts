import { jsonSchema } from "../lib/inputs/json-schema";
import type { JsonSchema } from "../lib/inputs/value-test";
import { CLUSTER_DEFAULTS, CLUSTER_ENTRY, CLUSTERS_FILE } from "./cluster-fields";

/**
 * The JSON Schema of the clusters file, draft 7, for editors. Its patterns, limits and descriptions are those of the
 * catalogue; what releases of Karpenter differ in is left to the program.
 */
export function clustersSchema(): JsonSchema {
  const { clusters, ...properties } = (jsonSchema(CLUSTERS_FILE) as { properties: Record<string, JsonSchema> })
    .properties;
  const definitions = (jsonSchema(CLUSTER_ENTRY) as { properties: Record<string, JsonSchema> }).properties;
  const reference = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name}` }]));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Clusters that get Karpenter",
    type: "object",
    additionalProperties: false,
    required: ["clusters"],
    properties: {
      $schema: properties.$schema,
      defaults: { ...properties.defaults, properties: reference(Object.keys(CLUSTER_DEFAULTS.fields)) },
      clusters: {
        ...clusters,
        items: {
          type: "object",
          description: "A cluster.",
          additionalProperties: false,
          required: CLUSTER_ENTRY.required,
          properties: reference(Object.keys(CLUSTER_ENTRY.fields)),
        },
      },
    },
    definitions,
  };
}
