import type { Construct } from "constructs";
import type { TerraformProvider } from "cdktf";
import { Aspects } from "cdktf";
import type { AwsProviderProps, HelmProviderProps } from "../terraform/providers";
import { providersOf } from "../terraform/providers";
import type { AcknowledgedWarningsProps } from "./acknowledged-warnings";
import { warn } from "./acknowledged-warnings";
import { isAlreadyChecked } from "./problems";

const KINDS = ["aws", "helm"] as const;

/**
 * Warns, once the stack is complete, of a construct that says nothing of its provider where the stack has several of that
 * kind: it is made with the one without an alias, which may be that of another cluster.
 */
export function warnOfDefaultProvider(
  construct: Construct,
  props: AwsProviderProps & HelmProviderProps & AcknowledgedWarningsProps,
): void {
  if (isAlreadyChecked(props)) {
    return;
  }
  Aspects.of(construct).add({
    visit: (node) => {
      if (node === construct) {
        const texts = KINDS.filter((kind) => props[`${kind}Provider`] === undefined).flatMap((kind) =>
          ambiguity(kind, providersOf(construct, kind)),
        );
        warn(
          construct,
          texts.map((text) => ({ id: "karpenter-default-provider" as const, text })),
          props,
        );
      }
    },
  });
}

function ambiguity(kind: (typeof KINDS)[number], providers: readonly TerraformProvider[]): string[] {
  const others = providers.filter(({ alias }) => alias !== undefined);
  if (others.length === 0 || others.length === providers.length) {
    return [];
  }
  const names = others.map(({ alias }) => `${kind}.${alias}`).join(", ");
  return [
    `the stack has several ${kind} providers, and this takes the one without an alias, not ${names}; give the one of the ` +
      `cluster as "${kind}Provider", also where it is the one without an alias`,
  ];
}
