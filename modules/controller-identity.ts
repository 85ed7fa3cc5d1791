import type { Construct } from "constructs";
import type { ControllerRoleProps } from "../lib/aws/controller-role";
import { ControllerRole } from "../lib/aws/controller-role";
import { addPreconditions, ModuleOutput } from "../lib/module";
import { controllerQueueRules, identityRules } from "../lib/inputs/catalog/cross-rules";
import { controllerRoleEnvironmentRules } from "../lib/inputs/catalog/environment-rules";
import { ENVIRONMENT_READING_INPUTS } from "../lib/inputs/catalog/cluster";
import { amiParameterRules } from "../lib/inputs/catalog/ami-parameters";
import { CHECK_INPUTS } from "../lib/inputs/catalog/beside";
import { controllerStatementRules } from "../lib/inputs/catalog/iam-statements";
import { CheckedInputs } from "./checked-inputs";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { controllerPolicyRules } from "../lib/inputs/catalog/policy-rules";
import { alreadyChecked } from "../lib/inputs/problems";
import { resourcesOf } from "../lib/terraform/resources-of";
import { crossPrecondition, partPrecondition } from "./cross-precondition";
import { tfString } from "../lib/terraform/expression";
import { AwsModuleStack } from "./aws-module-stack";
import { CONTROLLER_ROLE_PROPERTIES } from "../lib/inputs/catalog/properties";
import { declareInputs, propsOf } from "./inputs";

/** The module `controller-identity`. */
export class ControllerIdentityModule extends AwsModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/controller-identity",
      title: "Karpenter controller identity",
      description: `
The IAM role of Karpenter's controller, for IRSA (which also works on Fargate) or EKS Pod Identity, with Karpenter's
permissions as one inline policy, or as several managed ones: one managed policy with all of them would pass the 6,144
characters that IAM takes. Their statements are in \`policy.tf.json\`, each that depends on the release with since and until
when it is granted.`,
    });
    const fields = CONTROLLER_ROLE_PROPERTIES.fields;
    const input = declareInputs(this, { ...fields, ...ENVIRONMENT_READING_INPUTS, ...CHECK_INPUTS });
    const { controller_trust_conditions, controller_trust_statements, controller_policy_statements } = input;
    const checked = new CheckedInputs(this, {
      inputs: { controller_trust_conditions, controller_trust_statements, controller_policy_statements },
      source: "../input-check",
      condition: input.check_inputs,
    });
    const controller = new ControllerRole(
      this,
      "controller",
      alreadyChecked({
        ...propsOf<ControllerRoleProps>(input, fields, checked),
        // Where it is missing, the role's precondition says so, and not an error in the middle of the trust policy.
        oidcProviderArn: tfString`${input.oidc_provider_arn.value} == null ? "" : ${input.oidc_provider_arn.value}`,
        ...this.environment(input),
        namePrefix: this.namePrefix(input),
      }),
    );
    addPreconditions(controller.role, identityRules.map(crossPrecondition));
    // Whoever runs as the role needs its policies, and the association.
    const dependsOn = resourcesOf(controller);
    new ModuleOutput(this, "controller_role_arn", {
      description: "ARN of the controller's role.",
      value: controller.roleArn,
      dependsOn,
      preconditions: [
        ...[...controllerQueueRules, ...newerVersionRules, ...amiParameterRules].map(crossPrecondition),
        ...[
          ...controllerPolicyRules("additionalPolicies"),
          ...controllerStatementRules,
          ...controllerRoleEnvironmentRules,
        ].map(partPrecondition),
        ...this.environmentPreconditions,
      ],
    });
    new ModuleOutput(this, "controller_role_name", {
      description: "Name of the controller's role.",
      value: controller.roleName,
      dependsOn,
    });
    new ModuleOutput(this, "controller_role_unique_id", {
      description: "Unique id of the controller's role, AROA….",
      value: controller.roleUniqueId,
    });
    new ModuleOutput(this, "controller_policy_arns", {
      description: "ARNs of the controller's policies by what they are for.",
      value: controller.policy.policyArns,
    });
    new ModuleOutput(this, "ebs_kms_key_policy", {
      description:
        "Statements, as JSON, by which a KMS key of another account lets EC2 encrypt the volumes of nodes with it: for source_policy_documents of the key's own policy.",
      value: controller.ebsKmsKeyPolicy,
    });
    new ModuleOutput(this, "pod_identity_association_id", {
      description: "Id of the EKS Pod Identity association; null with IRSA.",
      value: controller.podIdentityAssociationId,
    });
  }
}
