/** Whether what pods on Fargate write reaches CloudWatch Logs: the router sends it from the pods' own subnets. */
import type { KubernetesObject } from "../../kubernetes/kubernetes";
import { check } from "../check";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { error, orOk } from "../verdict";
import type { NetworkFacts } from "./network";
import { gatherNetwork, serves } from "./network";

/** What the way of logs is judged by. */
export interface FargateLogFacts extends NetworkFacts {
  /** Whether the cluster has the ConfigMap by which Fargate sends logs. */
  readonly isOn: boolean;
}

const CONFIG_MAP = "/api/v1/namespaces/aws-observability/configmaps/aws-logging";

export function judgeFargateLogs({ isOn, subnets, endpoints }: FargateLogFacts): readonly Verdict[] {
  const closed = subnets.filter(
    (subnet) =>
      subnet.isForFargate &&
      subnet.wayOut === "none" &&
      !endpoints.some((endpoint) => serves(endpoint, "logs", subnet)),
  );
  return isOn
    ? orOk(
        closed.map(({ id }) =>
          error(
            `${id} has no route out, and its VPC no working endpoint of logs: what pods on Fargate write is lost; make this endpoint`,
          ),
        ),
        "what pods on Fargate write reaches CloudWatch Logs from their subnets",
      )
    : [];
}

async function gather(sources: Sources): Promise<FargateLogFacts> {
  const isOn = (await sources.kubernetes.get<KubernetesObject>(CONFIG_MAP)) !== undefined;
  return { isOn, ...(await sources.ask(gatherNetwork)) };
}

export const FARGATE_LOG_CHECKS = [check("fargate-logs", gather, judgeFargateLogs)];
