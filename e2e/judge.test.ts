/**
 * What the controllers themselves say: of schedules, as they read them, and of the kubelet's fields. `rules.test.ts` puts whole
 * objects to them.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";

import { schedule } from "../lib/inputs/catalog/api-values";
import { KUBELET_FIELDS } from "../lib/versions/kubelet-fields";
import { installJudge, judge, JUDGES } from "./cloud/judge";
import { neutralEnvironment } from "./cloud/local-aws";
import { runOrThrow } from "./cloud/run";
import { requireTools, TERRAFORM } from "./cloud/tools";
import { SCHEDULES } from "./rules/schedules";

const SEED = 20_261_126;
const NEWEST = "1.15.1";

/** Cron lines of which about every fourth can be read. */
function lines(count: number): string[] {
  const number = fc.integer({ min: 0, max: 62 }).map(String);
  const name = fc.constantFrom(..."jan FEB Mar apr dec sun MON Tue fri sat sunday march".split(" "));
  const odd = fc.constantFrom("?", "+5", "00", "05", "-1", "", "L", "1#2", "*-7", "5L", "W", "@daily");
  const value = fc.oneof({ weight: 5, arbitrary: number }, name, fc.constant("*"), odd);
  const range = fc.tuple(value, value).map((ends) => ends.join("-"));
  const step = fc.constantFrom("", "", "/1", "/5", "/0", "/05", "/+3", "/x", "/", "/-0", "/100");
  const item = fc.tuple(fc.oneof(value, range), step).map((parts) => parts.join(""));
  const field = fc.oneof(
    { weight: 3, arbitrary: item },
    fc.array(item, { minLength: 2, maxLength: 3 }).map((items) => items.join(",")),
    item.map((own) => `${own},,`),
  );
  const plain = fc.constantFrom("*", "1", "1,2", "*/2");
  const space = fc.constantFrom(" ", " ", " ", "  ", "\t");
  const line = fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.array(plain, { minLength: 5, maxLength: 5 }), field, field, space)
    .map(([at, fields, own, other, between]) =>
      fields
        .map((usual, index) => (index === at ? own : index === (at + own.length) % 5 ? other : usual))
        .join(between),
    );
  const whole = fc.oneof(
    { weight: 8, arbitrary: line },
    line.map((own) => ` ${own} `),
    line.map((own) => `0 ${own}`),
    line.map((own) => `TZ=Europe/Berlin ${own}`),
    fc.constantFrom("@daily", "@DAILY", "@daily ", "@yearly x", "@reboot", "@every"),
  );
  return fc.sample(whole, { seed: SEED, numRuns: count });
}

/** A field of nothing but commas is read, as one that nothing meets: that we refuse by itself. */
const isOfCommas = (line: string): boolean => line.split(/\s+/).some((field) => /^,+$/.test(field));

const readable = async (release: string, all: readonly string[]): Promise<boolean[]> => {
  const pool = (line: string) => ({
    kind: "NodePool",
    metadata: { name: "a" },
    spec: { disruption: { budgets: [{ nodes: "1", schedule: line, duration: "1h" }] } },
  });
  return (await judge(release, all.map(pool))).map((objections) => objections.length === 0);
};

describe("the controller", () => {
  const all = [...SCHEDULES, ...lines(20_000)].filter((line) => !isOfCommas(line));
  // The first is the API server's alone.
  const rules = schedule.slice(1);
  const ours = (line: string): boolean => rules.every((rule) => rule.accepts(line));

  it.each(Object.keys(JUDGES))(
    "reads the schedules that we take, and no others, with Karpenter %s",
    async (release) => {
      const theirs = await readable(release, all);
      expect(theirs.filter(Boolean).length).toBeGreaterThan(1_000);
      // What has no time zone and is no line at all is the API server's to refuse.
      expect(all.filter((line, index) => !line.startsWith("@every") && theirs[index] !== ours(line))).toEqual([]);
    },
  );

  it("reads those that Terraform takes, and no others", async () => {
    const folder = await mkdtemp(join(tmpdir(), "karpenter-schedules-"));
    try {
      const some = all.filter((line, index) => index < 600 && !line.startsWith("@every"));
      const condition = rules.map((rule) => `(${rule.terraform("line")})`).join(" && ");
      await writeFile(join(folder, "lines.json"), JSON.stringify(some));
      await writeFile(
        join(folder, "main.tf.json"),
        JSON.stringify({
          output: {
            taken: { value: `\${[for line in jsondecode(file("\${path.module}/lines.json")) : ${condition}]}` },
          },
        }),
      );
      const [terraform] = requireTools([TERRAFORM]) as [string];
      const run = (...args: string[]) => runOrThrow(terraform, args, { cwd: folder, env: neutralEnvironment() });
      await run("init", "-no-color");
      await run("apply", "-auto-approve", "-no-color");
      const taken = JSON.parse((await run("output", "-json", "taken")).stdout) as boolean[];
      const theirs = await readable(NEWEST, some);
      expect(some.filter((_, index) => taken[index] !== theirs[index])).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("knows the fields of the kubelet's configuration that we know", async () => {
    const { stdout } = await runOrThrow(await installJudge(NEWEST), ["kubelet-fields"]);
    expect(JSON.parse(stdout)).toEqual(KUBELET_FIELDS);
  });
});
