import type { IResolvable } from "cdktf";
import { TerraformHclModule, ref } from "cdktf";
import type { ModuleStack, ModuleVariable } from "../lib/module";
import { tf } from "../lib/terraform/expression";
import { snakeCase } from "../lib/terraform/readable-stack";

/** What {@link CheckedInputs} is about. */
export interface CheckedInputsProps {
  /** The inputs, or what is made of them, by the names that the check has for them. */
  readonly inputs: Readonly<Record<string, ModuleVariable | string>>;
  readonly karpenterVersion?: ModuleVariable;
  /** Where the module `input-check` is, from here. */
  readonly source: string;
  /**
   * Whether they are checked here.
   *
   * @default - always
   */
  readonly condition?: ModuleVariable;
}

/**
 * The inputs of a module that have objects in them, held against the table of types by the module `input-check`, each by a
 * call of its own: what is not known yet in one of them does not keep the others from being checked at plan. What uses a
 * value takes it from the check, so nothing is made of one that is wrong.
 */
export class CheckedInputs {
  private readonly values: Readonly<Record<string, IResolvable>>;

  constructor(stack: ModuleStack, props: CheckedInputsProps) {
    const { inputs, karpenterVersion, condition } = props;
    const values = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, valueOf(input)]));
    const check = new TerraformHclModule(stack, "input-check", {
      source: props.source,
      skipAssetCreationFromLocalModules: true,
      variables: {
        name: ref("each.key"),
        value: ref("each.value"),
        ...(karpenterVersion === undefined ? {} : { karpenter_version: karpenterVersion.value }),
      },
    });
    check.addOverride(
      "for_each",
      condition === undefined
        ? tf`${values}`
        : tf`{ for name, value in ${values} : name => value if ${condition.value} }`,
    );
    this.values = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const checked = tf`${check.fqn}[${name}].${ref("value")}`;
        const right = condition === undefined ? checked : tf`${condition.value} ? ${checked} : ${value}`;
        return [name, tf`${stack.local(`checked_${name}`, right)}`];
      }),
    );
  }

  /** An input that has nothing wrong in it; undefined where it is not checked here. */
  public find(name: string): IResolvable | undefined {
    return this.values[name];
  }

  /** An input that has nothing wrong in it. */
  public value(name: string): IResolvable {
    return this.values[name];
  }
}

function valueOf(input: ModuleVariable | string): unknown {
  return typeof input === "string" ? input : input.value;
}

/** The expression of an input that {@link CheckedInputs} finds nothing wrong in. */
export function checkedAt(property: string): string {
  return `local.checked_${snakeCase(property)}`;
}

/** Manifests one by one: a list among them is several documents of one file, a List its items, null an empty document. */
export function flatManifests(manifests: ModuleVariable): IResolvable {
  const taken = tf`try({ List = manifest.items }[manifest.kind], [manifest])`;
  return tf`[for found in flatten([for manifest in flatten([${manifests.value}]) : ${taken}]) : found if found != null]`;
}
