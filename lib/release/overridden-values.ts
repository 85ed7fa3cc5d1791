import { Token } from "cdktf";
import { all, is, not } from "../inputs/predicate";
import type { Part, WarningRule } from "../inputs/warning-rule";
import { asItIs } from "../inputs/warning-rule";
import { isFields, isGiven } from "../terraform/known-values";
import type { HelmValues } from "./helm-values";
import { saidAt, valuesDocuments } from "./helm-values";

/** A value of the chart that something here says too. */
export interface Override {
  /** Where the chart has it. */
  readonly path: readonly string[];
  /** The input that says it; without one, it is always said. */
  readonly input?: string;
  /** What is said in vain; `{x}` is the input x. */
  readonly over: string;
}

const single = (input: string, ...paths: readonly string[]): Override[] =>
  paths.map((path) => ({ path: path.split("."), input, over: `"{${input}}"` }));

/** Inputs that are single values of the chart or lists; maps are merged. */
export const OVERRIDES: readonly Override[] = [
  ...single("controllerReplicas", "replicas"),
  ...single("controllerSize", "controller.resources.requests", "controller.resources.limits"),
  ...single("controllerTolerations", "tolerations"),
  ...single("controllerTopologySpread", "topologySpreadConstraints"),
  ...single("controllerMaxUnavailable", "podDisruptionBudget.maxUnavailable"),
  ...single("controllerDnsPolicy", "dnsPolicy"),
  ...single("logLevel", "logLevel"),
  ...single("serviceMonitor", "serviceMonitor.enabled"),
  ...single("controllerImageRepository", "controller.image.repository"),
  ...single("controllerImageTag", "controller.image.tag"),
  ...single("controllerImageDigest", "controller.image.digest"),
  ...single("controllerHttpProxy", "controller.env"),
  ...single("controllerHttpsProxy", "controller.env"),
  ...single("controllerPriorityClassName", "priorityClassName"),
  ...single("clusterName", "settings.clusterName"),
  ...single("clusterEndpoint", "settings.clusterEndpoint"),
  ...single("interruptionQueueName", "settings.interruptionQueue"),
  {
    path: ["serviceAccount", "name"],
    over: '"{serviceAccountName}", which the trust policy of the controller\'s role names',
  },
  {
    path: ["serviceAccount", "annotations", "eks.amazonaws.com/role-arn"],
    over: "the controller's role that is known here",
  },
];

/** Inputs whose fields are values of the chart, and where it has them. */
export const OVERRIDDEN_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  settings: ["settings"],
  featureGates: ["settings", "featureGates"],
  awsFeatureGates: ["settings", "awsFeatureGates"],
  controllerAffinity: ["affinity"],
};

/** Values for the chart that say what an input says too: Helm lets them win. */
export const overrideRule: WarningRule<"override"> = {
  id: "karpenter-overridden-value",
  of: "override",
  text: '"{}" of "{controllerHelmValues}" wins over <over>; say it in one place',
  isRight: not(all(is("isGiven", true), is("isSaid", true))),
  words: { over: asItIs("over") },
};

/** What {@link overrideRule} speaks of: `isGiven` by an input, `isSaid` by values for the chart. */
export function overrideParts(props: object): Part[] {
  const inputs = props as Readonly<Record<string, unknown>>;
  const documents = valuesDocuments("controllerHelmValues", inputs.controllerHelmValues as HelmValues | undefined);
  const part = ({ path, input, over }: Override, isGivenHere: boolean): Part => {
    const said = saidAt(documents, path);
    const isSaid = isGiven(said) && !Token.isUnresolved(said);
    return {
      path: path.join("."),
      fields: { isGiven: input === undefined || isGivenHere, isSaid, over: over.replace(/[{}]/g, "") },
      at: (field) => field,
    };
  };
  const fields = Object.entries(OVERRIDDEN_OBJECTS).flatMap(([input, above]) =>
    Object.entries(isFields(inputs[input]) ? inputs[input] : {}).map(([name, value]) =>
      part({ path: [...above, name], input, over: `"${input}.${name}"` }, isGiven(value)),
    ),
  );
  return [...OVERRIDES.map((found) => part(found, isGiven(inputs[found.input ?? ""]))), ...fields];
}
