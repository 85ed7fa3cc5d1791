import { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Karpenter } from "../lib/karpenter";
import { ModuleOutput } from "../lib/module/module-output";
import { ProviderRequirementProps, PROVIDERS } from "../lib/module/provider-requirement";
import * as rules from "../lib/inputs/catalog/aws";
import { Problems, reportAtSynth } from "../lib/inputs/problems";
import { tf } from "../lib/terraform/expression";
import { ReadableStack } from "../lib/terraform/readable-stack";
import { addHelmProvider } from "./cluster-access";
import { ClusterConfig } from "./cluster-config";
import { addStateBackend, checkStateBackend } from "./state-backend";
import { certificateAuthority, clusterRegion, kubeConfigContext, kubeConfigPath, stackName } from "./state-rules";

/** Karpenter for one cluster, ready for `cdktf deploy`. */
export class KarpenterStack extends ReadableStack {
  public readonly karpenter: Karpenter;

  constructor(scope: Construct, id: string, props: ClusterConfig) {
    super(scope, id);
    reportAtSynth(this, props, (problems) => checkDeployment(problems, props));
    const { assumeRoleArn, defaultTags, backend, region, ...karpenterProps } = props;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: props.accountId === undefined ? undefined : [props.accountId],
      assumeRole: assumeRoleArn === undefined ? undefined : [{ roleArn: assumeRoleArn }],
      defaultTags: defaultTags === undefined ? undefined : [{ tags: defaultTags }],
    });
    this.openVersion(PROVIDERS.aws);
    addStateBackend(this, backend);
    this.karpenter = new Karpenter(this, "karpenter", {
      ...karpenterProps,
      // What the stack refuses already need not be refused a second time.
      region: clusterRegion.accepts(region) ? region : undefined,
    });
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

/** Holds what a stack adds to the options of Karpenter against its rules. */
export function checkDeployment(problems: Problems, props: ClusterConfig): void {
  problems
    .check("name", props.name, stackName)
    .require("region", props.region, clusterRegion)
    .check("assumeRoleArn", props.assumeRoleArn, rules.roleArn)
    .check("clusterCertificateAuthority", props.clusterCertificateAuthority, certificateAuthority)
    .check("kubeConfigPath", props.kubeConfigPath, kubeConfigPath)
    .check("kubeConfigContext", props.kubeConfigContext, kubeConfigContext)
    .check("defaultTags", props.defaultTags, rules.tags);
  checkStateBackend(problems, props.backend);
}
