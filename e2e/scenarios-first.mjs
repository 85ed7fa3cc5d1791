/** Runs the scenarios before all other files: they wait for AWS, and what computes fills the time in between. */
import Sequencer from "@jest/test-sequencer";

export default class extends Sequencer {
  sort(tests) {
    const isScenario = ({ path }) => path.includes("/e2e/scenarios/");
    return super.sort(tests).sort((a, b) => isScenario(b) - isScenario(a));
  }
}
