import { installationWarnings } from "../../lib/node-objects/installation-warnings";
import { warningsAtPlan } from "../support/warnings-at-plan";
import { INSTALLATIONS } from "../support/warned-installations";

const atPlan = warningsAtPlan("");

describe("of an installation, a plan of the root module warns as synth does", () => {
  test.each(INSTALLATIONS)("%s", (id, wrong, right) => {
    const given = [...wrong, ...right];
    const atSynth = given.map((inputs) => installationWarnings(inputs));
    expect(atSynth.map((warnings) => warnings.map((warning) => warning.id))).toEqual([
      ...wrong.map(() => [id]),
      ...right.map(() => []),
    ]);
    expect(given.map((inputs) => atPlan({ ...inputs, clusterName: "demo" }).sort())).toEqual(
      atSynth.map((warnings) => warnings.map(({ text }) => `${text} [${id}]`)),
    );
  });
});
