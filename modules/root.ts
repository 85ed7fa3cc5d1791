import type { Construct } from "constructs";
import type { IResolvable } from "cdktf";
import { ref } from "cdktf";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { queueNameOf } from "../lib/arns";
import { KARPENTER_SELECTOR_LABELS } from "../lib/aws/fargate-profile";
import type { ModuleStack, ModuleVariable } from "../lib/module";
import { ModuleOutput, PROVIDERS } from "../lib/module";
import type { Toggle } from "../lib/terraform/expression";
import { tf } from "../lib/terraform/expression";
import { both, OptionalResource } from "../lib/terraform/optional-resource";
import { TerraformData } from "../lib/terraform/terraform-data";
import { isNewerAtPlan, minorVersionAtPlan } from "../lib/inputs/catalog/karpenter-version";
import { kubernetesRangeAtPlan } from "../lib/inputs/catalog/kubernetes-range";
import { newerVersion } from "../lib/inputs/catalog/newer-version";
import { ReleaseNeeds } from "../lib/release";
import { ENDED_AT_PLAN, endOfSupport } from "../lib/versions";
import { AwsModuleStack } from "./aws-module-stack";
import { CheckedInputs, flatManifests } from "./checked-inputs";
import {
  CONTROLLER_IDENTITY_INPUTS,
  CONTROLLER_POLICY_INPUTS,
  CONTROLLER_ROLE_INPUTS,
} from "../lib/inputs/catalog/controller-identity";
import { POD_EXECUTION_ROLE_INPUTS } from "../lib/inputs/catalog/fargate";
import { NODE_INPUTS, NODE_ROLE_INPUTS } from "../lib/inputs/catalog/nodes";
import { CHART_INPUTS, CONTROLLER_OPTION_INPUTS } from "../lib/inputs/catalog/controller";
import { NODE_POOLS_INPUTS } from "../lib/inputs/catalog/node-objects";
import { KARPENTER_PROPERTIES } from "../lib/inputs/catalog/properties";
import type { ControllerOptions } from "../lib/kubernetes/controller-options";
import { declareInputs, propsOf } from "./inputs";
import { optionsWithObjects } from "./controller-options";
import { AMI_PARAMETERS, VOLUME_KEYS } from "../lib/node-objects/class-permissions";
import { withNamedByClasses } from "./node-objects/class-permissions";
import { OWN_CLASSES } from "./node-objects/node-class-needs";
import { ROOT_DESCRIPTION } from "./root-description";
import { rootOutputs } from "./root-outputs";
import { Submodule } from "./submodule";
import { watchObjectGates } from "./feature-gates";
import { warnAtPlan } from "./warning";
import { INSTALLATION_LOCALS } from "./installation-parts";
import { watchParts } from "./watch-parts";
import { installationRules } from "../lib/node-objects/installation-warnings";

/** The parts that the root module calls. */
export interface RootModuleParts {
  readonly controllerIdentity: ModuleStack;
  readonly fargateProfile: ModuleStack;
  readonly fargateLogging: ModuleStack;
  readonly nodeIdentity: ModuleStack;
  readonly interruptionQueue: ModuleStack;
  readonly discoveryTags: ModuleStack;
  readonly controller: ModuleStack;
  readonly nodePools: ModuleStack;
  readonly monitoring: ModuleStack;
}

/** What {@link Karpenter} takes; here, ids say what nodes depend on. */
const INPUTS_OF_ROOT = { ...KARPENTER_PROPERTIES.fields, ...NODE_POOLS_INPUTS };

/** Inputs in files of their own: how the controller runs and where its charts come from, and roles with their policies. */
const GROUPS = {
  controller: { ...CONTROLLER_OPTION_INPUTS, ...CHART_INPUTS },
  roles: {
    ...CONTROLLER_IDENTITY_INPUTS,
    ...CONTROLLER_ROLE_INPUTS,
    ...CONTROLLER_POLICY_INPUTS,
    ...NODE_ROLE_INPUTS,
    ...NODE_INPUTS,
    ...POD_EXECUTION_ROLE_INPUTS,
  },
};

/** What the root decides for its parts: a refused release is told of once, and not by each of them. */
const DECIDED_HERE = { allow_newer_karpenter_version: true };

/** The root of the published modules: everything that Karpenter needs from AWS, the controller, and the NodePools. */
export class RootModule extends AwsModuleStack {
  constructor(scope: Construct, id: string, parts: RootModuleParts) {
    super(scope, id, {
      path: "",
      title: "Karpenter on Amazon EKS, nodeless by default",
      description: ROOT_DESCRIPTION,
      providers: [PROVIDERS.aws, PROVIDERS.helm],
    });
    const input = declareInputs(this, INPUTS_OF_ROOT, GROUPS);
    const { node_pools, node_classes, node_overlays, capacity_buffers, fargate_selectors } = input;
    const manifests = this.local("manifests", flatManifests(input.manifests));
    this.local("own_classes", OWN_CLASSES);
    const checked = new CheckedInputs(this, {
      inputs: {
        node_pools,
        node_classes,
        node_overlays,
        capacity_buffers,
        manifests,
        fargate_selectors,
        controller_trust_conditions: input.controller_trust_conditions,
        controller_trust_statements: input.controller_trust_statements,
        controller_policy_statements: input.controller_policy_statements,
        interruption_queue_policy_statements: input.interruption_queue_policy_statements,
        ...optionsWithObjects(input),
      },
      karpenterVersion: input.karpenter_version,
      source: "./modules/input-check",
    });
    const environment = this.environment(input);
    const { partition, region, accountId } = environment;
    // Read and compared here, and so not in the parts.
    const environmentInputs = { partition, region, account_id: accountId, read_environment: false };
    const namespace = input.namespace.stringValue;
    this.local("kubernetes_range", ref(kubernetesRangeAtPlan("var.karpenter_version")));
    this.warnOfEndOfSupport(input.karpenter_version);
    this.warnOfNewerVersion();
    // Where the controller is installed here, the same is refused.
    watchObjectGates(this, true, "var.install_controller");
    Object.entries(INSTALLATION_LOCALS).forEach(([name, value]) => this.local(name, value));
    watchParts(this, installationRules, ["inputs", "metrics", "override"]);
    const terraformMakesProfile = tf`${input.instance_profile_mode.stringValue} == "terraform"`;
    const interruption: Toggle = input.interruption_handling.booleanValue;

    const node = new Submodule(this, "node-identity", {
      module: parts.nodeIdentity,
      inputs: {
        partition,
        read_environment: false,
        ...DECIDED_HERE,
        additional_policies: input.node_additional_policies.value,
        create_instance_profile: tf`coalesce(${input.create_instance_profile.value}, ${terraformMakesProfile})`,
      },
    });
    const queue = new Submodule(this, "interruption-queue", {
      module: parts.interruptionQueue,
      inputs: {
        ...environmentInputs,
        ...DECIDED_HERE,
        interruption_queue_policy_statements: checked.value("interruption_queue_policy_statements"),
        check_inputs: false,
      },
      condition: both(
        interruption,
        tf`(${input.create_interruption_queue.value} || coalesce(${input.create_event_rules.value}, false))`,
      ),
    });
    const queueArn = queue.output("interruption_queue_arn", input.interruption_queue_arn.stringValue);
    const identity = new Submodule(this, "controller-identity", {
      module: parts.controllerIdentity,
      condition: input.create_controller_role.booleanValue,
      inputs: {
        ...environmentInputs,
        ...DECIDED_HERE,
        node_role_arns: tf`concat([${node.output("node_role_arn")}], ${input.additional_node_role_arns.value})`,
        interruption_queue_arn: queueArn,
        reboot_for_repair: tf`try(${checked.value("aws_feature_gates")}.rebootForRepair, null) == true`,
        ami_parameter_arns: withNamedByClasses(input.ami_parameter_arns, AMI_PARAMETERS, environment),
        ebs_kms_key_arns: withNamedByClasses(input.ebs_kms_key_arns, VOLUME_KEYS, environment),
        additional_policies: input.controller_additional_policies.value,
        controller_trust_conditions: checked.value("controller_trust_conditions"),
        controller_trust_statements: checked.value("controller_trust_statements"),
        controller_policy_statements: checked.value("controller_policy_statements"),
        check_inputs: false,
      },
    });
    const fargate = new Submodule(this, "fargate-profile", {
      module: parts.fargateProfile,
      condition: input.create_fargate_profile.booleanValue,
      inputs: {
        ...environmentInputs,
        subnet_ids: tf`try(coalesce(${input.fargate_subnet_ids.value}, ${input.subnet_ids.value}), [])`,
        // No conditional: both ends of one are of the same type, and a selector may have no labels.
        selectors: tf`try([for selector in ${checked.value("fargate_selectors")} : selector], ${[{ namespace, labels: KARPENTER_SELECTOR_LABELS }]})`,
        check_inputs: false,
      },
    });
    const nodesDependOn = new TerraformData(this, "nodes-depend-on", { input: input.nodes_depend_on.value });
    const fargateLogging = new Submodule(this, "fargate-logging", {
      module: parts.fargateLogging,
      condition: tf`${input.create_fargate_profile.value} && ${input.fargate_logging.value} == "managed"`,
      inputs: { region, fargate_log_group_name: fargate.output("fargate_log_group_name") },
      dependsOn: [nodesDependOn],
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
      subnetSelectorTerms: tf`[for id in coalesce(${input.subnet_ids.value}, []) : { id = id }]`,
      securityGroupSelectorTerms: tf`[for id in coalesce(${input.security_group_ids.value}, []) : { id = id }]`,
    }}, ${input.tag_nodes.value} && length(${input.tags.value}) > 0 ? { tags = ${input.tags.value} } : {})`;
    const podAnnotations = this.local(
      "controller_pod_annotations",
      tf`merge(${input.controller_pod_annotations.value}, ${fargateLogging.output("pod_annotations", {})})`,
    );
    const annotateRole = tf`${input.controller_identity.value} == "irsa"`;
    const onFargate = input.create_fargate_profile.booleanValue;
    const spot = new OptionalResource(
      input.create_spot_service_linked_role.booleanValue,
      (count) => new IamServiceLinkedRole(this, "spot", { count, awsServiceName: "spot.amazonaws.com" }),
    );
    const controllerNeeds = [...spot.dependables, identity, fargate, fargateLogging, node, nodesDependOn];
    // The queue is referred to by name, so that nothing waits for the rules that fill it.
    const controller = new Submodule(this, "controller", {
      module: parts.controller,
      condition: input.install_controller.booleanValue,
      inputs: {
        ...DECIDED_HERE,
        controller_role_arn: controllerRoleArn,
        annotate_role: annotateRole,
        interruption_queue_name: queueName,
        on_fargate: onFargate,
        controller_pod_annotations: podAnnotations,
        ...Object.fromEntries(Object.keys(optionsWithObjects(input)).map((name) => [name, checked.value(name)])),
        check_inputs: false,
      },
      dependsOn: controllerNeeds,
    });
    const nodePools = new Submodule(this, "node-pools", {
      module: parts.nodePools,
      condition: tf`coalesce(${input.create_node_pools.value}, ${anyGiven(input)})`,
      inputs: {
        ...DECIDED_HERE,
        node_pools: checked.value("node_pools"),
        node_classes: checked.value("node_classes"),
        node_overlays: checked.value("node_overlays"),
        capacity_buffers: checked.value("capacity_buffers"),
        manifests: checked.value("manifests"),
        node_class_defaults: nodeClassSpec,
        release_name: "karpenter-node-pools",
        check_inputs: false,
      },
      dependsOn: [controller, discoveryTags, nodesDependOn],
    });

    new Submodule(this, "monitoring", {
      module: parts.monitoring,
      condition: tf`${input.prometheus_rule.value} || ${input.grafana_dashboard.value}`,
      inputs: DECIDED_HERE,
      dependsOn: [controller],
    });

    const outputs = rootOutputs({
      scope: this,
      controllerIdentity: identity,
      fargateProfile: fargate,
      nodeIdentity: node,
      interruptionQueue: queue,
      controller,
      controllerNeeds,
      nodePools,
      environmentPreconditions: this.environmentPreconditions,
      namespace,
      serviceAccountName: input.service_account_name.stringValue,
      controllerRoleArn,
      interruptionQueueArn: queueArn,
      interruptionQueueName: queueName,
      nodeClassSpec,
      values: {
        ...propsOf<ControllerOptions>(input, CONTROLLER_OPTION_INPUTS, checked),
        controllerPodAnnotations: tf`${podAnnotations}` as unknown as Record<string, string>,
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

  private warnOfEndOfSupport(version: ModuleVariable): void {
    const hasEnded = new ReleaseNeeds(this, version.stringValue).isOneOf(ENDED_AT_PLAN);
    const text = endOfSupport(`\${${minorVersionAtPlan("var.karpenter_version")}}`);
    warnAtPlan(this, "karpenter-end-of-support", { isRight: tf`!${hasEnded}`, text });
  }

  /** What is not allowed is refused, and need not be warned of as well. */
  private warnOfNewerVersion(): void {
    warnAtPlan(this, "karpenter-newer-version", {
      isRight: ref(`!(${isNewerAtPlan("var.karpenter_version")}) || !var.allow_newer_karpenter_version`),
      text: newerVersion("${var.karpenter_version}"),
    });
  }
}

/** Whether there is any NodePool or other object for Karpenter, by field or as a manifest. */
function anyGiven(
  input: Record<"node_pools" | "node_classes" | "node_overlays" | "capacity_buffers" | "manifests", ModuleVariable>,
): IResolvable {
  // What has no length is of a wrong type, of which the check tells.
  const count = ({ value }: ModuleVariable): IResolvable => tf`try(length(${value}), 0)`;
  const { node_pools, node_classes, node_overlays, capacity_buffers, manifests } = input;
  const counts = [node_pools, node_classes, node_overlays, capacity_buffers, manifests].map(count);
  return tf`sum(${counts}) > 0`;
}

/** Either `instanceProfile` or `role`; the API takes exactly one of them. */
function nodeIdentityOfClass(node: Submodule, terraformMakesProfile: IResolvable): IResolvable {
  const both = { instanceProfile: node.output("instance_profile_name"), role: node.output("node_role_name") };
  return tf`{ for key, value in ${both} : key => value if (key == "instanceProfile") == (${terraformMakesProfile}) }`;
}
