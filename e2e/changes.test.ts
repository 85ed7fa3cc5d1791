/**
 * What a change of each input does to an installation: docs/changes.md says it. `CHANGES=write` makes a plan for each input that
 * recorded.json does not have, alone, and keeps what it says; then inputs that do not meet share a plan, which must say what was
 * kept. It also applies the risky ones while pods run, those that observed.json does not have, and keeps what was seen; the way
 * to another role for nodes is gone each time.
 */
import { dirname } from "node:path";

import { changes, OF_A_REGISTRY } from "./changes/cases";
import { factsOf } from "./changes/facts";
import { Installation } from "./changes/installation";
import { Observation } from "./changes/observation";
import { groups, observed, record, recorded, type ObservedChanges, type Recorded } from "./changes/recorded";
import { RISKY, SECOND_IDENTITY, secondIdentity } from "./changes/risky";
import { karpenterCharts } from "./cloud/charts";
import type { TerraformVariables } from "./cloud/terraform";
import { roleOf } from "./support/find";
import { inputsOfRoot } from "./support/inputs-of-root";

const WRITE = process.env.CHANGES === "write";
/** Nodes are replaced one after the other, and all of them with the namespace. */
const RISKY_MS = 60 * 60_000;

let installation: Installation;
let all: Readonly<Record<string, TerraformVariables>>;

beforeAll(async () => {
  // Nobody changes anything beside Terraform here, so that no plan need ask.
  installation = await Installation.apply({ TF_CLI_ARGS_plan: "-refresh=false" });
  const charts: Record<string, string> = {};
  for (const release of ["1.14.3", "1.15.1"]) {
    charts[release] = dirname((await karpenterCharts(release)).karpenter);
  }
  all = changes({ network: installation.network, charts });
});

afterAll(() => installation?.close());

describe("a change", () => {
  const factsOfAll = async (names: readonly string[]): Promise<string[]> => {
    const variables = Object.assign({}, ...names.map((name) => all[name])) as TerraformVariables;
    return factsOf(await installation.plan(variables)).sort();
  };

  const withOf = (name: string): string[] => Object.keys(all[name] ?? {}).filter((other) => other !== name);

  it("is there of each input of the module, but for those that only a registry reads", () => {
    expect([...Object.keys(all), ...OF_A_REGISTRY].sort()).toEqual(inputsOfRoot());
  });

  it("of nothing does nothing", async () => {
    expect(await factsOfAll([])).toEqual([]);
  });

  it("of each input does what docs/changes.md says", async () => {
    let kept: Recorded = await recorded();
    if (WRITE) {
      for (const name of Object.keys(all).filter((name) => !(name in kept))) {
        kept = { ...kept, [name]: { with: withOf(name), facts: await factsOfAll([name]) } };
        await record("recorded", kept);
      }
      kept = Object.fromEntries(Object.keys(all).flatMap((name) => (kept[name] ? [[name, kept[name]]] : [])));
      await record("recorded", kept);
    }
    expect(Object.entries(kept).map(([name, one]) => [name, one.with])).toEqual(
      Object.keys(all).map((name) => [name, withOf(name)]),
    );
    for (const names of groups(kept, all)) {
      const expected = [...new Set(names.flatMap((name) => kept[name]?.facts ?? []))].sort();
      expect({ names, facts: await factsOfAll(names) }).toEqual({ names, facts: expected });
    }
  });

  it("that would take from nodes what they run on is refused without accepted_change", async () => {
    expect(await installation.planErrors({ name_prefix: "other" })).toContain(
      "this plan takes the role or the instance profile from nodes that run",
    );
    const told = await installation.planErrors({ namespace: "other", crds: "existing" });
    expect(told).toContain('"namespace" would take CRDs and controller from where they are, {"namespace":"karpenter"}');
    expect(told).toContain('"crds" would remove the CRDs, which were {"crds":"managed"}');
  });
});

describe("a change while pods run", () => {
  let watched: Observation;

  beforeAll(async () => {
    watched = await Observation.start(installation);
  });

  it(
    "was observed of each input that is risky",
    async () => {
      let kept: ObservedChanges = await observed();
      if (WRITE) {
        for (const { input, change } of RISKY.filter(({ input }) => !(input in kept))) {
          kept = { ...kept, [input]: await watched.apply(await change(all[input] ?? {}, installation)) };
          await record("observed", kept);
          await watched.apply();
        }
      }
      expect(Object.keys(kept).sort()).toEqual(RISKY.map(({ input }) => input).sort());
    },
    RISKY_MS,
  );

  it("to another role for nodes replaces them while the old ones keep theirs, and then takes nothing from them", async () => {
    const second = await installation.account.root(SECOND_IDENTITY);
    await second.apply();
    const { toBoth, toSecond } = secondIdentity(installation);
    const first = `${installation.network.clusterName}-karpenter-node`;
    expect(await watched.apply(toBoth)).toEqual({
      nodes: "are replaced",
      identity: "kept",
      controller: "stays",
      controllerRole: "kept",
    });
    expect(roleOf(await installation.account.inventory(), first)).toBeDefined();
    expect(await watched.apply(toSecond)).toEqual({
      nodes: "stay",
      identity: "kept",
      controller: "stays",
      controllerRole: "kept",
    });
    expect((await installation.account.inventory()).roles.map(({ name }) => name)).not.toContain(first);
  });
});
