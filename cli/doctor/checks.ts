import { CLUSTER_CHECKS } from "./aws/cluster";
import { FARGATE_CHECKS } from "./aws/fargate";
import { FARGATE_LOG_CHECKS } from "./aws/fargate-logs";
import { IAM_QUOTA_CHECKS } from "./aws/iam-quotas";
import { IDENTITY_CHECKS } from "./aws/identity";
import { INTERRUPTION_CHECKS } from "./aws/interruption";
import { NETWORK_CHECKS } from "./aws/network";
import { NODE_ACCESS_CHECKS } from "./aws/node-access";
import { ORPHAN_CHECKS } from "./aws/orphans";
import type { Check } from "./check";
import { CONDITION_CHECKS } from "./cluster/conditions";
import { CONTROLLER_CHECKS } from "./cluster/controller";
import { DEFINITION_CHECKS } from "./cluster/definitions";
import { DRIFT_CHECKS } from "./cluster/drift";
import { FLOW_CHECKS } from "./cluster/flow-schemas";
import { NODE_CLAIM_CHECKS } from "./cluster/node-claims";
import { RELEASE_CHECKS } from "./cluster/releases";
import { SAME_CLUSTER_CHECKS } from "./cluster/same-cluster";

/** All checks, in the order in which they are told: what must be there first, what comes of it, what was left. */
export const CHECKS: readonly Check[] = [
  ...CLUSTER_CHECKS,
  ...IDENTITY_CHECKS,
  ...IAM_QUOTA_CHECKS,
  ...NETWORK_CHECKS,
  ...FARGATE_CHECKS,
  ...FARGATE_LOG_CHECKS,
  ...INTERRUPTION_CHECKS,
  ...SAME_CLUSTER_CHECKS,
  ...CONTROLLER_CHECKS,
  ...RELEASE_CHECKS,
  ...DEFINITION_CHECKS,
  ...FLOW_CHECKS,
  ...CONDITION_CHECKS,
  ...NODE_ACCESS_CHECKS,
  ...NODE_CLAIM_CHECKS,
  ...DRIFT_CHECKS,
  ...ORPHAN_CHECKS,
];
