import { Construct } from "constructs";
import { IResolvable } from "cdktf";
import { queueNameOf } from "../../lib/arns";
import { KARPENTER_SELECTOR_LABELS } from "../../lib/aws/fargate-profile";
import { controllerValues } from "../../lib/kubernetes/controller-values";
import { termsById } from "../../lib/kubernetes/selector-terms";
import { ModuleOutput, ModuleStack } from "../../lib/module";
import { crossPrecondition, karpenterRules } from "../../lib/rules/cross-rules";
import { Condition, tf } from "../../lib/terraform/expression";
import { both } from "../../lib/terraform/one-or-none";
import { AwsModuleStack } from "./aws-module-stack";
import { declareInputs } from "./inputs";
import { Submodule } from "./submodule";

/** The parts that the root module calls. */
export interface RootModuleParts {
  readonly controllerIdentity: ModuleStack;
  readonly fargateProfile: ModuleStack;
  readonly nodeIdentity: ModuleStack;
  readonly interruptionQueue: ModuleStack;
  readonly discoveryTags: ModuleStack;
}

/** The root of the published modules: everything that Karpenter needs from AWS. */
export class RootModule extends AwsModuleStack {
  constructor(scope: Construct, id: string, parts: RootModuleParts) {
    super(scope, id, { path: "", title: "Karpenter on Amazon EKS, nodeless by default", description: DESCRIPTION });
    const input = declareInputs(this, [
      "cluster_name",
      "cluster_endpoint",
      "oidc_provider_arn",
      "subnet_ids",
      "security_group_ids",
      "karpenter_version",
      "namespace",
      "service_account_name",
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
    const terraformMakesProfile = tf`${input.instance_profile_mode.stringValue} == "terraform"`;
    const interruption: Condition = input.interruption_handling.booleanValue;

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
    const controller = new Submodule(this, "controller-identity", {
      module: parts.controllerIdentity,
      condition: input.create_controller_role.booleanValue,
      inputs: {
        ...placeInputs,
        node_role_arns: [node.output("node_role_arn")],
        interruption_queue_arn: queueArn,
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
    new Submodule(this, "discovery-tags", { module: parts.discoveryTags });

    const controllerRoleArn = controller.output("controller_role_arn", input.controller_role_arn.stringValue);
    const queueName = tf`${interruption} ? ${queue.output(
      "interruption_queue_name",
      tf`${input.interruption_queue_arn.value} == null ? null : ${queueNameOf(input.interruption_queue_arn.stringValue)}`,
    )} : null`;
    const queueNameLocal = this.local("interruption_queue_name", queueName);

    this.output("namespace", "Namespace of the controller.", namespace, karpenterRules.map(crossPrecondition));
    this.output("service_account_name", "Service account of the controller.", input.service_account_name.value);
    this.output("controller_role_arn", "ARN of the controller's role, made here or your own.", controllerRoleArn);
    this.output(
      "controller_role_name",
      "Name of the controller's role made here; null for a role of your own.",
      controller.output("controller_role_name"),
    );
    this.output("node_role_arn", "ARN of the nodes' role, made here or your own.", node.output("node_role_arn"));
    this.output(
      "node_role_name",
      "Name of the nodes' role, as an EC2NodeClass wants it in role.",
      node.output("node_role_name"),
    );
    this.output(
      "instance_profile_name",
      "Name of the nodes' instance profile, as an EC2NodeClass wants it in instanceProfile; null where there is none.",
      node.output("instance_profile_name"),
    );
    this.output(
      "access_entry_arn",
      "ARN of the nodes' access entry; null where there is none.",
      node.output("access_entry_arn"),
    );
    this.output(
      "aws_auth_roles",
      "What to put under mapRoles of the aws-auth ConfigMap where the cluster knows no access entries.",
      tf`concat([${node.output("aws_auth_role")}], ${fargate.all("aws_auth_role")})`,
    );
    this.output(
      "fargate_profile_name",
      "Name of the Fargate profile; null where there is none.",
      fargate.output("fargate_profile_name"),
    );
    this.output(
      "fargate_profile_arn",
      "ARN of the Fargate profile; null where there is none.",
      fargate.output("fargate_profile_arn"),
    );
    this.output(
      "pod_execution_role_arn",
      "ARN of the pod execution role, made here or your own; null without Fargate.",
      fargate.output("pod_execution_role_arn"),
    );
    this.output(
      "interruption_queue_name",
      "Name of the interruption queue, as Karpenter wants it in settings.interruptionQueue; null without one.",
      queueNameLocal,
    );
    this.output("interruption_queue_arn", "ARN of the interruption queue, made here or your own.", queueArn);
    this.output(
      "event_rule_arns",
      "ARNs of the EventBridge rules by what they are about; null where none are made.",
      queue.output("event_rule_arns"),
    );
    this.output(
      "helm_values",
      "Values for the karpenter Helm chart that fit all of this, as YAML.",
      tf`yamlencode(${controllerValues({
        clusterName: input.cluster_name.stringValue,
        clusterEndpoint: input.cluster_endpoint.stringValue,
        interruptionQueueName: queueNameLocal,
        serviceAccountName: input.service_account_name.stringValue,
        controllerRoleArn,
        annotateRole: tf`${input.controller_identity.value} == "irsa"`,
        onFargate: input.create_fargate_profile.booleanValue,
      })})`,
    );
    this.output(
      "node_class_spec",
      "What the spec of an EC2NodeClass needs to know of all of this: instanceProfile or role, and selector terms by id.",
      tf`merge(${nodeIdentityOfClass(node, terraformMakesProfile)}, ${{
        subnetSelectorTerms: termsById(input.subnet_ids.listValue),
        securityGroupSelectorTerms: termsById(input.security_group_ids.listValue),
      }})`,
    );
  }

  private output(
    name: string,
    description: string,
    value: string | IResolvable,
    preconditions?: ConstructorParameters<typeof ModuleOutput>[2]["preconditions"],
  ): void {
    new ModuleOutput(this, name, { description, value, preconditions });
  }
}

/** Either `instanceProfile` or `role`; the API takes exactly one of them. */
function nodeIdentityOfClass(node: Submodule, terraformMakesProfile: IResolvable): IResolvable {
  const both = { instanceProfile: node.output("instance_profile_name"), role: node.output("node_role_name") };
  return tf`{ for key, value in ${both} : key => value if (key == "instanceProfile") == (${terraformMakesProfile}) }`;
}

const DESCRIPTION = `
What [Karpenter](https://karpenter.sh) needs from AWS to run on an Amazon EKS cluster that has no node group: the
controller's role for IRSA, a Fargate profile for the controller to run on, the role, instance profile and access entry of
the nodes it starts, and the queue that tells it of interruptions.

\`\`\`hcl
module "karpenter" {
  source = "<namespace>/karpenter/aws"

  cluster_name       = module.eks.cluster_name
  cluster_endpoint   = module.eks.cluster_endpoint
  oidc_provider_arn  = module.eks.oidc_provider_arn
  subnet_ids         = module.vpc.private_subnets
  security_group_ids = [module.eks.node_security_group_id]
}
\`\`\`

Everything may be made in one apply together with the cluster. Every part can be switched off, or replaced by one of your
own: \`create_controller_role = false\` with \`controller_role_arn\`, and so on. The output \`helm_values\` goes into a
\`helm_release\` of the \`karpenter\` chart, Argo CD or Flux as it is.

The parts are modules of their own:

| Module | Holds |
| --- | --- |
| [controller-identity](modules/controller-identity/README.md) | the controller's role and policies |
| [fargate-profile](modules/fargate-profile/README.md) | the Fargate profile and its pod execution role |
| [node-identity](modules/node-identity/README.md) | the nodes' role, instance profile and access entry |
| [interruption-queue](modules/interruption-queue/README.md) | the queue, its policy, the EventBridge rules |
| [discovery-tags](modules/discovery-tags/README.md) | \`karpenter.sh/discovery\` on subnets and security groups |

and beside them, for the cluster side, each called on its own (all of it together in
[examples/one-apply](examples/one-apply/main.tf)):

| Module | Holds |
| --- | --- |
| [controller](modules/controller/README.md) | the CRDs and the controller as two Helm releases |
| [node-pools](modules/node-pools/README.md) | NodePools, EC2NodeClasses and NodeOverlays |
| [aws-auth](modules/aws-auth/README.md) | the role mappings of the aws-auth ConfigMap |
| [smoke-test](modules/smoke-test/README.md) | pods that do nothing but take room |

These files are Terraform's JSON syntax, generated from TypeScript constructs; they need neither of them. To check them,
run \`npm ci && npm run synth\` in the source repository and compare. To leave, keep them: they are ordinary Terraform.`;
