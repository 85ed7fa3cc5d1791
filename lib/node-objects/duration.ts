const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** A time span such as `1h30m` in seconds; NaN for what is none. */
export function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/([0-9]+)([smh])/g)];
  return duration !== "" && parts.map(([part]) => part).join("") === duration
    ? parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit], 0)
    : NaN;
}

/** The same as a Terraform expression: a number for every string, 0 for an empty one. */
export function secondsAtPlan(duration: string): string {
  const units = `{ ${Object.entries(SECONDS)
    .map(([unit, seconds]) => `${unit} = ${seconds}`)
    .join(", ")} }`;
  return `sum(concat([0], [for part in regexall("([0-9]+)([smh])", ${duration}) : part[0] * ${units}[part[1]]]))`;
}
