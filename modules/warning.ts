import type { IResolvable } from "cdktf";
import { ref } from "cdktf";
import type { WarningId } from "../lib/inputs/acknowledged-warnings";
import { isAcknowledgedAtPlan } from "../lib/inputs/acknowledged-warnings";
import type { ModuleStack } from "../lib/module";
import { tf } from "../lib/terraform/expression";
import { snakeCase } from "../lib/terraform/readable-stack";

/** What must hold, and what is told where it does not, as a template. */
interface Asserted {
  readonly isRight: IResolvable;
  readonly text: string;
}

/** Warns at plan and at apply, and stops neither, unless the id is acknowledged. */
export function warnAtPlan(stack: ModuleStack, id: WarningId, ...asserted: readonly Asserted[]): void {
  const isAcknowledged = ref(isAcknowledgedAtPlan("var.acknowledge_warnings", id));
  stack.addOverride(
    `check.${snakeCase(id)}.assert`,
    asserted.map(({ isRight, text }) => ({
      // What is acknowledged waits for no value that is not known yet.
      condition: tf`${isAcknowledged} ? true : ${isRight}`,
      error_message: `${text} [${id}]`,
    })),
  );
}
