import { Construct } from "constructs";
import { TerraformOutput } from "cdktf";
import { Precondition } from "./precondition";

/** What a module output is. */
export interface ModuleOutputProps {
  /** What callers get, in one sentence. */
  readonly description: string;
  readonly value: unknown;
  /** @default false */
  readonly sensitive?: boolean;
  /** @default - none */
  readonly preconditions?: readonly Precondition[];
}

/**
 * An output of a published module. cdktf drops a precondition of its own `TerraformOutput` without a word; here it is
 * kept.
 */
export class ModuleOutput extends TerraformOutput {
  /** @param name the output's name, snake_case */
  constructor(scope: Construct, name: string, props: ModuleOutputProps) {
    super(scope, `output ${name}`, { value: props.value, description: props.description, sensitive: props.sensitive });
    this.overrideLogicalId(name);
    if (props.preconditions !== undefined && props.preconditions.length > 0) {
      this.addOverride("precondition", props.preconditions);
    }
  }
}
