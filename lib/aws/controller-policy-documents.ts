import type { Construct } from "constructs";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Need } from "../release";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import { both, equals, hasItems, isGiven, zeroOrOne } from "../terraform/optional-resource";
import type { PolicyStatement, StatementCondition } from "../versions";
import type { ControllerPolicyProps } from "./controller-policy-props";
import { ec2Services, ec2ServicesIn } from "./ec2-service";
import { accountIdOf, partitionOf, regionOf } from "./environment";
import type { PolicySizeProps } from "./policy-size";

/** Turns the statements of a Karpenter version into policy documents. */
export class PolicyDocuments {
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
