import { Token } from "cdktf";
import type { Warning } from "../inputs/acknowledged-warnings";
import { isFields, isGiven } from "../terraform/known-values";
import type { HelmValues } from "./helm-values";
import { saidAt, valuesDocuments } from "./helm-values";

/** Inputs that are single values of the chart or lists, and where it has them; maps are merged. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  controllerReplicas: ["replicas"],
  controllerSize: ["controller.resources.requests", "controller.resources.limits"],
  controllerTolerations: ["tolerations"],
  controllerTopologySpread: ["topologySpreadConstraints"],
  controllerMaxUnavailable: ["podDisruptionBudget.maxUnavailable"],
  controllerDnsPolicy: ["dnsPolicy"],
  logLevel: ["logLevel"],
  serviceMonitor: ["serviceMonitor.enabled"],
  controllerImageRepository: ["controller.image.repository"],
  controllerImageTag: ["controller.image.tag"],
  controllerImageDigest: ["controller.image.digest"],
  controllerHttpProxy: ["controller.env"],
  controllerHttpsProxy: ["controller.env"],
  controllerPriorityClassName: ["priorityClassName"],
  clusterName: ["settings.clusterName"],
  clusterEndpoint: ["settings.clusterEndpoint"],
  interruptionQueueName: ["settings.interruptionQueue"],
};

/** Inputs whose fields are values of the chart. */
const OBJECTS: Readonly<Record<string, string>> = {
  settings: "settings",
  controllerAffinity: "affinity",
  featureGates: "settings.featureGates",
  awsFeatureGates: "settings.awsFeatureGates",
};

const SERVICE_ACCOUNT = "serviceAccount.name";
const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

/** Values for the chart that say what an input says too: Helm lets them win. */
export function overrideWarnings(props: object): Warning[] {
  const inputs = props as Readonly<Record<string, unknown>>;
  const documents = valuesDocuments("controllerHelmValues", inputs.controllerHelmValues as HelmValues | undefined);
  const says = (...path: readonly string[]): boolean => {
    const said = saidAt(documents, path);
    return isGiven(said) && !Token.isUnresolved(said);
  };
  const values = Object.entries(VALUES)
    .filter(([input]) => isGiven(inputs[input]))
    .flatMap(([input, paths]) => paths.map((path) => [path, `"${input}"`]));
  const fields = Object.entries(OBJECTS).flatMap(([input, above]) =>
    Object.entries(isFields(inputs[input]) ? inputs[input] : {})
      .filter(([, value]) => isGiven(value))
      .map(([name]) => [`${above}.${name}`, `"${input}.${name}"`]),
  );
  // These are made whether or not an input names them.
  const account = [SERVICE_ACCOUNT, '"serviceAccountName", which the trust policy of the controller\'s role names'];
  const role = says("serviceAccount", "annotations", ROLE_ANNOTATION)
    ? [[`serviceAccount.annotations.${ROLE_ANNOTATION}`, "the controller's role that is known here"]]
    : [];
  return [...[...values, ...fields, account].filter(([path]) => says(...path.split("."))), ...role].map(
    ([path, over]) => ({
      id: "karpenter-overridden-value",
      text: `"${path}" of "controllerHelmValues" wins over ${over}; say it in one place`,
    }),
  );
}
