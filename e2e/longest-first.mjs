/**
 * Begins with the files that wait longest for AWS and for a cluster. Two that compute all the time are among the first, for the
 * others come to wait together.
 */
import Sequencer from "@jest/test-sequencer";

const FIRST = [
  "scenarios/older-releases",
  "scenarios/two-clusters",
  "scenarios/submodules",
  "scenarios/deploy",
  "scenarios/one-apply",
  "scenarios/toggles",
  "scenarios/coredns-on-nodes",
  "rules",
  "scenarios/terraform-floor",
  "scenarios/coredns-on-fargate",
  "scenarios/hcl-root",
  "karpenter",
  "local-aws",
  "stand-in-providers",
  "scenarios/opentofu",
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
