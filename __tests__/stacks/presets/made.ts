import { Testing } from "cdktf";
import type { KarpenterStack } from "../../../stacks/karpenter-stack";
import { decodeValues } from "../../lib/kubernetes/on-cluster";
import type { Scope } from "../../support/hcl";
import type { Policy, Statement } from "../../support/policy";
import { policyDocument } from "../../support/policy";
import { Synthesized } from "../../support/stack";

type Json = Readonly<Record<string, unknown>>;

/** An object of Kubernetes that a setup makes. */
export interface Made {
  readonly kind: string;
  readonly spec: Json;
}

/** What a setup's stack becomes, and what of it AWS, Helm and Kubernetes would get. */
export class Setup extends Synthesized {
  private readonly scope: Scope;

  constructor(make: () => KarpenterStack) {
    const stack = make();
    stack.prepareStack();
    super(JSON.parse(Testing.synth(stack, true)) as Json);
    const resources = this.json.resource as Readonly<Record<string, Readonly<Record<string, Json>>>>;
    this.scope = Object.fromEntries(
      Object.entries(resources).map(([type, byName]) => [
        type,
        Object.fromEntries(
          Object.entries(byName).map(([name, resource]) => [name, { arn: `arn:${type}.${name}`, ...resource }]),
        ),
      ]),
    );
  }

  /** A policy by the name of its document. */
  public policy(name: string): Policy {
    return policyDocument(this, name, this.scope);
  }

  /** Everything that the controller may do, each statement under its Sid. */
  public get controllerStatements(): Readonly<Record<string, Statement>> {
    const documents = this.addresses.filter((address) =>
      /^data\..*\.karpenter_controller_policy_\w+_document$/.test(address),
    );
    const statements = documents.flatMap((address) => this.policy(address.split(".")[2]).Statement);
    return Object.fromEntries(statements.map((statement) => [statement.Sid, statement]));
  }

  /** The names of AWS's own policies that are attached to what a construct makes. */
  public managedPoliciesOf(prefix: string): string[] {
    return this.resources
      .filter((address) => address.startsWith(`aws_iam_role_policy_attachment.${prefix}_`))
      .map((address) => String(this.resource("aws_iam_role_policy_attachment", address.split(".")[1]).policy_arn))
      .map((arn) => arn.replace("arn:aws:iam::aws:policy/", ""))
      .sort();
  }

  /** The values of the controller's release, as Helm gets them. */
  public get controllerValues(): unknown {
    return this.valuesOf("karpenter_charts_controller");
  }

  /** The objects of an API before v1, by their kinds. */
  public get objects(): Readonly<Record<string, Made>> {
    const { objects } = this.nodePoolValues as { objects: readonly Made[] };
    return Object.fromEntries(objects.map((object) => [object.kind, object]));
  }

  /** The values of the release of NodePools. */
  public get nodePoolValues(): unknown {
    return this.valuesOf("karpenter_node_pools");
  }

  private valuesOf(name: string): unknown {
    return decodeValues((this.resource("helm_release", name).values as string[])[0], this.scope);
  }
}

/** The four policies that nodes of Karpenter before 1.4 have. */
export const NODE_POLICIES = [
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonSSMManagedInstanceCore",
];

/** Who may be a node: EC2. */
export const NODE_TRUST: readonly Statement[] = [
  {
    Sid: "AssumeRoleByNodes",
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "ec2.amazonaws.com" },
  },
];

/** What the rules are about that fill the queue before Karpenter 1.10. */
export const EVENTS = [
  "AWS Health Event",
  "EC2 Instance Rebalance Recommendation",
  "EC2 Instance State-change Notification",
  "EC2 Spot Instance Interruption Warning",
];

/** The kinds of events that reach a setup's queue. */
export function eventsOf(setup: Setup): string[] {
  const rules = setup.resources.filter((address) => address.startsWith("aws_cloudwatch_event_rule."));
  return rules
    .map((address) => setup.resource("aws_cloudwatch_event_rule", address.split(".")[1]))
    .flatMap(({ event_pattern }) => (JSON.parse(String(event_pattern)) as { "detail-type": string[] })["detail-type"])
    .sort();
}
