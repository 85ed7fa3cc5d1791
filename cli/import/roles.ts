/** Roles in a state with the policies that they have, and what becomes of those. */
import { isFields } from "../../lib/terraform/known-values";
import type { Place } from "./addresses";
import type { Move, Part } from "./move";
import type { Trust } from "./policies";
import { textsOf, trustOf } from "./policies";
import type { State, StateObject } from "./state";

/** A role, who may become it, and what it may do. */
export interface Role {
  readonly object: StateObject;
  readonly name: string;
  readonly arn: string;
  readonly trust: Trust;
  /** Inline policies that are resources of their own. */
  readonly inline: readonly StateObject[];
  /** Inline policies that the role's own block has, by name. */
  readonly inlineInRole: readonly { readonly name: string; readonly policy: string }[];
  readonly attachments: readonly StateObject[];
  /** Policies of the customer that are in the state and attached to it. */
  readonly policies: readonly StateObject[];
  /** Policies that the role's own block attaches, by ARN. */
  readonly attachedInRole: readonly string[];
}

/** The roles in a state. */
export function rolesOf({ objects }: State): Role[] {
  const all = (type: string): StateObject[] => objects.filter((object) => object.type === type);
  return all("aws_iam_role").map((object) => {
    const {
      name,
      arn,
      assume_role_policy: trust,
      inline_policy: blocks,
      managed_policy_arns: attached,
    } = object.values;
    const inline = all("aws_iam_role_policy").filter(({ values }) => values.role === name);
    const attachments = all("aws_iam_role_policy_attachment").filter(({ values }) => values.role === name);
    const arns = attachments.map(({ values }) => values.policy_arn);
    return {
      object,
      name: String(name),
      arn: String(arn),
      trust: trustOf(trust),
      inline,
      inlineInRole: (Array.isArray(blocks) ? blocks : [])
        .filter(isFields)
        .map((block) => ({ name: String(block.name), policy: String(block.policy) }))
        .filter((block) => block.name !== "" && !inline.some(({ values }) => values.name === block.name)),
      attachments,
      policies: all("aws_iam_policy").filter(({ values }) => arns.includes(values.arn)),
      attachedInRole: textsOf(attached).filter((policy) => !arns.includes(policy)),
    };
  });
}

/** Every document that says what a role may do, as far as the state has it. */
export function documentsOf({ inline, inlineInRole, policies }: Role): unknown[] {
  return [...[...inline, ...policies].map(({ values }) => values.policy), ...inlineInRole.map(({ policy }) => policy)];
}

/** Where attachments of a role come. */
export interface AttachmentPlaces {
  /** The beginning of the places. */
  readonly whose: "controller" | "node" | "podExecution";
  /** AWS's policies that the module attaches too, by name: each has a place of its own. */
  readonly own: readonly string[];
  /** Takes all others, a name to an ARN. */
  readonly input: string;
}

/** Attachments that stay. */
export function keptAttachments(
  { attachments, attachedInRole }: Pick<Role, "attachments" | "attachedInRole">,
  { whose, own, input }: AttachmentPlaces,
): Part {
  const isOwn = (arn: string): boolean => arn.includes(":iam::aws:policy/") && own.includes(policyName(arn));
  const more = Object.fromEntries(
    [...attachments.map(({ values }) => String(values.policy_arn)), ...attachedInRole]
      .filter((arn) => !isOwn(arn))
      .map((arn) => [policyName(arn), arn]),
  );
  return {
    inputs: Object.keys(more).length === 0 ? {} : { [input]: more },
    moves: attachments.map((object): Move => {
      const arn = String(object.values.policy_arn);
      return isOwn(arn)
        ? { fate: "taken", object, place: `${whose} ${policyName(arn)}` as Place }
        : { fate: "taken", object, place: `${whose}Attachment`, key: policyName(arn) };
    }),
    notes: [],
  };
}

/** Inline policies that stay, by name in an input. */
export function keptInlinePolicies(
  { inline, inlineInRole }: Pick<Role, "inline" | "inlineInRole">,
  place: Place,
  input: string,
): Part {
  const all = [
    ...inline.map(({ values }) => [String(values.name), String(values.policy)]),
    ...inlineInRole.map(({ name, policy }) => [name, policy]),
  ];
  return {
    inputs: all.length === 0 ? {} : { [input]: Object.fromEntries(all) as Record<string, string> },
    moves: inline.map((object) => ({ fate: "taken", object, place, key: String(object.values.name) })),
    notes: [],
  };
}

/** Whether a role has one of AWS's policies, by name. */
export function hasPolicy({ attachments, attachedInRole }: Role, name: string): boolean {
  return [...attachments.map(({ values }) => String(values.policy_arn)), ...attachedInRole].some((arn) =>
    arn.endsWith(`:iam::aws:policy/${name}`),
  );
}

/** A policy's name, from its ARN. */
export function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
