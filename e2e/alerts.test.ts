/** The alerts and the dashboard in the engine of Prometheus itself: what they ask can be asked, and they fire when they should. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { allAlerts } from "../lib/kubernetes/alerts";
import { chartFolder } from "../lib/kubernetes/packaged-chart";
import { answersOf } from "./cloud/promql";

const CONTROLLER = 'instance="10.0.0.1:8080"';
const BUILD = `karpenter_build_info{${CONTROLLER},version="1.14.3"} 1x120`;

/** A NodeClaim's condition, as two metrics tell of it: for how long it has been so, and that it is. */
function condition(type: string, status: string, minutes: number): string[] {
  const of = `{name="claim",type="${type}",status="${status}",reason="Some"}`;
  return [
    `operator_nodeclaim_status_condition_current_status_seconds${of} 0+60x${minutes} _x60`,
    `operator_nodeclaim_status_condition_count${of} 1x${minutes} _x60`,
  ];
}

function errors(controller: string, values: string, instance = CONTROLLER): string {
  return `controller_runtime_reconcile_errors_total{${instance},controller="${controller}"} ${values}`;
}

function successes(controller: string, values: string, instance = CONTROLLER): string {
  return `controller_runtime_reconcile_total{${instance},controller="${controller}",result="success"} ${values}`;
}

function limits(usage: number, limit: number): string[] {
  const of = '{nodepool="default",resource_type="cpu"}';
  return [`karpenter_nodepools_usage${of} ${usage}x60`, `karpenter_nodepools_limit${of} ${limit}x60`];
}

function readiness(status: string): string {
  return `operator_nodepool_status_condition_count{name="default",type="Ready",status="${status}",reason="Some"} 1x60`;
}

function callErrors(error: string): string {
  return `karpenter_cloudprovider_errors_total{method="Create",error="${error}",controller="c",provider="aws"} 0+1x60`;
}

function refusals(reason: string, values: string): string {
  return `karpenter_cloudprovider_instance_launch_failures_total{zone="a",capacity_type="spot",reason="${reason}"} ${values}`;
}

function messages(...buckets: readonly (readonly [le: string, values: string])[]): string[] {
  const metric = "karpenter_interruption_message_queue_duration_seconds_bucket";
  return buckets.map(([le, values]) => `${metric}{le="${le}"} ${values}`);
}

const NO_ADDRESSES = "InsufficientFreeAddressesInSubnet";
const PENDING = 'karpenter_pods_unbound_time_seconds{name="pod",namespace="default"} 0+60x60';

/** What there is, minute by minute, and whether the expression holds in a minute of it. */
const SITUATIONS: readonly (readonly [
  alert: string,
  what: string,
  series: readonly string[],
  minute: number,
  fires: boolean,
])[] = [
  ["KarpenterAbsent", "no controller is scraped", ["up 1x60"], 30, true],
  ["KarpenterAbsent", "one is", [BUILD], 30, false],
  ["KarpenterPodsPending", "a pod has waited for 16 minutes", [PENDING], 16, true],
  ["KarpenterPodsPending", "a pod has waited for 15 minutes", [PENDING], 15, false],
  [
    "KarpenterNodesNeverRegister",
    "an instance has not registered for 11 minutes",
    [...condition("Registered", "Unknown", 14), ...condition("Launched", "True", 14)],
    11,
    true,
  ],
  [
    "KarpenterNodesNeverRegister",
    "the next one has started in its place",
    [...condition("Registered", "Unknown", 14), ...condition("Launched", "True", 14)],
    20,
    true,
  ],
  [
    "KarpenterNodesNeverRegister",
    "no more was started",
    [...condition("Registered", "Unknown", 14), ...condition("Launched", "True", 14)],
    40,
    false,
  ],
  [
    "KarpenterNodesNeverRegister",
    "it registered within 3 minutes",
    [...condition("Registered", "Unknown", 3), ...condition("Launched", "True", 60)],
    30,
    false,
  ],
  [
    "KarpenterNodesNeverRegister",
    "nothing was launched",
    [...condition("Registered", "Unknown", 14), ...condition("Launched", "Unknown", 14)],
    13,
    false,
  ],
  ["KarpenterClusterStateNotSynced", "it is not", ["karpenter_cluster_state_synced 0x60"], 5, true],
  ["KarpenterClusterStateNotSynced", "it is", ["karpenter_cluster_state_synced 1x60"], 5, false],
  ["KarpenterNodePoolNotReady", "it is False", [readiness("False")], 5, true],
  ["KarpenterNodePoolNotReady", "it is Unknown", [readiness("Unknown")], 5, true],
  ["KarpenterNodePoolNotReady", "it is True", [readiness("True")], 5, false],
  ["KarpenterNodePoolLimit", "91 of 100 are in use", limits(91, 100), 5, true],
  ["KarpenterNodePoolLimit", "90 of 100 are in use", limits(90, 100), 5, false],
  ["KarpenterNodePoolLimit", "the limit is 0, and turns the pool off", limits(0, 0), 5, false],
  ["KarpenterReconcileErrors", "half of it fails", [BUILD, errors("c", "0+1x60"), successes("c", "0+2x60")], 40, true],
  [
    "KarpenterReconcileErrors",
    "a fiftieth fails",
    [BUILD, errors("c", "0+1x60"), successes("c", "0+50x60")],
    40,
    false,
  ],
  [
    "KarpenterReconcileErrors",
    "another operator's fails",
    [BUILD, errors("c", "0+1x60", 'instance="b"'), successes("c", "0+2x60", 'instance="b"')],
    40,
    false,
  ],
  ["KarpenterCloudProviderErrors", "AWS refuses", [callErrors("")], 30, true],
  ["KarpenterCloudProviderErrors", "there is no capacity", [callErrors("InsufficientCapacityError")], 30, false],
  ["KarpenterCloudProviderErrors", "an instance has gone", [callErrors("NodeClaimNotFoundError")], 30, false],
  ["KarpenterSubnetAddresses", "the first refusal was 5 minutes ago", [refusals(NO_ADDRESSES, "_x30 5x60")], 35, true],
  [
    "KarpenterSubnetAddresses",
    "the first and last was 20 minutes ago",
    [refusals(NO_ADDRESSES, "_x30 5x60")],
    50,
    false,
  ],
  ["KarpenterSubnetAddresses", "there was another one", [refusals(NO_ADDRESSES, "5x40 9x40")], 45, true],
  ["KarpenterSubnetAddresses", "EC2 refused for another reason", [refusals("InternalError", "0+1x90")], 45, false],
  [
    "KarpenterInterruptionQueueStuck",
    "reading fails again and again",
    [BUILD, errors("interruption", "0x30 0+1x60")],
    40,
    true,
  ],
  ["KarpenterInterruptionQueueStuck", "reading failed once", [BUILD, errors("interruption", "0x30 1x60")], 40, false],
  [
    "KarpenterInterruptionQueueStuck",
    "messages are older than 120 seconds",
    messages(["120", "0x60"], ["150", "0+1x60"], ["+Inf", "0+1x60"]),
    40,
    true,
  ],
  [
    "KarpenterInterruptionQueueStuck",
    "messages are younger than a second",
    messages(["1", "0+1x60"], ["+Inf", "0+1x60"]),
    40,
    false,
  ],
];

const expressionOf = new Map(allAlerts().map(({ alert, expr }) => [alert, expr]));

describe("the alerts", () => {
  it("have a situation each in which they fire, and one in which they do not", () => {
    const told = (fires: boolean) => new Set(SITUATIONS.filter((one) => one[4] === fires).map(([alert]) => alert));
    expect([...told(true)]).toEqual([...expressionOf.keys()]);
    expect([...told(false)]).toEqual([...expressionOf.keys()]);
  });

  it("fire in these situations, and in no others", async () => {
    const answers = await answersOf(
      SITUATIONS.map(([alert, , series, minute]) => ({ expr: expressionOf.get(alert) ?? "", series, minute })),
    );
    const fired = SITUATIONS.map(([alert, what], index) => [
      alert,
      what,
      answers[index]?.error ?? answers[index]?.found.length !== 0,
    ]);
    expect(fired).toEqual(SITUATIONS.map(([alert, what, , , fires]) => [alert, what, fires]));
  });

  it("label what they find with what their texts name", async () => {
    const firing = SITUATIONS.filter((one) => one[4]);
    const answers = await answersOf(
      firing.map(([alert, , series, minute]) => ({ expr: expressionOf.get(alert) ?? "", series, minute })),
    );
    const missing = firing.flatMap(([alert], index) => {
      const { annotations } = allAlerts().find((one) => one.alert === alert) as ReturnType<typeof allAlerts>[number];
      const named = [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
      const labels = Object.keys(answers[index]?.found[0]?.labels ?? {});
      return named.filter((label) => !labels.includes(label)).map((label) => `${alert}: ${label}`);
    });
    expect(missing).toEqual([]);
  });
});

describe("the dashboard", () => {
  it("asks what can be asked", async () => {
    const text = await readFile(join(chartFolder("monitoring"), "files/dashboard.json"), "utf8");
    const { panels } = JSON.parse(text) as { panels: { targets?: { expr: string }[] }[] };
    const expressions = panels
      .flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
      .map((expr) => expr.replaceAll("$__rate_interval", "5m").replaceAll("$nodepool", ".*"));
    const answers = await answersOf(expressions.map((expr) => ({ expr, series: [BUILD], minute: 10 })));
    expect(expressions.length).toBeGreaterThan(20);
    expect(answers.flatMap(({ error }) => error ?? [])).toEqual([]);
  });
});
