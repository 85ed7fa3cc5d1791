import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { Token } from "cdktf";
import { queueNameOf } from "./arns";
import { ControllerRole } from "./aws/controller-role";
import { DiscoveryTags } from "./aws/discovery-tags";
import { accountIdOf, compareEnvironment, partitionOf, regionOf } from "./aws/environment";
import { FargateProfile, KARPENTER_SELECTOR_LABELS } from "./aws/fargate-profile";
import { InterruptionQueue } from "./aws/interruption-queue";
import type { AwsAuthRole } from "./aws/node-access";
import { NodeAccess } from "./aws/node-access";
import { NodeRole } from "./aws/node-role";
import { SpotServiceLinkedRole } from "./aws/spot-service-linked-role";
import { checkKubernetesAtPlan } from "./karpenter-at-plan";
import { checkKarpenter, makesNodePools } from "./karpenter-checks";
import { mustBeOnlyOne } from "./karpenter-only-one";
import type { KarpenterProps } from "./karpenter-props";
import { controllerValues } from "./kubernetes/controller-values";
import { AMI_PARAMETERS, VOLUME_KEYS, withNamed } from "./node-objects/class-permissions";
import { pruned } from "./node-objects/kubernetes-object";
import { apiVersionOf, nodeClassSpec } from "./node-objects/older-objects";
import { FargateLogging } from "./kubernetes/fargate-logging";
import { KarpenterCharts } from "./kubernetes/karpenter-charts";
import { Monitoring } from "./kubernetes/monitoring";
import { NodePools } from "./kubernetes/node-pools";
import { termsById } from "./kubernetes/selector-terms";
import { warnOfEndOfSupport } from "./karpenter-support";
import { objectGateWarnings } from "./node-objects/gated-objects";
import { installationWarnings } from "./node-objects/installation-warnings";
import { warn } from "./inputs/acknowledged-warnings";
import { warnOfDefaultProvider } from "./inputs/default-provider";
import { warnOfNewerVersion } from "./inputs/catalog/newer-version";
import { KARPENTER_PROPERTIES } from "./inputs/catalog/properties";
import { alreadyChecked, checkedProps } from "./inputs/problems";
import { tf, tfList } from "./terraform/expression";
import { useProviders } from "./terraform/providers";
import { resourcesOf } from "./terraform/resources-of";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf } from "./versions";

/**
 * Karpenter on one EKS cluster, nodeless by default: the controller's identity, a Fargate profile for it to run on, the
 * identity and access of its nodes, the interruption queue, the CRDs and the controller, and the NodePools.
 *
 * The stack needs the AWS provider and, unless `installController` is false and there are no NodePools, the Helm provider.
 * A destroy goes the other way round: NodePools until the last node is gone, the controller, its CRDs, and then the rest.
 * Every part can be switched off or replaced by one of your own, and every part is a construct that stands alone.
 */
export class Karpenter extends Construct {
  /** Made unless there is a controller role of your own. */
  public readonly controllerRole?: ControllerRole;
  /** Made unless the controller runs on nodes. */
  public readonly fargateProfile?: FargateProfile;
  /** The configuration of the log router of pods on Fargate; made where `fargateLogging` is "managed". */
  public readonly fargateLogging?: FargateLogging;
  /** The role and the instance profile of the nodes, made here or your own. */
  public readonly nodeRole: NodeRole;
  /** The access entry of the nodes' role, or what to map instead of it. */
  public readonly nodeAccess: NodeAccess;
  /** Made unless there is a queue of your own without rules made onto it, or interruptions are not handled. */
  public readonly interruptionQueue?: InterruptionQueue;
  /** Made where `createSpotServiceLinkedRole` says so. */
  public readonly spotServiceLinkedRole?: SpotServiceLinkedRole;
  /** The discovery tags on subnets and security groups. */
  public readonly discoveryTags: DiscoveryTags;
  /** The CRDs and the controller; made unless `installController` is false. */
  public readonly charts?: KarpenterCharts;
  /** Made where there is any NodePool, EC2NodeClass or NodeOverlay. */
  public readonly nodePools?: NodePools;
  /** The alerts and the dashboard; made where `prometheusRule` or `grafanaDashboard` is true. */
  public readonly monitoring?: Monitoring;

  /** The controller's role, made here or your own. */
  public readonly controllerRoleArn: string;
  /** The queue's name as `settings.interruptionQueue` wants it; undefined without interruption handling. */
  public readonly interruptionQueueName?: string;
  /** Values for the `karpenter` Helm chart that fit all of this. A release of your own depends on `controllerNeeds`. */
  public readonly helmValues: Record<string, unknown>;
  /** What must be there before the controller, whoever installs it, and stay until it is gone: to give to `dependsOn`. */
  public readonly controllerNeeds: readonly ITerraformDependable[];
  /** What to put under `mapRoles` of the aws-auth ConfigMap where the cluster knows no access entries. */
  public readonly awsAuthRoles: readonly AwsAuthRole[];
  /** What a node class's `spec` needs to know of all of this, in the words of the release's API. */
  public readonly nodeClassSpec: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, props: KarpenterProps) {
    super(scope, id);
    props = checkedProps(this, props, KARPENTER_PROPERTIES, checkKarpenter);
    compareEnvironment(this, props);
    checkKubernetesAtPlan(this, props);
    warnOfEndOfSupport(this, props);
    warnOfDefaultProvider(this, props);
    warnOfNewerVersion(this, props);
    const ofGates = props.installController === false ? objectGateWarnings({ ...props }) : [];
    warn(this, [...installationWarnings(props), ...ofGates], props);
    const namespace = props.namespace ?? "karpenter";
    const serviceAccountName = props.serviceAccountName ?? "karpenter";
    const nodesDependOn = props.nodesDependOn ?? [];
    const instanceProfileMode = props.instanceProfileMode ?? "terraform";
    const common = {
      ...props,
      namespace,
      serviceAccountName,
      partition: partitionOf(this, props),
      region: regionOf(this, props),
      accountId: accountIdOf(this, props),
    };

    this.nodeRole = new NodeRole(
      this,
      "node",
      alreadyChecked({
        ...common,
        additionalPolicies: props.nodeAdditionalPolicies,
        createInstanceProfile: props.createInstanceProfile ?? instanceProfileMode === "terraform",
      }),
    );
    this.nodeAccess = new NodeAccess(
      this,
      "node-access",
      alreadyChecked({
        ...common,
        nodeRoleArn: this.nodeRole.roleArn,
        nodeRoleUniqueId: props.nodeRoleArn === undefined ? this.nodeRole.roleUniqueId : undefined,
      }),
    );
    this.discoveryTags = new DiscoveryTags(this, "discovery", alreadyChecked({ ...common }));

    const interruptionHandling = props.interruptionHandling ?? true;
    const createInterruptionQueue = props.createInterruptionQueue ?? props.interruptionQueueArn === undefined;
    if (interruptionHandling && (createInterruptionQueue || props.createEventRules === true)) {
      this.interruptionQueue = new InterruptionQueue(
        this,
        "interruption",
        alreadyChecked({ ...common, createInterruptionQueue }),
      );
    }
    const queueArn = interruptionHandling
      ? (this.interruptionQueue?.queueArn ?? props.interruptionQueueArn)
      : undefined;
    this.interruptionQueueName =
      this.interruptionQueue?.queueName ?? (queueArn === undefined ? undefined : queueNameOf(queueArn));

    if (props.createControllerRole ?? props.controllerRoleArn === undefined) {
      this.controllerRole = new ControllerRole(
        this,
        "controller",
        alreadyChecked({
          ...common,
          interruptionHandling,
          interruptionQueueArn: queueArn,
          nodeRoleArns: this.nodeRoleArns(props.additionalNodeRoleArns),
          rebootForRepair: props.awsFeatureGates?.rebootForRepair,
          amiParameterArns: withNamed(props.amiParameterArns, AMI_PARAMETERS, props, common),
          ebsKmsKeyArns: withNamed(props.ebsKmsKeyArns, VOLUME_KEYS, props, common),
          additionalPolicies: props.controllerAdditionalPolicies,
        }),
      );
    }
    this.controllerRoleArn = this.controllerRole?.roleArn ?? props.controllerRoleArn ?? "";

    const onFargate = props.createFargateProfile ?? true;
    if (onFargate) {
      this.fargateProfile = new FargateProfile(
        this,
        "fargate",
        alreadyChecked({
          ...common,
          subnetIds: props.fargateSubnetIds ?? props.subnetIds ?? [],
          selectors: props.fargateSelectors ?? [{ namespace, labels: KARPENTER_SELECTOR_LABELS }],
        }),
      );
    }

    if (props.fargateLogging === "managed" && this.fargateProfile?.logGroupName !== undefined) {
      this.fargateLogging = new FargateLogging(
        this,
        "fargate-logging",
        alreadyChecked({
          ...common,
          fargateLogGroupName: this.fargateProfile.logGroupName,
          dependsOn: [...nodesDependOn],
        }),
      );
    }

    // Before 0.32, the controller knows the nodes' instance profile, and AWSNodeTemplates need not name it.
    const knowsProfile = instanceProfileMode === "terraform" && apiVersionOf(props.karpenterVersion) === "v1alpha5";
    const controller = {
      ...props,
      controllerPodAnnotations: annotationsWith(props.controllerPodAnnotations, this.fargateLogging),
      interruptionQueueName: this.interruptionQueueName,
      defaultInstanceProfile: knowsProfile ? this.nodeRole.instanceProfileName : undefined,
      serviceAccountName,
      controllerRoleArn: this.controllerRoleArn,
      annotateRole: (props.controllerIdentity ?? "irsa") === "irsa",
      onFargate,
    };
    this.helmValues = controllerValues(controller);
    const nodeClassDefaults = {
      ...(instanceProfileMode !== "terraform"
        ? { role: this.nodeRole.roleName }
        : knowsProfile
          ? {}
          : { instanceProfile: this.nodeRole.instanceProfileName }),
      ...(props.subnetIds === undefined ? {} : { subnetSelectorTerms: termsById(props.subnetIds) }),
      ...(props.securityGroupIds === undefined
        ? {}
        : { securityGroupSelectorTerms: termsById(props.securityGroupIds) }),
      ...nodeTags(props),
    };
    this.nodeClassSpec = nodeClassSpec(nodeClassDefaults, props.karpenterVersion);
    this.awsAuthRoles = [
      this.nodeAccess.awsAuthRole,
      ...(this.fargateProfile === undefined ? [] : [this.fargateProfile.awsAuthRole]),
    ];

    if (props.createSpotServiceLinkedRole === true) {
      this.spotServiceLinkedRole = new SpotServiceLinkedRole(this, "spot");
    }
    const identities = [
      this.controllerRole,
      this.nodeRole,
      this.nodeAccess,
      this.fargateProfile,
      this.fargateLogging,
      this.spotServiceLinkedRole,
    ];
    this.controllerNeeds = [...resourcesOf(...identities), ...nodesDependOn];

    // The queue is referred to by name, so that nothing waits for the rules that fill it.
    if (props.installController ?? true) {
      this.charts = new KarpenterCharts(
        this,
        "charts",
        alreadyChecked({ ...controller, namespace, dependsOn: [...this.controllerNeeds] }),
      );
    }
    if (makesNodePools(props)) {
      this.nodePools = new NodePools(
        this,
        "node-pools",
        alreadyChecked({
          ...props,
          namespace,
          nodePools: props.nodePools ?? {},
          nodeClasses: props.nodeClasses ?? {},
          nodeClassDefaults,
          dependsOn: [...resourcesOf(this.charts, this.discoveryTags), ...nodesDependOn],
        }),
      );
    }
    if (props.prometheusRule === true || props.grafanaDashboard === true) {
      this.monitoring = new Monitoring(
        this,
        "monitoring",
        alreadyChecked({ ...props, namespace, dependsOn: resourcesOf(this.charts) }),
      );
    }
    useProviders(this, props);
    mustBeOnlyOne(this, props);
  }

  /** The roles that nodes may run as. */
  private nodeRoleArns(additional: string[] = []): string[] {
    const own = this.nodeRole.roleArn;
    return Token.isUnresolved(additional) ? tfList`concat([${own}], ${additional})` : [own, ...additional];
  }
}

/** Annotations of the controller's pods, by which a change of the log router's configuration makes them anew. */
function annotationsWith(
  own: KarpenterProps["controllerPodAnnotations"],
  logging: FargateLogging | undefined,
): KarpenterProps["controllerPodAnnotations"] {
  if (logging === undefined) {
    return own;
  }
  return Token.isUnresolved(own)
    ? (tf`merge(${own}, ${logging.podAnnotations})` as unknown as Record<string, string>)
    : { ...own, ...logging.podAnnotations };
}

/** Tags of everything that is launched, with those by which the controller of some releases may tell its nodes from others. */
function nodeTags({ karpenterVersion, clusterName, tags: own, tagNodes = true }: KarpenterProps): object {
  const release = minorVersionOf(karpenterVersion ?? DEFAULT_KARPENTER_VERSION);
  const needed = Object.entries(release.nodeTags).map(([key, value]) => [key, value.replace("{cluster}", clusterName)]);
  const tags = tagNodes ? own : undefined;
  return needed.length === 0
    ? pruned({ tags })
    : {
        tags: Token.isUnresolved(tags)
          ? tf`merge(${tags}, ${Object.fromEntries(needed)})`
          : { ...tags, ...Object.fromEntries(needed) },
      };
}
