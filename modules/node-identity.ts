import type { Construct } from "constructs";
import type { NodeAccessProps } from "../lib/aws/node-access";
import { NodeAccess } from "../lib/aws/node-access";
import type { NodeRoleProps } from "../lib/aws/node-role";
import { NodeRole } from "../lib/aws/node-role";
import { ModuleOutput } from "../lib/module";
import { ipFamilyRules, nodeRoleRules } from "../lib/inputs/catalog/cross-rules";
import { crossPrecondition, partPrecondition } from "./cross-precondition";
import { tf } from "../lib/terraform/expression";
import { resourcesOf } from "../lib/terraform/resources-of";
import { alreadyChecked } from "../lib/inputs/problems";
import { propertiesOf } from "../lib/inputs/cross-rule";
import { nodeRoleEnvironmentRules } from "../lib/inputs/catalog/environment-rules";
import { ENVIRONMENT_READING_INPUTS } from "../lib/inputs/catalog/cluster";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { nodePolicyRules } from "../lib/inputs/catalog/policy-rules";
import { unusedNodeRoleRules } from "../lib/inputs/catalog/unused-rules";
import { AwsModuleStack } from "./aws-module-stack";
import { NODE_ACCESS_INPUTS } from "../lib/inputs/catalog/nodes";
import { NODE_ACCESS_PROPERTIES, NODE_ROLE_PROPERTIES } from "../lib/inputs/catalog/properties";
import { without } from "../lib/terraform/known-values";
import { declareInputs, propsOf } from "./inputs";

/** The module asks nobody for region and account. */
const FIELDS = {
  ...without(NODE_ROLE_PROPERTIES.fields, "region", "accountId"),
  ...NODE_ACCESS_INPUTS,
  ...ENVIRONMENT_READING_INPUTS,
};

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
    const input = declareInputs(this, FIELDS);
    const node = new NodeRole(
      this,
      "node",
      alreadyChecked({
        ...propsOf<NodeRoleProps>(input, NODE_ROLE_PROPERTIES.fields),
        partition: this.partition(input),
        namePrefix: this.namePrefix(input),
        createInstanceProfile: tf`coalesce(${input.create_instance_profile.booleanValue}, true)`,
      }),
    );
    const access = new NodeAccess(this, "node-access", {
      ...propsOf<NodeAccessProps>(input, NODE_ACCESS_PROPERTIES.fields),
      nodeRoleArn: node.roleArn,
      nodeRoleUniqueId: node.roleUniqueId,
    });
    new ModuleOutput(this, "node_role_arn", {
      description: "ARN of the nodes' role, made here or your own.",
      value: node.roleArn,
      preconditions: [
        ...[...nodeRoleRules, ...newerVersionRules].map(crossPrecondition),
        ...[
          ...nodePolicyRules("additionalPolicies"),
          ...unusedNodeRoleRules("additionalPolicies"),
          ...ipFamilyRules,
        ].map(partPrecondition),
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
    new ModuleOutput(this, "node_role_unique_id", {
      description: "Unique id of the nodes' role made here, AROA…; null for a role of your own.",
      value: node.roleUniqueId,
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
