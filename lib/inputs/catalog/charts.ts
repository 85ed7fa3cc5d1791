import type { Field } from "../field";
import { optional, text } from "../field-builders";
import { matching } from "../rule";
import { PLACE } from "./values";

/** A chart of one's own in the place of one that ships with this library: its folder, or its address with its name. */
const chartAddress = matching(`^((oci|https)://|/|\\./|\\.\\./|~/)${PLACE}$`, {
  allowed:
    "an address that begins with oci:// or https://, the chart's name included, or the path of a folder that begins with / or ./",
  remedy: "package and push the chart that ships with this project, or leave it out to take that one",
});

function ownChart(folder: string, name: string): Field {
  return optional(
    `The chart ${name} from a place of your own: its folder, or its address with its name, oci://registry.example/charts/${name}. A registry is asked for the version that ${folder} has here; when left out, that folder itself.`,
    text(chartAddress),
  );
}

/** The chart of the guard, from elsewhere. */
export const GUARD_CHART_INPUTS = {
  guardChart: ownChart("modules/controller/charts/guard", "karpenter-guard"),
} as const satisfies Readonly<Record<string, Field>>;

/** The chart of the FlowSchemas, from elsewhere. */
export const FLOW_SCHEMAS_CHART_INPUTS = {
  flowSchemasChart: ownChart("modules/controller/charts/flow-schemas", "karpenter-flow-schemas"),
} as const satisfies Readonly<Record<string, Field>>;

/** The chart of the logs of pods on Fargate, from elsewhere. */
export const FARGATE_LOGGING_CHART_INPUTS = {
  fargateLoggingChart: ownChart("modules/fargate-logging/charts/fargate-logging", "karpenter-fargate-logging"),
} as const satisfies Readonly<Record<string, Field>>;

/** The chart of the NodePools, from elsewhere. */
export const NODE_POOLS_CHART_INPUTS = {
  nodePoolsChart: ownChart("modules/node-pools/charts/node-pools", "karpenter-node-pools"),
} as const satisfies Readonly<Record<string, Field>>;

/** The chart of the role mappings, from elsewhere. */
export const AWS_AUTH_CHART_INPUTS = {
  awsAuthChart: ownChart("charts/aws-auth", "karpenter-aws-auth"),
} as const satisfies Readonly<Record<string, Field>>;

/** The chart of the alerts and the dashboard, from elsewhere. */
export const MONITORING_CHART_INPUTS = {
  monitoringChart: ownChart("modules/monitoring/charts/monitoring", "karpenter-monitoring"),
} as const satisfies Readonly<Record<string, Field>>;
