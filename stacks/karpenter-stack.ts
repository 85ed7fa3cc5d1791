import type { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Karpenter } from "../lib/karpenter";
import type { KarpenterProps } from "../lib/karpenter-props";
import { KARPENTER_PROPERTIES } from "../lib/inputs/catalog/properties";
import { ModuleOutput } from "../lib/module/module-output";
import type { ProviderRequirementProps } from "../lib/module/provider-requirement";
import { PROVIDERS } from "../lib/module/provider-requirement";
import { alreadyChecked, checkedProps } from "../lib/inputs/problems";
import { tf } from "../lib/terraform/expression";
import { ReadableStack } from "../lib/terraform/readable-stack";
import { addHelmProvider } from "./cluster-access";
import { checkCluster } from "./cluster-checks";
import type { ClusterConfig } from "./cluster-config";
import { CLUSTER_PROPERTIES } from "./cluster-fields";
import { addStateBackend } from "./state-backend";

/** Karpenter for one cluster, ready for `cdktf deploy`. */
export class KarpenterStack extends ReadableStack {
  /** Everything that is deployed. */
  public readonly karpenter: Karpenter;

  constructor(scope: Construct, id: string, props: ClusterConfig) {
    super(scope, id);
    props = checkedProps(this, props, CLUSTER_PROPERTIES, checkCluster);
    const { assumeRoleArn, defaultTags, backend, region } = props;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: props.accountId === undefined ? undefined : [props.accountId],
      assumeRole: assumeRoleArn === undefined ? undefined : [{ roleArn: assumeRoleArn }],
      defaultTags: defaultTags === undefined ? undefined : [{ tags: defaultTags }],
    });
    this.openVersion(PROVIDERS.aws);
    addStateBackend(this, backend, props);
    this.karpenter = new Karpenter(this, "karpenter", alreadyChecked(propertiesOfKarpenter(props)));
    if (this.karpenter.charts !== undefined || this.karpenter.nodePools !== undefined) {
      addHelmProvider(this, props);
      this.openVersion(PROVIDERS.helm);
    }
    this.addOutputs();
  }

  /** The bindings would pin the one release of the provider that they were generated from. */
  protected openVersion({ name, source, version }: ProviderRequirementProps): void {
    this.addOverride(`terraform.required_providers.${name}`, { source, version });
  }

  private addOutputs(): void {
    const { controllerRoleArn, nodeRole, fargateProfile, interruptionQueueName } = this.karpenter;
    const { helmValues, nodeClassSpec, awsAuthRoles } = this.karpenter;
    this.output("controller_role_arn", "ARN of the controller's role, made here or your own.", controllerRoleArn);
    this.output("node_role_name", "Name of the nodes' role, as an EC2NodeClass wants it in role.", nodeRole.roleName);
    this.output(
      "instance_profile_name",
      "Name of the nodes' instance profile, as an EC2NodeClass wants it in instanceProfile; null where there is none.",
      nodeRole.instanceProfileName,
    );
    this.output(
      "interruption_queue_name",
      "Name of the interruption queue, as Karpenter wants it in settings.interruptionQueue; null without one.",
      interruptionQueueName,
    );
    this.output(
      "fargate_profile_name",
      "Name of the Fargate profile; null where there is none.",
      fargateProfile?.fargateProfileName,
    );
    this.output(
      "helm_values",
      "Values for the karpenter Helm chart that fit all of this, as YAML.",
      tf`yamlencode(${helmValues})`,
    );
    this.output("node_class_spec", "What the spec of an EC2NodeClass needs to know of all of this.", nodeClassSpec);
    this.output(
      "aws_auth_roles",
      "What to put under mapRoles of the aws-auth ConfigMap where the cluster knows no access entries.",
      awsAuthRoles,
    );
  }

  private output(name: string, description: string, value: unknown): void {
    new ModuleOutput(this, name, { description, value: value ?? tf`null` });
  }
}

/** What of a cluster's options is Karpenter's. */
function propertiesOfKarpenter(props: ClusterConfig): KarpenterProps {
  return Object.fromEntries(
    Object.entries(props).filter(([name]) => Object.hasOwn(KARPENTER_PROPERTIES.fields, name)),
  ) as unknown as KarpenterProps;
}
