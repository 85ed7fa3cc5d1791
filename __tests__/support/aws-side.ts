/** The AWS side of a cluster, made by the constructs and by the published modules, with as much in its policies as there can be. */
import { TerraformOutput } from "cdktf";
import { ControllerRole } from "../../lib/aws/controller-role";
import { FargateProfile } from "../../lib/aws/fargate-profile";
import { InterruptionQueue } from "../../lib/aws/interruption-queue";
import { NodeRole } from "../../lib/aws/node-role";
import type { ModuleStack } from "../../lib/module";
import { publishedModules } from "../../modules";
import type { ClusterCase } from "./cluster-cases";
import { localsOf } from "./hcl";
import type { MadeOnAws } from "./made-on-aws";
import { madeOnAws } from "./made-on-aws";
import { synth, Synthesized } from "./stack";

/** With the role that is made for them, as many roles of nodes as there may be, with names as long as they may be. */
const otherRoles = ({ partition, accountId }: ClusterCase): string[] =>
  Array.from({ length: 19 }, (_, index) => `arn:${partition}:iam::${accountId}:role/${`${index}`.padEnd(64, "r")}`);
const keyArn = ({ partition, region, accountId }: ClusterCase): string =>
  `arn:${partition}:kms:${region}:${accountId}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const providerArn = ({ partition, region, accountId, domain }: ClusterCase): string =>
  `arn:${partition}:iam::${accountId}:oidc-provider/oidc.eks.${region}.${domain}/id/0123456789ABCDEF0123456789ABCDEF`;
const ACCOUNT_OF_PODS = { namespace: "n".repeat(63), serviceAccountName: "s".repeat(253) };

/** What the constructs make. */
export function madeByConstructs(it: ClusterCase): MadeOnAws {
  const { clusterName, partition, region, accountId, karpenterVersion, instanceProfileMode, controllerIdentity } = it;
  const common = { clusterName, partition, region, accountId, karpenterVersion };
  const synthesized = synth((stack) => {
    const node = new NodeRole(stack, "node", { clusterName, partition, karpenterVersion });
    const queue = new InterruptionQueue(stack, "interruption", common);
    new FargateProfile(stack, "karpenter", { clusterName, partition, region, accountId, subnetIds: ["subnet-1"] });
    const controller = new ControllerRole(stack, "controller", {
      ...common,
      ...ACCOUNT_OF_PODS,
      instanceProfileMode,
      controllerIdentity,
      controllerPolicyForm: "managed",
      nodeRoleArns: [node.roleArn, ...otherRoles(it)],
      interruptionQueueArn: queue.queueArn,
      interruptionQueueKmsKeyArn: keyArn(it),
      oidcProviderArn: providerArn(it),
      rebootForRepair: true,
    });
    // Made when it is asked for.
    new TerraformOutput(stack, "key_policy", { value: controller.ebsKmsKeyPolicy });
  });
  return madeOnAws(synthesized, it);
}

/** The modules that make the same, with what of each is no input of all. */
const MODULES: Readonly<Record<string, (it: ClusterCase, nodeRole: string, queue: string) => object>> = {
  "modules/node-identity": () => ({}),
  "modules/interruption-queue": () => ({ check_inputs: false }),
  "modules/fargate-profile": () => ({ subnet_ids: ["subnet-1"], check_inputs: false }),
  "modules/controller-identity": (it, nodeRole, queue) => ({
    namespace: ACCOUNT_OF_PODS.namespace,
    service_account_name: ACCOUNT_OF_PODS.serviceAccountName,
    node_role_arns: [`arn:${it.partition}:iam::${it.accountId}:role/${nodeRole}`, ...otherRoles(it)],
    interruption_queue_arn: `arn:${it.partition}:sqs:${it.region}:${it.accountId}:${queue}`,
    interruption_queue_kms_key_arn: keyArn(it),
    oidc_provider_arn: providerArn(it),
    instance_profile_mode: it.instanceProfileMode,
    controller_identity: it.controllerIdentity,
    controller_policy_form: "managed",
    reboot_for_repair: true,
    check_inputs: false,
  }),
};

/** Not read where the caller says where the cluster is. */
const UNREAD = {
  aws_partition: { current_partition: [] },
  aws_region: { current_region: [] },
  aws_caller_identity: { current_caller: [] },
};

type ModuleJson = Synthesized["json"] & { readonly locals: Readonly<Record<string, unknown>> };
let published: ReadonlyMap<string, { readonly stack: ModuleStack; readonly json: ModuleJson }> | undefined;

function modules(): NonNullable<typeof published> {
  published ??= new Map(
    publishedModules()
      .filter(({ props }) => props.path in MODULES)
      .map((stack) => [stack.props.path, { stack, json: stack.toModule() as unknown as ModuleJson }]),
  );
  return published;
}

/**
 * What the published modules make of the same inputs.
 *
 * @param made what the constructs make: the modules are given its names, as a root module gives what other modules have made
 */
export function madeByModules(it: ClusterCase, { resources }: MadeOnAws): MadeOnAws {
  const parts = [...modules()].map(([path, { stack, json }]) => {
    const inputs = {
      ...Object.fromEntries(stack.variables.map(({ name, props }) => [name, props.default])),
      cluster_name: it.clusterName,
      karpenter_version: it.karpenterVersion,
      partition: it.partition,
      region: it.region,
      account_id: it.accountId,
      read_environment: false,
      ...MODULES[path](it, resources["aws_iam_role.node"].name, resources["aws_sqs_queue.interruption"].name),
    };
    const scope = { var: inputs, data: UNREAD };
    return madeOnAws(new Synthesized(json), it, { ...scope, local: localsOf(json.locals, scope) });
  });
  return {
    resources: Object.assign({}, ...parts.map((part) => part.resources)) as MadeOnAws["resources"],
    policies: Object.assign({}, ...parts.map(({ policies }) => policies)) as MadeOnAws["policies"],
  };
}
