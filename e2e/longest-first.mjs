/**
 * Begins with the files that wait longest for AWS and for a cluster. Two that compute all the time are among the first, for the
 * others come to wait together.
 */
import Sequencer from "@jest/test-sequencer";

const FIRST = [
  "scenarios/moving-in-from-modules",
  "scenarios/moving-in-hand-written",
  "scenarios/older-releases",
  "scenarios/deploy",
  "changes",
  "new-user",
  "scenarios/submodules",
  "scenarios/two-clusters",
  "scenarios/toggles",
  "doctor",
  "faults",
  "scenarios/one-apply",
  "scenarios/opentofu",
  "scenarios/terraform-floor",
  "scenarios/hcl-root",
  "rules",
  "local-aws",
  "scenarios/coredns-on-nodes",
  "scenarios/coredns-on-fargate",
  "cleanup",
  "drift",
  "scenarios/moving-in-typescript",
  "scenarios/moving-in-charts",
  "scenarios/moving-in-live",
  "karpenter",
  "scenarios/message",
  "scenarios/upgrade",
];

export default class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a.path) - rank(b.path));
  }
}

function rank(path) {
  const place = FIRST.indexOf(/\/e2e\/(.+)\.test\.ts$/.exec(path)?.[1]);
  return place < 0 ? FIRST.length : place;
}
