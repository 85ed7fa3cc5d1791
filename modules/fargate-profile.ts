import type { Construct } from "constructs";
import type { FargateProfileProps } from "../lib/aws/fargate-profile";
import { FargateProfile } from "../lib/aws/fargate-profile";
import { ModuleOutput } from "../lib/module";
import { podExecutionRoleRules } from "../lib/inputs/catalog/cross-rules";
import { crossPrecondition, partPrecondition } from "./cross-precondition";
import { fargateEnvironmentRules } from "../lib/inputs/catalog/environment-rules";
import { CHECK_INPUTS } from "../lib/inputs/catalog/beside";
import { ENVIRONMENT_READING_INPUTS } from "../lib/inputs/catalog/cluster";
import { FARGATE_PROFILE_PROPERTIES } from "../lib/inputs/catalog/properties";
import { alreadyChecked } from "../lib/inputs/problems";
import { podExecutionPolicyRules } from "../lib/inputs/catalog/policy-rules";
import { fargateLogGroupRules } from "../lib/inputs/catalog/fargate-logging";
import { unusedFargateLogGroupRules, unusedPodExecutionRoleRules } from "../lib/inputs/catalog/unused-rules";
import { AwsModuleStack } from "./aws-module-stack";
import { CheckedInputs } from "./checked-inputs";
import { declareInputs, propsOf } from "./inputs";

/** The module `fargate-profile`. */
export class FargateProfileModule extends AwsModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/fargate-profile",
      title: "Fargate profile for Karpenter",
      description: `
A Fargate profile with its pod execution role, so that Karpenter's controller needs no node to run on. A profile cannot be
changed, only replaced: unless it has a name of your own, its name ends in a hash of all that would replace it, so that the new
one is there before the old one goes.`,
    });
    const { fields } = FARGATE_PROFILE_PROPERTIES;
    const input = declareInputs(this, { ...fields, ...ENVIRONMENT_READING_INPUTS, ...CHECK_INPUTS });
    const checked = new CheckedInputs(this, {
      inputs: { selectors: input.selectors },
      source: "../input-check",
      condition: input.check_inputs,
    });
    const fargate = new FargateProfile(
      this,
      "karpenter",
      alreadyChecked({
        ...propsOf<FargateProfileProps>(input, fields, checked),
        ...this.environment(input),
        namePrefix: this.namePrefix(input),
      }),
    );
    new ModuleOutput(this, "fargate_profile_name", {
      description: "Name of the Fargate profile.",
      value: fargate.fargateProfileName,
    });
    new ModuleOutput(this, "fargate_profile_arn", {
      description: "ARN of the Fargate profile.",
      value: fargate.fargateProfileArn,
    });
    new ModuleOutput(this, "pod_execution_role_arn", {
      description: "ARN of the pod execution role, made here or your own.",
      value: fargate.podExecutionRoleArn,
      preconditions: [
        ...podExecutionRoleRules.map(crossPrecondition),
        ...[
          ...unusedPodExecutionRoleRules,
          ...fargateEnvironmentRules,
          ...podExecutionPolicyRules,
          ...fargateLogGroupRules,
          ...unusedFargateLogGroupRules,
        ].map(partPrecondition),
        ...this.environmentPreconditions,
      ],
    });
    new ModuleOutput(this, "pod_execution_role_name", {
      description: "Name of the pod execution role, made here or your own.",
      value: fargate.podExecutionRoleName,
    });
    new ModuleOutput(this, "fargate_log_group_name", {
      description: "Name of the log group that pods on Fargate write to; null without logs.",
      value: fargate.logGroupName,
    });
    new ModuleOutput(this, "aws_auth_role", {
      description: "The pod execution role as the aws-auth ConfigMap maps it.",
      value: fargate.awsAuthRole,
    });
  }
}
