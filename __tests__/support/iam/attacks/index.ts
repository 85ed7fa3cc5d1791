import type { Installation } from "../installation";
import type { Attack } from "./attack";
import { onInstances } from "./instances";
import { launching } from "./launching";
import { intoTheQueue } from "./queue";
import { reading } from "./reading";
import { instanceProfiles, passing } from "./roles";
import { takingRoles } from "./trust";

export type { Attack } from "./attack";

/** All attacks, by their kind. */
export const ATTACKS: Readonly<Record<string, (installation: Installation) => readonly Attack[]>> = {
  "launching what is not the cluster's": launching,
  "ending, rebooting, tagging and adopting instances": onInstances,
  "passing roles": passing,
  "instance profiles": instanceProfiles,
  "other queues, clusters, parameters and keys": reading,
  "sending to the queue": intoTheQueue,
  "taking roles": takingRoles,
};
