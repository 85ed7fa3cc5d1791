import type { Construct } from "constructs";
import { FargateProfile } from "../lib/aws/fargate-profile";
import { ModuleOutput } from "../lib/module";
import { podExecutionRoleRules } from "../lib/inputs/catalog/cross-rules";
import { crossPrecondition, partPrecondition } from "./cross-precondition";
import { fargateEnvironmentRules } from "../lib/inputs/catalog/environment-rules";
import { fargateSubnetIds } from "../lib/inputs/catalog/aws";
import { about } from "../lib/inputs/field-builders";
import { alreadyChecked } from "../lib/inputs/problems";
import { AwsModuleStack, ENVIRONMENT_INPUTS, IAM_INPUTS } from "./aws-module-stack";
import { CheckedInputs } from "./checked-inputs";
import { declareInputs } from "./inputs";

/** The module `fargate-profile`. */
export class FargateProfileModule extends AwsModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/fargate-profile",
      title: "Fargate profile for Karpenter",
      description: `
A Fargate profile with its pod execution role, so that Karpenter's controller needs no node to run on. A profile cannot be
changed, only replaced: its name ends in a hash of all that would replace it, so that the new one is there before the old
one goes.`,
    });
    const input = declareInputs(
      this,
      [
        "cluster_name",
        "subnet_ids",
        "selectors",
        "create_pod_execution_role",
        "pod_execution_role_arn",
        "pod_execution_role_name",
        ...IAM_INPUTS,
        ...ENVIRONMENT_INPUTS,
        "read_environment",
        "check_inputs",
      ],
      {
        subnet_ids: about("Ids of the private subnets of the controller.", fargateSubnetIds),
      },
    );
    const checked = new CheckedInputs(this, {
      inputs: { selectors: input.selectors },
      source: "../input-check",
      condition: input.check_inputs,
    });
    const fargate = new FargateProfile(
      this,
      "karpenter",
      alreadyChecked({
        ...this.environment(input),
        clusterName: input.cluster_name.stringValue,
        subnetIds: input.subnet_ids.listValue,
        selectors: checked.value("selectors"),
        createPodExecutionRole: input.create_pod_execution_role.booleanValue,
        podExecutionRoleArn: input.pod_execution_role_arn.stringValue,
        podExecutionRoleName: input.pod_execution_role_name.stringValue,
        ...this.iamProps(input),
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
        ...fargateEnvironmentRules.map(partPrecondition),
        ...this.environmentPreconditions,
      ],
    });
    new ModuleOutput(this, "pod_execution_role_name", {
      description: "Name of the pod execution role, made here or your own.",
      value: fargate.podExecutionRoleName,
    });
    new ModuleOutput(this, "aws_auth_role", {
      description: "The pod execution role as the aws-auth ConfigMap maps it.",
      value: fargate.awsAuthRole,
    });
  }
}
