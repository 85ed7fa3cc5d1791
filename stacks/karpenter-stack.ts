import { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Karpenter } from "../lib/karpenter";
import { ModuleOutput } from "../lib/module/module-output";
import { PROVIDERS } from "../lib/module/provider-requirement";
import * as rules from "../lib/rules/aws";
import { Problems, reportAtSynth } from "../lib/rules/problems";
import { tf } from "../lib/terraform/expression";
import { ReadableStack } from "../lib/terraform/readable-stack";
import { ClusterConfig } from "./cluster-config";
import { addStateBackend, checkStateBackend } from "./state-backend";
import { clusterRegion, stackName } from "./state-rules";

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
    // The bindings would pin the one release that they were generated from.
    const { source, version } = PROVIDERS.aws;
    this.addOverride("terraform.required_providers.aws", { source, version });
    addStateBackend(this, backend);
    this.karpenter = new Karpenter(this, "karpenter", {
      ...karpenterProps,
      // What the stack refuses already need not be refused a second time.
      region: clusterRegion.accepts(region) ? region : undefined,
    });
    this.addOutputs();
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
    .check("defaultTags", props.defaultTags, rules.tags);
  checkStateBackend(problems, props.backend);
}
