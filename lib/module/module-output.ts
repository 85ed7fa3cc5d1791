import type { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { dependable, TerraformOutput } from "cdktf";
import type { Precondition } from "../terraform/precondition";

/** What a module output is. */
export interface ModuleOutputProps {
  /** What callers get, in one sentence. */
  readonly description: string;
  /** What is given: a token, or any value with tokens in it. */
  readonly value: unknown;
  /**
   * Whether Terraform must not show the value.
   *
   * @default false
   */
  readonly sensitive?: boolean;
  /**
   * What Terraform asks at plan before the output is given.
   *
   * @default - none
   */
  readonly preconditions?: readonly Precondition[];
  /**
   * What must be there before whoever reads the output, and stay until it is gone.
   *
   * @default - what the value refers to
   */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * An output of a published module. cdktf drops a precondition of its own `TerraformOutput` without a word, and writes what
 * an output depends on in a form that Terraform refuses; here both are right.
 */
export class ModuleOutput extends TerraformOutput {
  /** @param name the output's name, snake_case */
  constructor(scope: Construct, name: string, props: ModuleOutputProps) {
    super(scope, `output ${name}`, { value: props.value, description: props.description, sensitive: props.sensitive });
    this.overrideLogicalId(name);
    if (props.preconditions !== undefined && props.preconditions.length > 0) {
      this.addOverride("precondition", props.preconditions);
    }
    if (props.dependsOn !== undefined) {
      this.addOverride("depends_on", props.dependsOn.map(dependable));
    }
  }
}
