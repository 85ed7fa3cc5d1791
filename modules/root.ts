import { Construct } from "constructs";
import { IResolvable, ref } from "cdktf";
import { queueNameOf } from "../lib/arns";
import { KARPENTER_SELECTOR_LABELS } from "../lib/aws/fargate-profile";
import { termsById } from "../lib/kubernetes/selector-terms";
import { ModuleOutput, ModuleStack, ModuleVariable, PROVIDERS } from "../lib/module";
import { Toggle, tf } from "../lib/terraform/expression";
import { both } from "../lib/terraform/optional-resource";
import { TerraformData } from "../lib/terraform/terraform-data";
import { kubernetesRangeAtPlan, minorVersionAtPlan, ReleaseNeeds } from "../lib/release";
import { ENDED_AT_PLAN, endOfSupport } from "../lib/versions";
import { AwsModuleStack } from "./aws-module-stack";
import { declareInputs } from "./inputs";
import { CONTROLLER_OPTION_INPUTS, controllerOptions } from "./inputs/controller";
import { ROOT_DESCRIPTION } from "./root-description";
import { rootOutputs } from "./root-outputs";
import { Submodule } from "./submodule";

/** The parts that the root module calls. */
export interface RootModuleParts {
  readonly controllerIdentity: ModuleStack;
  readonly fargateProfile: ModuleStack;
  readonly nodeIdentity: ModuleStack;
  readonly interruptionQueue: ModuleStack;
  readonly discoveryTags: ModuleStack;
  readonly controller: ModuleStack;
  readonly nodePools: ModuleStack;
}

/** The root of the published modules: everything that Karpenter needs from AWS, the controller, and the NodePools. */
export class RootModule extends AwsModuleStack {
  constructor(scope: Construct, id: string, parts: RootModuleParts) {
    super(scope, id, {
      path: "",
      title: "Karpenter on Amazon EKS, nodeless by default",
      description: ROOT_DESCRIPTION,
      providers: [PROVIDERS.aws, PROVIDERS.helm],
    });
    const input = declareInputs(this, [
      "cluster_name",
      "cluster_endpoint",
      "oidc_provider_arn",
      "subnet_ids",
      "security_group_ids",
      "karpenter_version",
      "kubernetes_version",
      "node_pools",
      "node_classes",
      "node_overlays",
      "create_node_pools",
      "node_pools_timeout",
      "nodes_depend_on",
      "install_controller",
      "namespace",
      "create_namespace",
      "service_account_name",
      ...CONTROLLER_OPTION_INPUTS,
      "chart_repository",
      "chart_repository_username",
      "chart_repository_password",
      "chart_timeout",
      "controller_identity",
      "create_controller_role",
      "controller_role_arn",
      "controller_role_name",
      "controller_additional_policies",
      "instance_profile_mode",
      "create_fargate_profile",
      "fargate_subnet_ids",
      "fargate_selectors",
      "create_pod_execution_role",
      "pod_execution_role_arn",
      "pod_execution_role_name",
      "create_node_role",
      "node_role_arn",
      "node_role_name",
      "node_additional_policies",
      "additional_node_role_arns",
      "create_instance_profile",
      "instance_profile_name",
      "create_access_entry",
      "access_entry_type",
      "interruption_handling",
      "create_interruption_queue",
      "interruption_queue_arn",
      "interruption_queue_name",
      "interruption_queue_kms_key_arn",
      "discovery_subnet_ids",
      "discovery_security_group_ids",
      "name_prefix",
      "permissions_boundary_arn",
      "iam_path",
      "tags",
      "partition",
      "region",
      "account_id",
    ]);
    const place = this.place(input);
    const placeInputs = { partition: place.partition, region: place.region, account_id: place.accountId };
    const namespace = input.namespace.stringValue;
    this.local("kubernetes_range", ref(kubernetesRangeAtPlan("var.karpenter_version")));
    this.warnOfEndOfSupport(input.karpenter_version);
    const terraformMakesProfile = tf`${input.instance_profile_mode.stringValue} == "terraform"`;
    const interruption: Toggle = input.interruption_handling.booleanValue;

    const node = new Submodule(this, "node-identity", {
      module: parts.nodeIdentity,
      inputs: {
        partition: place.partition,
        additional_policies: input.node_additional_policies.value,
        create_instance_profile: tf`coalesce(${input.create_instance_profile.value}, ${terraformMakesProfile})`,
      },
    });
    const queue = new Submodule(this, "interruption-queue", {
      module: parts.interruptionQueue,
      condition: both(interruption, input.create_interruption_queue.booleanValue),
    });
    const queueArn = queue.output("interruption_queue_arn", input.interruption_queue_arn.stringValue);
    const identity = new Submodule(this, "controller-identity", {
      module: parts.controllerIdentity,
      condition: input.create_controller_role.booleanValue,
      inputs: {
        ...placeInputs,
        node_role_arns: tf`concat([${node.output("node_role_arn")}], ${input.additional_node_role_arns.value})`,
        interruption_queue_arn: queueArn,
        reboot_for_repair: tf`coalesce(try(${input.aws_feature_gates.value}.rebootForRepair, null), false)`,
        additional_policies: input.controller_additional_policies.value,
      },
    });
    const fargate = new Submodule(this, "fargate-profile", {
      module: parts.fargateProfile,
      condition: input.create_fargate_profile.booleanValue,
      inputs: {
        ...placeInputs,
        subnet_ids: tf`coalesce(${input.fargate_subnet_ids.value}, ${input.subnet_ids.value})`,
        selectors: tf`coalesce(${input.fargate_selectors.value}, ${[{ namespace, labels: KARPENTER_SELECTOR_LABELS }]})`,
      },
    });
    const discoveryTags = new Submodule(this, "discovery-tags", { module: parts.discoveryTags });

    const controllerRoleArn = identity.output("controller_role_arn", input.controller_role_arn.stringValue);
    const queueName = this.local(
      "interruption_queue_name",
      tf`${interruption} ? ${queue.output(
        "interruption_queue_name",
        tf`${input.interruption_queue_arn.value} == null ? null : ${queueNameOf(input.interruption_queue_arn.stringValue)}`,
      )} : null`,
    );
    const nodeClassSpec = tf`merge(${nodeIdentityOfClass(node, terraformMakesProfile)}, ${{
      subnetSelectorTerms: termsById(input.subnet_ids.listValue),
      securityGroupSelectorTerms: termsById(input.security_group_ids.listValue),
    }})`;
    const annotateRole = tf`${input.controller_identity.value} == "irsa"`;
    const onFargate = input.create_fargate_profile.booleanValue;
    const nodesDependOn = new TerraformData(this, "nodes-depend-on", { input: input.nodes_depend_on.value });

    // The queue is referred to by name, so that nothing waits for its policy, which AWS takes long to confirm.
    const controller = new Submodule(this, "controller", {
      module: parts.controller,
      condition: input.install_controller.booleanValue,
      inputs: {
        controller_role_arn: controllerRoleArn,
        annotate_role: annotateRole,
        interruption_queue_name: queueName,
        on_fargate: onFargate,
      },
      dependsOn: [identity, fargate, node, nodesDependOn],
    });
    const nodePools = new Submodule(this, "node-pools", {
      module: parts.nodePools,
      condition: tf`coalesce(${input.create_node_pools.value}, ${anyGiven(input)})`,
      inputs: { node_class_defaults: nodeClassSpec },
      dependsOn: [controller, discoveryTags, nodesDependOn],
    });

    const outputs = rootOutputs({
      controllerIdentity: identity,
      fargateProfile: fargate,
      nodeIdentity: node,
      interruptionQueue: queue,
      controller,
      nodePools,
      namespace,
      serviceAccountName: input.service_account_name.stringValue,
      controllerRoleArn,
      interruptionQueueArn: queueArn,
      interruptionQueueName: queueName,
      nodeClassSpec,
      values: {
        ...controllerOptions(input),
        clusterName: input.cluster_name.stringValue,
        clusterEndpoint: input.cluster_endpoint.stringValue,
        interruptionQueueName: queueName,
        serviceAccountName: input.service_account_name.stringValue,
        controllerRoleArn,
        annotateRole,
        onFargate,
      },
    });
    Object.entries(outputs).forEach(([name, output]) => new ModuleOutput(this, name, output));
  }

  /** A check warns at plan and at apply, and stops neither. */
  private warnOfEndOfSupport(version: ModuleVariable): void {
    const hasEnded = new ReleaseNeeds(this, version.stringValue).isOneOf(ENDED_AT_PLAN);
    this.addOverride("check.karpenter_end_of_support.assert", [
      {
        condition: tf`!${hasEnded}`,
        error_message: endOfSupport(`\${${minorVersionAtPlan("var.karpenter_version")}}`),
      },
    ]);
  }
}

/** Whether there is any NodePool, EC2NodeClass or NodeOverlay. */
function anyGiven(input: Record<"node_pools" | "node_classes" | "node_overlays", ModuleVariable>): IResolvable {
  const { node_pools, node_classes, node_overlays } = input;
  return tf`length(${node_pools.value}) + length(${node_classes.value}) + length(${node_overlays.value}) > 0`;
}

/** Either `instanceProfile` or `role`; the API takes exactly one of them. */
function nodeIdentityOfClass(node: Submodule, terraformMakesProfile: IResolvable): IResolvable {
  const both = { instanceProfile: node.output("instance_profile_name"), role: node.output("node_role_name") };
  return tf`{ for key, value in ${both} : key => value if (key == "instanceProfile") == (${terraformMakesProfile}) }`;
}
