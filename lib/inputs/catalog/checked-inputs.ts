import { CONTROLLER_ROLE_INPUTS } from "./controller-identity";
import { CONTROLLER_OPTION_INPUTS } from "./controller";
import { mapRoles } from "./beside";
import { INTERRUPTION_QUEUE_INPUTS } from "./interruption";
import { fargateSelectors } from "./kubernetes";
import { manifestsSchema } from "./manifests";
import { nodeClassDefaultsSchema } from "./node-objects";
import { capacityBuffersSchema, nodeClassesSchema, nodeOverlaysSchema, nodePoolsSchema } from "./objects";

/**
 * The inputs with objects in them. Terraform would drop what the type of such an input does not name, so the published
 * modules take them as they are and hold them against these descriptions.
 */
export const CHECKED_INPUTS = {
  nodePools: nodePoolsSchema,
  nodeClasses: nodeClassesSchema,
  nodeOverlays: nodeOverlaysSchema,
  capacityBuffers: capacityBuffersSchema,
  manifests: manifestsSchema,
  settings: CONTROLLER_OPTION_INPUTS.settings,
  featureGates: CONTROLLER_OPTION_INPUTS.featureGates,
  awsFeatureGates: CONTROLLER_OPTION_INPUTS.awsFeatureGates,
  controllerSize: CONTROLLER_OPTION_INPUTS.controllerSize,
  controllerTolerations: CONTROLLER_OPTION_INPUTS.controllerTolerations,
  controllerTopologySpread: CONTROLLER_OPTION_INPUTS.controllerTopologySpread,
  controllerAffinity: CONTROLLER_OPTION_INPUTS.controllerAffinity,
  controllerHelmValues: CONTROLLER_OPTION_INPUTS.controllerHelmValues,
  fargateSelectors,
  selectors: fargateSelectors,
  controllerTrustConditions: CONTROLLER_ROLE_INPUTS.controllerTrustConditions,
  controllerTrustStatements: CONTROLLER_ROLE_INPUTS.controllerTrustStatements,
  controllerPolicyStatements: CONTROLLER_ROLE_INPUTS.controllerPolicyStatements,
  nodeClassDefaults: nodeClassDefaultsSchema,
  interruptionQueuePolicyStatements: INTERRUPTION_QUEUE_INPUTS.interruptionQueuePolicyStatements,
  mapRoles,
} as const;
