import type { Construct } from "constructs";
import type { AccessEntryType } from "../lib/aws/node-access";
import { NodeAccess } from "../lib/aws/node-access";
import { NodeRole } from "../lib/aws/node-role";
import { ModuleOutput } from "../lib/module";
import { nodeRoleRules } from "../lib/inputs/catalog/cross-rules";
import { crossPrecondition, partPrecondition } from "./cross-precondition";
import { tf } from "../lib/terraform/expression";
import { resourcesOf } from "../lib/terraform/resources-of";
import { alreadyChecked } from "../lib/inputs/problems";
import { propertiesOf } from "../lib/inputs/cross-rule";
import { nodeRoleEnvironmentRules } from "../lib/inputs/catalog/environment-rules";
import { INPUTS } from "../lib/inputs/catalog/inputs";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { nodePolicyRules } from "../lib/inputs/catalog/policy-rules";
import { AwsModuleStack, IAM_INPUTS } from "./aws-module-stack";
import { declareInputs } from "./inputs";

/** The module `node-identity`. */
export class NodeIdentityModule extends AwsModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/node-identity",
      title: "Identity of Karpenter's nodes",
      description: `
The role that Karpenter's nodes run as, with the managed policies that nodes need, its instance profile, and the access
entry without which nodes start but never join the cluster.`,
    });
    const names = [
      "cluster_name",
      "create_node_role",
      "node_role_arn",
      "node_role_name",
      "additional_policies",
      "create_instance_profile",
      "instance_profile_name",
      "create_access_entry",
      "access_entry_type",
      "karpenter_version",
      "allow_newer_karpenter_version",
      ...IAM_INPUTS,
      "partition",
      "read_environment",
    ] as const;
    const input = declareInputs(this, names, { additional_policies: INPUTS.nodeAdditionalPolicies });
    const clusterName = input.cluster_name.stringValue;
    const node = new NodeRole(
      this,
      "node",
      alreadyChecked({
        clusterName,
        karpenterVersion: input.karpenter_version.stringValue,
        partition: this.partition(input),
        createNodeRole: input.create_node_role.booleanValue,
        nodeRoleArn: input.node_role_arn.stringValue,
        nodeRoleName: input.node_role_name.stringValue,
        additionalPolicies: input.additional_policies.mapValue,
        createInstanceProfile: tf`coalesce(${input.create_instance_profile.booleanValue}, true)`,
        instanceProfileName: input.instance_profile_name.stringValue,
        ...this.iamProps(input),
      }),
    );
    const access = new NodeAccess(this, "node-access", {
      clusterName,
      tags: input.tags.mapValue,
      nodeRoleArn: node.roleArn,
      nodeRoleUniqueId: node.roleUniqueId,
      createAccessEntry: input.create_access_entry.booleanValue,
      accessEntryType: input.access_entry_type.stringValue as AccessEntryType,
    });
    new ModuleOutput(this, "node_role_arn", {
      description: "ARN of the nodes' role, made here or your own.",
      value: node.roleArn,
      preconditions: [
        ...[...nodeRoleRules, ...newerVersionRules].map(crossPrecondition),
        ...nodePolicyRules("additionalPolicies").map(partPrecondition),
        // The module asks nobody for the account.
        ...nodeRoleEnvironmentRules.filter((rule) => propertiesOf(rule).includes("partition")).map(partPrecondition),
        ...this.environmentPreconditions,
      ],
    });
    // A node class that names role or profile starts nodes, which need the role's policies, and the access entry to join.
    const dependsOn = resourcesOf(node, access);
    new ModuleOutput(this, "node_role_name", {
      description: "Name of the nodes' role, as an EC2NodeClass wants it in role.",
      value: node.roleName,
      dependsOn,
    });
    new ModuleOutput(this, "instance_profile_name", {
      description:
        "Name of the instance profile, as an EC2NodeClass wants it in instanceProfile; null where there is none.",
      value: node.instanceProfileName,
      dependsOn,
    });
    new ModuleOutput(this, "instance_profile_arn", {
      description: "ARN of the instance profile made here.",
      value: node.instanceProfileArn,
    });
    new ModuleOutput(this, "access_entry_arn", {
      description: "ARN of the access entry made here.",
      value: access.accessEntryArn,
    });
    new ModuleOutput(this, "aws_auth_role", {
      description: "The nodes' role as the aws-auth ConfigMap maps it.",
      value: access.awsAuthRole,
    });
  }
}
