import { Construct } from "constructs";
import type { TerraformCount } from "cdktf";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { generatedName, NAME_LIMITS } from "../names";
import { CONTROLLER_POLICY_PROPERTIES } from "../inputs/catalog/properties";
import { controllerQueueRules } from "../inputs/catalog/cross-rules";
import { controllerPolicyEnvironmentRules } from "../inputs/catalog/environment-rules";
import { checkedProps } from "../inputs/problems";
import type { Toggle } from "../terraform/expression";
import { tfList } from "../terraform/expression";
import { both, choose, OptionalResource } from "../terraform/optional-resource";
import { isKnownList } from "../terraform/known-values";
import { ReleaseNeeds } from "../release";
import { amiParameterRules } from "../inputs/catalog/ami-parameters";
import { newerVersionRules, warnOfNewerVersion } from "../inputs/catalog/newer-version";
import { useProviders } from "../terraform/providers";
import type { ControllerPolicyProps } from "./controller-policy-props";
import { PolicyDocuments } from "./controller-policy-documents";
import { DEFAULT_KARPENTER_VERSION } from "../versions";
import { ebsKeyPolicy } from "./ebs-key-policy";
import { compareEnvironment } from "./environment";
import type { PolicySizeProps } from "./policy-size";
import { limitPolicySize, POLICY_LIMITS } from "./policy-size";

/**
 * The controller's permissions as several managed policies, split as Karpenter's own template does: one document with
 * all statements would pass the 6,144 characters that IAM takes, depending on the cluster's and the region's name.
 * {@link putOnRole} puts them all on a role instead, inline.
 * https://karpenter.sh/docs/reference/cloudformation/
 */
export class ControllerPolicy extends Construct {
  /** The policies by what they are for: `node-lifecycle`, `iam-integration` … */
  public readonly policies: Readonly<Record<string, OptionalResource<IamPolicy>>>;

  /** The policies' ARNs by what they are for; null for one that is not made. */
  public readonly policyArns: Readonly<Record<string, string>>;

  /** What the controller may do, by what it is for, without what it needs not. */
  private readonly parts: readonly PolicyPart[];
  /** The input that most of them name something of. */
  private readonly largest: GrowingInput;
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
    this.largest = largestOf(props);
    const interruption = props.interruptionHandling ?? props.interruptionQueueArn !== undefined;
    const needs = new ReleaseNeeds(this, props.karpenterVersion);
    const names = needs.of(({ controllerPolicies }) => mapValues(controllerPolicies, () => true));
    this.parts = names
      .map(({ name, condition }) => ({
        name,
        condition: both(condition, name === "interruption" ? interruption : true),
      }))
      .filter(({ condition }) => condition !== false)
      .map(({ name, condition }) => ({
        name,
        condition,
        ...documents.document(
          name,
          needs.of(({ controllerPolicies }) => controllerPolicies[name] ?? {}),
        ),
      }));
    this.policies = Object.fromEntries(names.map(({ name }) => [name, this.managedPolicy(props, name)]));
    this.policyArns = Object.fromEntries(
      Object.entries(this.policies).map(([name, policy]) => [name, policy.attribute("arn")]),
    );
    useProviders(this, props);
  }

  /**
   * Puts all statements on a role as one inline policy, which takes none of the role's attachments. All inline policies of a role
   * together have 10,240 characters at most, without white space.
   *
   * @param roleId the role's id, which is its name
   */
  public putOnRole(scope: Construct, id: string, roleId: string, count?: TerraformCount): IamRolePolicy {
    const isWhole = this.parts.every(({ condition }) => condition === true);
    const jsons = this.parts.map(({ condition, document }) => choose(condition, document.json, null) as string);
    const document = new DataAwsIamPolicyDocument(this, "document", {
      sourcePolicyDocuments: isWhole ? jsons : tfList`compact(${jsons})`,
    });
    const owner = new IamRolePolicy(scope, id, { count, name: "karpenter", role: roleId, policy: document.json });
    const isKnown = isWhole && this.parts.every(({ statements }) => statements !== undefined);
    const statements = isKnown ? this.parts.flatMap(({ statements = [] }) => statements) : undefined;
    limitPolicySize({ owner, document, statements, ...ALL_STATEMENTS, ...inlineWords(this.largest) });
    return owner;
  }

  /**
   * The statements by which a KMS key of another account lets EC2 encrypt volumes with it for the role that has these policies, as
   * JSON: for `source_policy_documents` of the key's own policy. Read once.
   */
  public ebsKmsKeyPolicy(roleArn: string): string {
    return ebsKeyPolicy(this, roleArn, this.ec2InRegion).json;
  }

  private managedPolicy(props: ControllerPolicyProps, name: string): OptionalResource<IamPolicy> {
    const part = this.parts.find((one) => one.name === name);
    if (part === undefined) {
      return new OptionalResource(false, () => undefined as never);
    }
    return new OptionalResource(both(part.condition, props.createManagedPolicies ?? true), (count) => {
      const owner = new IamPolicy(this, name, {
        count,
        name: generatedName(props.namePrefix ?? props.clusterName, `-karpenter-${name}`, NAME_LIMITS.policy),
        description: `Karpenter controller of the EKS cluster ${props.clusterName}: ${name}`,
        path: props.iamPath ?? "/",
        policy: part.document.json,
        tags: props.tags,
      });
      const growing = Object.entries(GROWING).find(([, { policy }]) => policy === name);
      if (growing !== undefined) {
        const [property, { remedy }] = growing;
        limitPolicySize({
          owner,
          ...part,
          limit: POLICY_LIMITS.managed,
          what: `the policy "${name}"`,
          property,
          remedy,
        });
      }
      return owner;
    });
  }
}

/** The statements for one purpose. */
interface PolicyPart extends Pick<PolicySizeProps, "document" | "statements"> {
  readonly name: string;
  readonly condition: Toggle;
}

/** All other statements stay within what IAM takes whatever their cluster is called; these grow with an input. */
const GROWING = {
  nodeRoleArns: {
    policy: "iam-integration",
    remedy: "pass fewer roles, or roles with shorter paths: it names the node role and all additional ones",
  },
  amiParameterArns: {
    policy: "resource-discovery",
    remedy: 'name a path for several of them, "…/golden/*": it names those of node classes too',
  },
  ebsKmsKeyArns: {
    policy: "node-lifecycle",
    remedy: "let several node classes use one key: it names theirs too",
  },
} as const;

type GrowingInput = keyof typeof GROWING;

/** Of an inline policy: 8,300 characters whatever the cluster is called, and what grows. */
const ALL_STATEMENTS = { limit: POLICY_LIMITS.inline, what: "the controller's inline policy" } as const;

function inlineWords(property: GrowingInput): Pick<PolicySizeProps, "property" | "remedy"> {
  const [own] = GROWING[property].remedy.split(":");
  return { property, remedy: `${own}, or set "controllerPolicyForm" to "managed"` };
}

/** Of what is known at synth. */
function largestOf(props: Partial<Record<GrowingInput, readonly string[]>>): GrowingInput {
  const sizeOf = (property: GrowingInput): number => {
    const items: unknown = props[property];
    return isKnownList(items) ? items.join().length : 0;
  };
  const inputs = Object.keys(GROWING) as GrowingInput[];
  return inputs.reduce((largest, property) => (sizeOf(property) > sizeOf(largest) ? property : largest));
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
