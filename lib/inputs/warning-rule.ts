import type { Warning, WarningId } from "./acknowledged-warnings";
import type { ComputedWords } from "./cross-rule";
import type { Predicate } from "./predicate";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf } from "../versions";
import type { VersionBounds } from "../versions/version-bounds";
import { isIn } from "../versions/version-bounds";
import type { Fields } from "../terraform/known-values";
import { isKnownText } from "../terraform/known-values";

/** Something that warnings speak of: an object, or what of it one warning is about. */
export interface Part {
  /** `nodeClasses.default.blockDeviceMappings[0].ebs`. */
  readonly path: string;
  /** What is said of it, and what follows from that; tokens among the values. */
  readonly fields: Fields;
  /** Where a field is said, or would be. */
  at(field: string): string;
}

/** What is legal and hurts, written once: told at synth, and at plan by the published modules. */
export interface WarningRule<Kind extends string = string> extends VersionBounds {
  readonly id: WarningId;
  /** What it speaks of. */
  readonly of: Kind;
  /** What is so, what comes of it, and the way out; `{}` is the part's path, `{x}` where a field is said, `<x>` its value. */
  readonly text: string;
  /** What holds where there is nothing to warn of. */
  readonly isRight: Predicate;
  /**
   * Words of the text that are not a field's value in JSON, `<x>` there.
   *
   * @default - none
   */
  readonly words?: Readonly<Record<string, ComputedWords>>;
  /**
   * Whether it is of objects of v1 only, or of older ones only.
   *
   * @default - of both
   */
  readonly inV1?: boolean;
  /** Whether all parts stand in one message, `"{}"` then being all their paths. */
  readonly together?: boolean;
}

/** A field's value as a word, without quotes. */
export function asItIs(field: string): ComputedWords {
  return { of: (it) => String(it[field]), terraform: (at) => at(field) };
}

/** What the rules find in parts, as far as that is known at synth. */
export function warningsOf<Kind extends string>(
  rules: readonly WarningRule<Kind>[],
  parts: Readonly<Record<Kind, readonly Part[]>>,
  karpenterVersion: unknown,
): Warning[] {
  const release = isKnownText(karpenterVersion) ? karpenterVersion : DEFAULT_KARPENTER_VERSION;
  const isV1 = minorVersionOf(release).apiVersion === "v1";
  return rules
    .filter((rule) => isIn(rule, release) && (rule.inV1 ?? isV1) === isV1)
    .flatMap((rule) => {
      const wrong = parts[rule.of].filter(({ fields }) => rule.isRight.holds(fields) === false);
      const found = rule.together === true && wrong.length > 0 ? [joined(wrong)] : wrong;
      return found.map((part): Warning => ({ id: rule.id, text: textOf(rule, part) }));
    });
}

function joined(parts: readonly Part[]): Part {
  return { ...parts[0], path: parts.map(({ path }) => path).join('", "') };
}

function textOf({ text, words = {} }: WarningRule, { path, fields, at }: Part): string {
  return text
    .replace(/\{(\w*)\}/g, (_, field: string) => (field === "" ? path : at(field)))
    .replace(/<(\w+)>/g, (_, name: string) => words[name]?.of(fields) ?? JSON.stringify(fields[name] ?? null));
}
