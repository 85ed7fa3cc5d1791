import { rulesOfKarpenter } from "../lib/karpenter-rules";
import type { Construct } from "constructs";
import type { IResolvable, ITerraformDependable } from "cdktf";
import type { ControllerValuesProps } from "../lib/kubernetes/controller-values";
import { controllerValues } from "../lib/kubernetes/controller-values";
import type { ControllerOptions } from "../lib/kubernetes/controller-options";
import type { ModuleOutputProps, Precondition } from "../lib/module";
import { karpenterEnvironmentRules } from "../lib/inputs/catalog/environment-rules";
import { crossPrecondition } from "./cross-precondition";
import { tf } from "../lib/terraform/expression";
import type { Submodule } from "./submodule";

/** What the outputs of the root module are made of. */
export interface RootOutputsProps {
  /** The module, where parts of values become locals. */
  readonly scope: Construct;
  readonly controllerIdentity: Submodule;
  readonly fargateProfile: Submodule;
  readonly nodeIdentity: Submodule;
  readonly interruptionQueue: Submodule;
  readonly controller: Submodule;
  /** What must be there before the controller, whoever installs it, and stay until it is gone. */
  readonly controllerNeeds: readonly ITerraformDependable[];
  readonly nodePools: Submodule;
  readonly environmentPreconditions: readonly Precondition[];
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly controllerRoleArn: string;
  readonly interruptionQueueArn: string;
  readonly interruptionQueueName: string;
  readonly nodeClassSpec: IResolvable;
  readonly values: ControllerValuesProps & ControllerOptions;
}

/** The outputs of the root module by name. */
export function rootOutputs(props: RootOutputsProps): Readonly<Record<string, ModuleOutputProps>> {
  const { controllerIdentity, fargateProfile, nodeIdentity, interruptionQueue } = props;
  return {
    namespace: {
      description: "Namespace of the controller.",
      value: props.namespace,
      preconditions: [
        ...[...karpenterEnvironmentRules, ...rulesOfKarpenter].map(crossPrecondition),
        ...props.environmentPreconditions,
      ],
    },
    service_account_name: { description: "Service account of the controller.", value: props.serviceAccountName },
    controller_role_arn: {
      description: "ARN of the controller's role, made here or your own.",
      value: props.controllerRoleArn,
    },
    controller_role_name: {
      description: "Name of the controller's role made here; null for a role of your own.",
      value: controllerIdentity.output("controller_role_name"),
    },
    controller_role_unique_id: {
      description: "Unique id of the controller's role made here, AROA…; null for a role of your own.",
      value: controllerIdentity.output("controller_role_unique_id"),
    },
    controller_policy_arns: {
      description:
        "ARNs of the controller's managed policies by what they are for, each null with inline permissions; null for a role of your own.",
      value: controllerIdentity.output("controller_policy_arns"),
    },
    pod_identity_association_id: {
      description: "Id of the EKS Pod Identity association; null with IRSA or a role of your own.",
      value: controllerIdentity.output("pod_identity_association_id"),
    },
    ebs_kms_key_policy: {
      description:
        "Statements, as JSON, by which a KMS key of another account lets EC2 encrypt the volumes of nodes with it: for source_policy_documents of the key's own policy; null for a controller role of your own.",
      value: controllerIdentity.output("ebs_kms_key_policy"),
    },
    node_role_arn: {
      description: "ARN of the nodes' role, made here or your own.",
      value: nodeIdentity.output("node_role_arn"),
    },
    node_role_name: {
      description: "Name of the nodes' role, as an EC2NodeClass wants it in role.",
      value: nodeIdentity.output("node_role_name"),
    },
    node_role_unique_id: {
      description: "Unique id of the nodes' role made here, AROA…; null for a role of your own.",
      value: nodeIdentity.output("node_role_unique_id"),
    },
    instance_profile_name: {
      description:
        "Name of the nodes' instance profile, as an EC2NodeClass wants it in instanceProfile; null where there is none.",
      value: nodeIdentity.output("instance_profile_name"),
    },
    access_entry_arn: {
      description: "ARN of the nodes' access entry; null where there is none.",
      value: nodeIdentity.output("access_entry_arn"),
    },
    aws_auth_roles: {
      description: "What to put under mapRoles of the aws-auth ConfigMap where the cluster knows no access entries.",
      value: tf`concat([${nodeIdentity.output("aws_auth_role")}], ${fargateProfile.all("aws_auth_role")})`,
    },
    fargate_profile_name: {
      description: "Name of the Fargate profile; null where there is none.",
      value: fargateProfile.output("fargate_profile_name"),
    },
    fargate_profile_arn: {
      description: "ARN of the Fargate profile; null where there is none.",
      value: fargateProfile.output("fargate_profile_arn"),
    },
    pod_execution_role_arn: {
      description: "ARN of the pod execution role, made here or your own; null without Fargate.",
      value: fargateProfile.output("pod_execution_role_arn"),
    },
    pod_execution_role_name: {
      description: "Name of the pod execution role, made here or your own; null without Fargate.",
      value: fargateProfile.output("pod_execution_role_name"),
    },
    fargate_log_group_name: {
      description: "Name of the log group that pods on Fargate write to; null without logs.",
      value: fargateProfile.output("fargate_log_group_name"),
    },
    interruption_queue_name: {
      description:
        "Name of the interruption queue, as Karpenter wants it in settings.interruptionQueue; null without one.",
      value: props.interruptionQueueName,
    },
    interruption_queue_arn: {
      description: "ARN of the interruption queue, made here or your own.",
      value: props.interruptionQueueArn,
    },
    interruption_queue_url: {
      description: "URL of the interruption queue made here; null for a queue of your own.",
      value: interruptionQueue.output("interruption_queue_url"),
    },
    interruption_queue_alarm_arn: {
      description: "ARN of the alarm on the interruption queue; null where there is none.",
      value: interruptionQueue.output("interruption_queue_alarm_arn"),
    },
    event_rule_arns: {
      description: "ARNs of the EventBridge rules by what they are about; null where none are made.",
      value: interruptionQueue.output("event_rule_arns"),
    },
    helm_values: {
      description:
        "Values for the karpenter Helm chart that fit all of this, as YAML, for your own way to install it; whoever reads them waits for what the controller needs.",
      value: tf`yamlencode(${controllerValues(props.values, props.scope)})`,
      dependsOn: [...props.controllerNeeds],
    },
    node_class_spec: {
      description:
        "What the spec of an EC2NodeClass needs to know of all of this: instanceProfile or role, and selector terms by id.",
      value: props.nodeClassSpec,
    },
    controller_release: {
      description: "Name of the controller's Helm release, known once the controller runs; null where there is none.",
      value: props.controller.output("release_name"),
    },
    node_pools_release: {
      description:
        "Name of the Helm release of the NodePools, for what needs nodes to depend on: made after them, and gone before the last node goes; null where there is none.",
      value: props.nodePools.output("release_name"),
    },
  };
}
