import type { Construct } from "constructs";
import type { InstanceProfileMode } from "../lib/aws/controller-policy";
import type { ControllerIdentity } from "../lib/aws/controller-role";
import { ControllerRole } from "../lib/aws/controller-role";
import { addPreconditions, ModuleOutput } from "../lib/module";
import { controllerQueueRules, identityRules } from "../lib/inputs/catalog/cross-rules";
import { controllerRoleEnvironmentRules } from "../lib/inputs/catalog/environment-rules";
import { INPUTS } from "../lib/inputs/catalog/inputs";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { policyOnce } from "../lib/inputs/catalog/policy-rules";
import { alreadyChecked } from "../lib/inputs/problems";
import { resourcesOf } from "../lib/terraform/resources-of";
import { crossPrecondition, partPrecondition } from "./cross-precondition";
import { AwsModuleStack, ENVIRONMENT_INPUTS, IAM_INPUTS } from "./aws-module-stack";
import { declareInputs } from "./inputs";

/** The module `controller-identity`. */
export class ControllerIdentityModule extends AwsModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/controller-identity",
      title: "Karpenter controller identity",
      description: `
The IAM role of Karpenter's controller, for IRSA (which also works on Fargate) or EKS Pod Identity, with Karpenter's
permissions as several managed policies: one document with all of them would pass the 6,144 characters that IAM takes. Their
statements are in \`policy.tf.json\`, each that depends on the release with since and until when it is granted.`,
    });
    const names = [
      "cluster_name",
      "controller_identity",
      "oidc_provider_arn",
      "namespace",
      "service_account_name",
      "node_role_arns",
      "instance_profile_mode",
      "reboot_for_repair",
      "interruption_handling",
      "interruption_queue_arn",
      "interruption_queue_kms_key_arn",
      "karpenter_version",
      "allow_newer_karpenter_version",
      "controller_role_name",
      "additional_policies",
      ...IAM_INPUTS,
      ...ENVIRONMENT_INPUTS,
      "read_environment",
    ] as const;
    const input = declareInputs(this, names, { additional_policies: INPUTS.controllerAdditionalPolicies });
    const controller = new ControllerRole(
      this,
      "controller",
      alreadyChecked({
        ...this.environment(input),
        clusterName: input.cluster_name.stringValue,
        karpenterVersion: input.karpenter_version.stringValue,
        controllerIdentity: input.controller_identity.stringValue as ControllerIdentity,
        oidcProviderArn: input.oidc_provider_arn.stringValue,
        namespace: input.namespace.stringValue,
        serviceAccountName: input.service_account_name.stringValue,
        nodeRoleArns: input.node_role_arns.listValue,
        instanceProfileMode: input.instance_profile_mode.stringValue as InstanceProfileMode,
        rebootForRepair: input.reboot_for_repair.booleanValue,
        interruptionHandling: input.interruption_handling.booleanValue,
        interruptionQueueArn: input.interruption_queue_arn.stringValue,
        interruptionQueueKmsKeyArn: input.interruption_queue_kms_key_arn.stringValue,
        controllerRoleName: input.controller_role_name.stringValue,
        additionalPolicies: input.additional_policies.mapValue,
        ...this.iamProps(input),
      }),
    );
    addPreconditions(controller.trustPolicies[0], identityRules.map(crossPrecondition));
    // Whoever runs as the role needs its policies, and the association.
    const dependsOn = resourcesOf(controller);
    new ModuleOutput(this, "controller_role_arn", {
      description: "ARN of the controller's role.",
      value: controller.roleArn,
      dependsOn,
      preconditions: [
        ...[...controllerQueueRules, ...newerVersionRules].map(crossPrecondition),
        ...[policyOnce("additionalPolicies"), ...controllerRoleEnvironmentRules].map(partPrecondition),
        ...this.environmentPreconditions,
      ],
    });
    new ModuleOutput(this, "controller_role_name", {
      description: "Name of the controller's role.",
      value: controller.roleName,
      dependsOn,
    });
    new ModuleOutput(this, "controller_policy_arns", {
      description: "ARNs of the controller's policies by what they are for.",
      value: controller.policy.policyArns,
    });
    new ModuleOutput(this, "pod_identity_association_id", {
      description: "Id of the EKS Pod Identity association; null with IRSA.",
      value: controller.podIdentityAssociationId,
    });
  }
}
