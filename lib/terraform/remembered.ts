import type { Construct } from "constructs";
import type { IResolvable } from "cdktf";
import { ref, TerraformLocal, Token } from "cdktf";
import type { Toggle } from "./expression";
import { tf } from "./expression";
import { TerraformData } from "./terraform-data";

/** What is remembered, and what becomes of a plan that would have it otherwise. */
export interface RememberedProps {
  /** Texts by a name. Those that are known at plan come first: of a difference in one of them, a plan tells. */
  readonly values: Readonly<Record<string, string>>;
  /**
   * When another value does no harm, by its name.
   *
   * @default - never
   */
  readonly harmless?: Readonly<Record<string, (was: IResolvable, is: IResolvable) => IResolvable>>;
  /** What is wrong with other values, and the way out; `was` are those that are remembered, as JSON. */
  readonly refusal: (was: string) => string;
  /**
   * The user's word for this change: under other words, the values are remembered anew.
   *
   * @default - none
   */
  readonly acceptedChange?: string;
  /**
   * Whether there is anything to remember.
   *
   * @default true
   */
  readonly condition?: Toggle;
}

/**
 * What an installation was made with. A plan does not see by itself what runs on an object that it makes anew; Terraform keeps the
 * first values here, whatever the inputs say later, and so no plan needs to ask anybody. Under another `acceptedChange` it is
 * another instance, and takes the values as they are then.
 */
export class Remembered extends TerraformData {
  constructor(scope: Construct, id: string, props: RememberedProps) {
    const now = new TerraformLocal(scope, `${id}-now`, props.values);
    super(scope, id, { input: now.expression });
    const { acceptedChange: accepted, condition = true, harmless = {} } = props;
    const keys = tf`[coalesce(${accepted}, "-")]`;
    if (Token.isUnresolved(condition)) {
      this.addOverride("for_each", tf`toset(${condition} ? ${keys} : [])`);
    } else if (accepted !== undefined) {
      this.addOverride("for_each", tf`toset(${keys})`);
    }
    const tests = Object.keys(props.values).map((name) => {
      const [was, is] = [ref(`self.output.${name}`), tf`${now.expression}.${ref(name)}`];
      return name in harmless ? tf`${was} == ${is} || ${harmless[name](was, is)}` : tf`${was} == ${is}`;
    });
    this.addOverride("lifecycle", {
      ignore_changes: ["input"],
      postcondition: [
        {
          // One after the other, for `false && unknown` is unknown before Terraform 1.12.
          condition: tests.reduceRight((others, test) => tf`${test} ? ${others} : false`),
          error_message: props.refusal("${jsonencode(self.output)}"),
        },
      ],
    });
  }
}
