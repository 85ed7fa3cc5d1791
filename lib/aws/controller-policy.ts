import { Construct } from "constructs";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { generatedName, NAME_LIMITS } from "../names";
import { CONTROLLER_POLICY_PROPERTIES } from "../inputs/catalog/properties";
import { controllerQueueRules } from "../inputs/catalog/cross-rules";
import { controllerPolicyEnvironmentRules } from "../inputs/catalog/environment-rules";
import { checkedProps } from "../inputs/problems";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import { both, equals, hasItems, isGiven, OptionalResource, zeroOrOne } from "../terraform/optional-resource";
import type { Need } from "../release";
import { ReleaseNeeds } from "../release";
import { amiParameterRules } from "../inputs/catalog/ami-parameters";
import type { NewerVersionProps } from "../inputs/catalog/newer-version";
import { newerVersionRules, warnOfNewerVersion } from "../inputs/catalog/newer-version";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import type { PolicyStatement, StatementCondition } from "../versions";
import { DEFAULT_KARPENTER_VERSION } from "../versions";
import { ebsKeyPolicy } from "./ebs-key-policy";
import { ec2Services, ec2ServicesIn } from "./ec2-service";
import type { ClusterProps, EnvironmentProps, IamProps, NamingProps, TagProps } from "./common-props";
import { accountIdOf, compareEnvironment, partitionOf, regionOf } from "./environment";
import type { PolicySizeProps } from "./policy-size";
import { limitPolicySize, POLICY_LIMITS } from "./policy-size";

/** Who makes the instance profiles of nodes: Terraform (one, in state) or Karpenter (one for each EC2NodeClass). */
export type InstanceProfileMode = "terraform" | "karpenter";

/** Properties of {@link ControllerPolicy}. */
export interface ControllerPolicyProps
  extends
    ClusterProps,
    NamingProps,
    Pick<IamProps, "iamPath">,
    TagProps,
    EnvironmentProps,
    AwsProviderProps,
    NewerVersionProps {
  /** The ARNs of the roles that nodes run as: the controller may pass these to EC2 and no others. */
  readonly nodeRoleArns: string[];
  /**
   * Whether the controller reads interruption events from a queue.
   *
   * @default - true when `interruptionQueueArn` is given
   */
  readonly interruptionHandling?: Toggle;
  /**
   * The queue that interruption events arrive in.
   *
   * @default - none
   */
  readonly interruptionQueueArn?: string;
  /**
   * The customer managed KMS key that the queue is encrypted with.
   *
   * @default - the queue is encrypted by SQS itself
   */
  readonly interruptionQueueKmsKeyArn?: string;
  /**
   * With `terraform`, the controller gets no permission to make, tag or delete instance profiles.
   *
   * @default "terraform"
   */
  readonly instanceProfileMode?: InstanceProfileMode;
  /**
   * Whether the controller may reboot nodes to repair them, as it does with the AWS feature gate of this name. Releases before
   * 1.15 do not reboot nodes and get no permission for it.
   *
   * @default false
   */
  readonly rebootForRepair?: Toggle;
  /**
   * SSM parameters that the controller may read AMI ids from beside those of AWS, for `ssmParameter` terms: those of another
   * account, and those of node classes that are made elsewhere. `/*` at the end stands for all below. Since Karpenter 1.4.
   * {@link Karpenter} adds what its own node classes name.
   *
   * @default - those of AWS alone
   */
  readonly amiParameterArns?: string[];
  /**
   * Customer managed KMS keys that the volumes of nodes, or their AMIs, are encrypted with: EC2 may use them for the
   * controller. {@link Karpenter} adds those that its own node classes name by id or ARN.
   *
   * @default - the account's key for EBS
   */
  readonly ebsKmsKeyArns?: string[];
  /**
   * The release of Karpenter, 0.27.0 or later; one that only Terraform knows must be 1.0.0 or later.
   * https://github.com/aws/karpenter-provider-aws/releases
   *
   * @default "1.14.3"
   */
  readonly karpenterVersion?: string;
}

/**
 * The controller's permissions as several managed policies, split as Karpenter's own template does: one document with
 * all statements would pass the 6,144 characters that IAM takes, depending on the cluster's and the region's name.
 * https://karpenter.sh/docs/reference/cloudformation/
 */
export class ControllerPolicy extends Construct {
  /** The policies by what they are for: `node-lifecycle`, `iam-integration` … */
  public readonly policies: Readonly<Record<string, OptionalResource<IamPolicy>>>;

  /** The policies' ARNs by what they are for; null for one that is not made. */
  public readonly policyArns: Readonly<Record<string, string>>;

  private readonly ec2InRegion: string[];

  constructor(scope: Construct, id: string, props: ControllerPolicyProps) {
    super(scope, id);
    props = checkedProps(this, props, CONTROLLER_POLICY_PROPERTIES, (problems, props) =>
      problems
        .checkTogether([...controllerQueueRules, ...newerVersionRules, ...amiParameterRules], {
          ...props,
          karpenterVersion: props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION,
        })
        .checkTogether(controllerPolicyEnvironmentRules, { ...props }),
    );
    compareEnvironment(this, props);
    warnOfNewerVersion(this, props);
    const documents = new PolicyDocuments(this, props);
    this.ec2InRegion = documents.ec2InRegion;
    const interruption = props.interruptionHandling ?? props.interruptionQueueArn !== undefined;
    const needs = new ReleaseNeeds(this, props.karpenterVersion);
    const names = needs.of(({ controllerPolicies }) => mapValues(controllerPolicies, () => true));
    this.policies = Object.fromEntries(
      names.map(({ name, condition }) => [
        name,
        new OptionalResource(both(condition, name === "interruption" ? interruption : true), (count) => {
          const { document, statements } = documents.document(
            name,
            needs.of(({ controllerPolicies }) => controllerPolicies[name] ?? {}),
          );
          const owner = new IamPolicy(this, name, {
            count,
            name: generatedName(props.namePrefix ?? props.clusterName, `-karpenter-${name}`, NAME_LIMITS.policy),
            description: `Karpenter controller of the EKS cluster ${props.clusterName}: ${name}`,
            path: props.iamPath ?? "/",
            policy: document.json,
            tags: props.tags,
          });
          const growing = GROWING[name];
          if (growing !== undefined) {
            const what = `the policy "${name}"`;
            limitPolicySize({ owner, document, statements, limit: POLICY_LIMITS.managed, what, ...growing });
          }
          return owner;
        }),
      ]),
    );
    this.policyArns = Object.fromEntries(
      Object.entries(this.policies).map(([name, policy]) => [name, policy.attribute("arn")]),
    );
    useProviders(this, props);
  }

  /**
   * The statements by which a KMS key of another account lets EC2 encrypt volumes with it for the role that has these policies, as
   * JSON: for `source_policy_documents` of the key's own policy.
   */
  public ebsKmsKeyPolicy(roleArn: string): string {
    return ebsKeyPolicy(roleArn, this.ec2InRegion);
  }
}

/** All other statements stay within what IAM takes whatever their cluster is called; these grow with an input. */
const GROWING: Readonly<Partial<Record<string, Pick<PolicySizeProps, "property" | "remedy">>>> = {
  "iam-integration": {
    property: "nodeRoleArns",
    remedy: "pass fewer roles, or roles with shorter paths: it names the node role and all additional ones",
  },
  "resource-discovery": {
    property: "amiParameterArns",
    remedy: 'name a path for several of them, "…:parameter/golden/*": it names those of node classes too',
  },
  "node-lifecycle": {
    property: "ebsKmsKeyArns",
    remedy: "share a key among node classes: it names theirs too",
  },
};

/** Turns the statements of a Karpenter version into policy documents. */
class PolicyDocuments {
  /** The names by which KMS knows EC2. */
  public readonly ec2InRegion: string[];
  private readonly placeholders: Readonly<Record<string, string>>;
  private readonly lists: Readonly<Record<string, string[]>>;
  private readonly conditions: Readonly<Record<StatementCondition, Toggle>>;

  constructor(
    private readonly scope: Construct,
    props: ControllerPolicyProps,
  ) {
    this.placeholders = {
      "{partition}": partitionOf(scope, props),
      "{region}": regionOf(scope, props),
      "{account}": accountIdOf(scope, props),
      "{cluster}": props.clusterName,
    };
    this.ec2InRegion = ec2ServicesIn(this.placeholders["{region}"], this.placeholders["{partition}"]);
    this.lists = {
      "{nodeRoles}": props.nodeRoleArns,
      "{queue}": zeroOrOne(props.interruptionQueueArn),
      "{queueKey}": zeroOrOne(props.interruptionQueueKmsKeyArn),
      // The second one is China's; Karpenter's template has it in every partition.
      "{ec2}": ec2Services(this.placeholders["{partition}"], "ec2.amazonaws.com.cn"),
      "{ec2InRegion}": this.ec2InRegion,
      "{amiParameters}": props.amiParameterArns ?? [],
      "{volumeKeys}": props.ebsKmsKeyArns ?? [],
    };
    this.conditions = {
      karpenterMakesInstanceProfiles: equals(props.instanceProfileMode ?? "terraform", "karpenter"),
      queueHasKmsKey: isGiven(props.interruptionQueueKmsKeyArn),
      nodesAreRebooted: props.rebootForRepair ?? false,
      amiParametersAreNamed: hasItems(props.amiParameterArns),
      volumesHaveKmsKeys: hasItems(props.ebsKmsKeyArns),
    };
  }

  /** A document of these statements, and all that it has where that is known; what only Terraform can decide about is dynamic. */
  public document(
    name: string,
    statements: readonly Need<PolicyStatement>[],
  ): Pick<PolicySizeProps, "document" | "statements"> {
    const decided = statements
      .map(({ condition, ...statement }) => ({
        ...statement,
        condition: both(condition, this.conditionOf(statement.value)),
      }))
      .filter(({ condition }) => condition !== false);
    const isKnown = ({ condition }: Need<PolicyStatement>) => condition === true;
    const known = decided.filter(isKnown).map((statement) => this.block(statement));
    const document = new DataAwsIamPolicyDocument(this.scope, `${name}-document`, {
      statement: known.length === 0 ? undefined : known,
    });
    const open = decided.filter((statement) => !isKnown(statement));
    if (open.length > 0) {
      document.addOverride(
        "dynamic.statement",
        open.map((statement) => ({
          ...(statement.versions === undefined ? {} : { "//": statement.versions }),
          for_each: tf`${statement.condition} ? ${[true]} : ${[]}`,
          content: this.block(statement),
        })),
      );
    }
    return { document, statements: open.length > 0 ? undefined : known };
  }

  private conditionOf({ onlyIf }: PolicyStatement): Toggle {
    return onlyIf === undefined ? true : this.conditions[onlyIf];
  }

  private block({ name: sid, value: { actions, resources, conditions } }: Need<PolicyStatement>) {
    return {
      sid,
      effect: "Allow",
      actions: [...actions],
      resources: this.filled(resources),
      condition: conditions?.map(({ test, variable, values }) => ({
        test,
        variable: this.fill(variable),
        values: this.filled(values),
      })),
    };
  }

  private filled(texts: readonly string[]): string[] {
    return this.lists[texts[0]] ?? texts.map((text) => this.fill(text));
  }

  private fill(text: string): string {
    return text.replace(/\{\w+\}/g, (placeholder) => this.placeholders[placeholder]);
  }
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
