import type { Construct } from "constructs";
import { TerraformVariable } from "cdktf";
import type { Precondition } from "../terraform/precondition";

/** What a module input is. */
export interface ModuleVariableProps {
  /**
   * Terraform's type expression, `map(string)`. Of an `object({ … })` Terraform drops every name that it does not have, without
   * a word: take `any`, and check the names.
   */
  readonly type: string;
  /** What the input is for, in one or two sentences; shown by the registry. */
  readonly description: string;
  /**
   * The default, kept as it is: `null`, `false`, `""` and every spelling of a map key.
   *
   * @default - the input is required
   */
  readonly default?: unknown;
  /**
   * Whether a caller may pass null.
   *
   * @default - true only when the default is null
   */
  readonly nullable?: boolean;
  /**
   * Whether Terraform must not show the value.
   *
   * @default false
   */
  readonly sensitive?: boolean;
  /**
   * A word for inputs that belong together, where a module has so many that one file of them is too long to read: they stand
   * in `variables-<group>.tf.json`.
   *
   * @default - `variables.tf.json`
   */
  readonly group?: string;
  /**
   * What Terraform asks of a value at plan.
   *
   * @default - every value of the type is accepted
   */
  readonly validations?: readonly Precondition[];
}

/**
 * An input of a published module.
 *
 * cdktf's own `TerraformVariable` cannot hold a null default and rewrites the keys of a map default
 * (hashicorp/terraform-cdk#2473), so the default bypasses it.
 */
export class ModuleVariable extends TerraformVariable {
  /** What the input is. */
  public readonly props: ModuleVariableProps;
  /** The input's name. */
  public readonly name: string;

  /** @param name the input's name, snake_case */
  constructor(scope: Construct, name: string, props: ModuleVariableProps) {
    super(scope, `input ${name}`, { type: props.type, description: props.description, sensitive: props.sensitive });
    this.overrideLogicalId(name);
    this.name = name;
    this.props = props;
    const nullable = props.nullable ?? props.default === null;
    if (!nullable) {
      this.addOverride("nullable", false);
    }
    if (props.default !== undefined) {
      this.addOverride("default", props.default);
    }
    if (props.validations !== undefined && props.validations.length > 0) {
      this.addOverride("validation", props.validations);
    }
  }

  /** Whether a caller must set it. */
  public get required(): boolean {
    return this.props.default === undefined;
  }

  /** The input as a map of strings, for tags and `for_each`. */
  public get mapValue(): Record<string, string> {
    return this.value as unknown as Record<string, string>;
  }
}
