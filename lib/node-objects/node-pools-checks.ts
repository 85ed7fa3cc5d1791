import { newerVersionRules } from "../inputs/catalog/newer-version";
import type { Problems } from "../inputs/problems";
import { checkNodeObjects } from "./node-checks";
import { unmetNeeds } from "./node-class-needs";
import type { NodeObjects } from "./node-objects";

/** Finds what goes wrong between the properties of NodePools that stand alone. */
export function checkNodePools(problems: Problems, props: NodeObjects): void {
  problems.checkTogether(newerVersionRules, { ...props });
  checkNodeObjects(problems, props);
  unmetNeeds(props).forEach((problem) => problems.add(problem));
}
