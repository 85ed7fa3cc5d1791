import type { Construct } from "constructs";
import { fluentBitRules } from "../lib/inputs/catalog/fargate-logging";
import { FARGATE_LOGGING_PROPERTIES } from "../lib/inputs/catalog/properties";
import type { FargateLoggingProps } from "../lib/kubernetes/fargate-logging";
import { FargateLogging } from "../lib/kubernetes/fargate-logging";
import { ModuleOutput, ModuleStack, PROVIDERS } from "../lib/module";
import { crossPrecondition } from "./cross-precondition";
import { declareInputs, propsOf } from "./inputs";

/** The module `fargate-logging`. */
export class FargateLoggingModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/fargate-logging",
      providers: [PROVIDERS.helm],
      title: "Logs of pods on Fargate",
      description: `
The namespace \`aws-observability\` with the ConfigMap \`aws-logging\`, by which EKS sends what pods on Fargate write to CloudWatch
Logs, as a Helm release of the chart in \`charts/fargate-logging\`. EKS reads it when a pod is made, so let the pods wait for it. The log
group has to be there, and the pod execution role has to be allowed to write to it: the module \`fargate-profile\` makes both.`,
    });
    const fields = FARGATE_LOGGING_PROPERTIES.fields;
    const input = declareInputs(this, fields);
    const logging = new FargateLogging(this, "karpenter", propsOf<FargateLoggingProps>(input, fields));
    new ModuleOutput(this, "release_name", {
      description: "Name of the release, for pods on Fargate to wait for.",
      value: logging.release.name,
      preconditions: fluentBitRules.map(crossPrecondition),
    });
    new ModuleOutput(this, "pod_annotations", {
      description:
        "An annotation that follows the configuration: pods on Fargate that have it are made anew with every change, and get to know of it.",
      value: logging.podAnnotations,
    });
  }
}
