const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** A time span such as `1h30m` in seconds. */
export function secondsOf(duration: string): number {
  return [...duration.matchAll(/([0-9]+)([smh])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * SECONDS[unit],
    0,
  );
}
