/** What becomes of each object. */
import type { Place } from "./addresses";
import type { StateObject } from "./state";

/** An object that is taken over. */
export interface Taken {
  readonly fate: "taken";
  readonly object: StateObject;
  readonly place: Place;
  /** Its key there, where the place has one for each. */
  readonly key?: string;
}

/** What becomes of an object that is there. */
export type Move =
  | Taken
  | {
      /** Terraform forgets it: it stays in AWS or in the cluster. */
      readonly fate: "forgotten";
      readonly object: StateObject;
      readonly why: string;
      /** What removes it afterwards. */
      readonly after?: readonly string[];
    }
  | {
      /** Its code goes, and Terraform destroys it; or its code stays, and Terraform keeps it. */
      readonly fate: "destroyed" | "left";
      readonly object: StateObject;
      readonly why: string;
    };

/** What a part of the installation is, and what becomes of its objects. */
export interface Part {
  /** Inputs of `Karpenter` and of the root module. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly moves: readonly Move[];
  /** What to know. */
  readonly notes: readonly string[];
  /** Commands before the apply. */
  readonly before?: readonly string[];
}

/** A part of which there is nothing. */
export const NOTHING: Part = { inputs: {}, moves: [], notes: [] };

/** Several parts as one. */
export function together(...parts: readonly Part[]): Part {
  return {
    inputs: Object.assign({}, ...parts.map(({ inputs }) => inputs)) as Part["inputs"],
    moves: parts.flatMap(({ moves }) => moves),
    notes: parts.flatMap(({ notes }) => notes),
    before: parts.flatMap(({ before = [] }) => before),
  };
}

/** What `terraform import` calls an object. */
export function importId({ type, values }: StateObject): string {
  const text = (name: string): string => String(values[name]);
  switch (type) {
    case "aws_iam_role_policy":
      return `${text("role")}:${text("name")}`;
    case "aws_iam_role_policy_attachment":
      return `${text("role")}/${text("policy_arn")}`;
    case "aws_cloudwatch_event_rule":
      return `${text("event_bus_name")}/${text("name")}`;
    case "aws_cloudwatch_event_target":
      return `${text("event_bus_name")}/${text("rule")}/${text("target_id")}`;
    case "aws_eks_pod_identity_association":
      return `${text("cluster_name")},${text("association_id")}`;
    case "aws_ec2_tag":
      return `${text("resource_id")},${text("key")}`;
    case "helm_release":
      return `${text("namespace")}/${text("name")}`;
    default:
      return text("id");
  }
}
