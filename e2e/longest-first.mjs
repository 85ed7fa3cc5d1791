/** Begins with the scenarios, and those with the files that wait longest for AWS; what computes fills the time in between. */
import Sequencer from "@jest/test-sequencer";

const LONGEST = [
  "two-clusters",
  "submodules",
  "deploy",
  "one-apply",
  "toggles",
  "coredns-on-nodes",
  "coredns-on-fargate",
];

export default class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a.path) - rank(b.path));
  }
}

function rank(path) {
  const scenario = /\/e2e\/scenarios\/([a-z-]+)\.test\.ts$/.exec(path)?.[1];
  if (scenario === undefined) return LONGEST.length + 1;
  return LONGEST.includes(scenario) ? LONGEST.indexOf(scenario) : LONGEST.length;
}
