import type { CheckResult, Plan } from "../cloud/terraform";

function checkBlocks({ json }: Plan): CheckResult[] {
  return (json.checks ?? []).filter(({ address }) => address.kind === "check");
}

/** What the `check` blocks of a plan warn of, sentence by sentence. */
export function warningsOf(plan: Plan): string[] {
  return checkBlocks(plan)
    .filter(({ status }) => status === "fail")
    .flatMap(({ instances = [] }) => instances.flatMap(({ problems = [] }) => problems))
    .flatMap(({ message }) => message.split("\n"))
    .sort();
}

/** The `check` blocks of a plan that wait for an apply. */
export function waitingChecks(plan: Plan): string[] {
  return checkBlocks(plan)
    .filter(({ status }) => status === "unknown")
    .map(({ address }) => address.to_display);
}
