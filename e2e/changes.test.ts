/**
 * What a change of each input does to an installation, by plans: docs/changes.md says it. `CHANGES=write` makes a plan for
 * each input that recorded.json does not have, alone, and keeps what it says; then inputs that do not meet share a plan, which
 * must say what was kept.
 */
import { dirname } from "node:path";

import { changes, OF_A_REGISTRY } from "./changes/cases";
import { factsOf } from "./changes/facts";
import { Installation } from "./changes/installation";
import { groups, record, recorded, type Recorded } from "./changes/recorded";
import { karpenterCharts } from "./cloud/charts";
import type { TerraformVariables } from "./cloud/terraform";
import { inputsOfRoot } from "./support/inputs-of-root";

describe("a change", () => {
  let installation: Installation;
  let all: Readonly<Record<string, TerraformVariables>>;

  const factsOfAll = async (names: readonly string[]): Promise<string[]> => {
    const variables = Object.assign({}, ...names.map((name) => all[name])) as TerraformVariables;
    return factsOf(await installation.plan(variables)).sort();
  };

  const withOf = (name: string): string[] => Object.keys(all[name] ?? {}).filter((other) => other !== name);

  beforeAll(async () => {
    installation = await Installation.apply();
    const charts: Record<string, string> = {};
    for (const release of ["1.14.3", "1.15.1"]) {
      charts[release] = dirname((await karpenterCharts(release)).karpenter);
    }
    all = changes({ network: installation.network, charts });
  });

  afterAll(() => installation?.close());

  it("is there of each input of the module, but for those that only a registry reads", () => {
    expect([...Object.keys(all), ...OF_A_REGISTRY].sort()).toEqual(inputsOfRoot());
  });

  it("of nothing does nothing", async () => {
    expect(await factsOfAll([])).toEqual([]);
  });

  it("of each input does what docs/changes.md says", async () => {
    let kept: Recorded = await recorded();
    if (process.env.CHANGES === "write") {
      for (const name of Object.keys(all).filter((name) => !(name in kept))) {
        kept = { ...kept, [name]: { with: withOf(name), facts: await factsOfAll([name]) } };
        await record(kept);
      }
      kept = Object.fromEntries(Object.keys(all).flatMap((name) => (kept[name] ? [[name, kept[name]]] : [])));
      await record(kept);
    }
    expect(Object.entries(kept).map(([name, one]) => [name, one.with])).toEqual(
      Object.keys(all).map((name) => [name, withOf(name)]),
    );
    for (const names of groups(kept, all)) {
      const expected = [...new Set(names.flatMap((name) => kept[name]?.facts ?? []))].sort();
      expect({ names, facts: await factsOfAll(names) }).toEqual({ names, facts: expected });
    }
  });
});
