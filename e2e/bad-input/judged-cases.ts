/** What the API server takes and Karpenter's controller or EC2 does not, one of each kind, with the answer on both sides. */
import type { PartCase, PartPatch } from "./part-case";

const ALIAS = "al2023@v20251108";
const LONG = "x".repeat(64);

const pool = (given: object): PartPatch => ({ nodePools: { default: given } });
const nodeClass = (given: object): PartPatch => ({ nodeClasses: { default: { amiAlias: ALIAS, ...given } } });
const newest = (given: object): PartPatch => ({ karpenterVersion: "1.15.1", ...nodeClass(given) });

const is = (title: string, patch: PartPatch, path: string, value: unknown, words: string): PartCase => ({
  title,
  part: "node-pools",
  patch,
  answer: `"${path}" is ${JSON.stringify(value)}, but must be ${words}`,
  plan: "alike",
});
const says = (title: string, patch: PartPatch, answer: string): PartCase => ({
  title,
  part: "node-pools",
  patch,
  answer,
  plan: "alike",
});

const SCHEDULE = "{nodePools}.default.disruption.budgets[0].schedule";
const schedule = (title: string, line: string, words: string): PartCase =>
  is(
    title,
    pool({ disruption: { budgets: [{ nodes: "0", schedule: line, duration: "8h" }] } }),
    SCHEDULE,
    line,
    words.startsWith("a cron") ? words : `a cron line in UTC ${words}`,
  );
const FIVE = "a cron line of five fields in UTC";
const WEEKDAY = "whose weekday is 0 (Sunday) to 6 (Saturday) or sun to sat; write Sunday as 0";
const RISING = "whose ranges rise, from the earlier to the later; ";
const COMES = "that comes at all; one that never does holds the pool for ever; ";

const SCHEDULES: readonly PartCase[] = [
  schedule("a schedule on weekday 7", "30 10 * * 1-7", WEEKDAY),
  schedule("a schedule with a weekday's whole name", "0 8 * * sunday", WEEKDAY),
  schedule("a schedule at hour 25", "0 25 * * *", "whose hour is 0 to 23; "),
  schedule("a schedule at minute 60", "60 * * * *", "whose minute is 0 to 59; "),
  schedule("a schedule with steps of none", "*/0 * * * *", "whose minute is 0 to 59; "),
  schedule("a schedule on the last day", "0 0 L * *", "whose day of the month is 1 to 31; "),
  schedule("a schedule in month 13", "0 0 1 13 *", "whose month is 1 to 12 or jan to dec; "),
  schedule("a schedule with hours that fall", "0 22-6 * * *", RISING),
  schedule("a schedule with days that fall", "0 9 * * fri-mon", RISING),
  schedule("a schedule with seconds", "0 0 9 * * *", FIVE),
  schedule("a schedule with a time zone", "TZ=Europe/Berlin 0 9 * * *", FIVE),
  schedule("a schedule on no day that there is", "0 0 31 2,4 *", COMES),
];

const TEXTS: readonly PartCase[] = [
  is(
    "a limit with an exponent that Karpenter cannot read",
    pool({ limits: { cpu: "1e.5" } }),
    "{nodePools}.default.limits.cpu",
    "1e.5",
    'a Kubernetes quantity such as "2", "500m" or "4Gi"; write "1e3", "1000" or "1k"',
  ),
  is(
    "an age beyond all that Go counts",
    pool({ expireAfter: "9999999h" }),
    "{nodePools}.default.expireAfter",
    "9999999h",
    'a duration of at most "999999h"; ',
  ),
  says(
    "a pool whose name no label takes",
    { nodePools: { [LONG]: {} } },
    `"{nodePools}" has the name "${LONG}", but a name must be up to 63 characters; shorten it: `,
  ),
  says(
    "a class whose name no label takes",
    { nodePools: {}, nodeClasses: { [LONG]: { amiAlias: ALIAS } } },
    `"{nodeClasses}" has the name "${LONG}", but a name must be up to 63 characters; shorten it: `,
  ),
  is(
    "a value that no label has",
    pool({ requirements: [{ key: "team", operator: "NotIn", values: ["a b"] }] }),
    "{nodePools}.default.requirements[0].values[0]",
    "a b",
    "the value of a Kubernetes label: ",
  ),
  is(
    "a taint whose key is too long",
    pool({ taints: [{ key: LONG, effect: "NoSchedule" }] }),
    "{nodePools}.default.taints[0].key",
    LONG,
    "up to 63 characters, after a domain of up to 253 and a slash or alone; ",
  ),
  says(
    "a taint that is there twice",
    pool({
      taints: [{ key: "a", effect: "NoSchedule" }],
      startupTaints: [{ key: "a", effect: "NoSchedule", value: "b" }],
    }),
    '"{nodePools}.default.taints" and "{nodePools}.default.startupTaints" have a key twice with the same effect, but ',
  ),
  says(
    "a label whose key is none",
    pool({ labels: { "a b": "c" } }),
    '"{nodePools}.default.labels" has the name "a b", but a name must be letters, digits and characters of _.-, ',
  ),
  says(
    "the label that names the class",
    pool({ labels: { "karpenter.k8s.aws/ec2nodeclass": "default" } }),
    '"{nodePools}.default.labels" has the name "karpenter.k8s.aws/ec2nodeclass", but a name must be a label that Karpenter ',
  ),
  is(
    "a volume with a unit alone",
    nodeClass({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: "Ti" } }] }),
    "{nodeClasses}.default.blockDeviceMappings[0].ebs.volumeSize",
    "Ti",
    'a size such as "100Gi" or "2Ti", up to 64 TB; write the number before the unit; ',
  ),
];

const KUBELET = "{nodeClasses}.default.kubelet";
const KUBELETS: readonly PartCase[] = [
  is(
    "a grace period without a unit",
    nodeClass({
      kubelet: { evictionSoft: { "memory.available": "5%" }, evictionSoftGracePeriod: { "memory.available": "90" } },
    }),
    `${KUBELET}.evictionSoftGracePeriod.memory.available`,
    "90",
    'a duration such as "90s", "1m30s" or "2h"; ',
  ),
  is(
    "pods in quotes",
    nodeClass({ kubelet: { maxPods: "110" } }),
    `${KUBELET}.maxPods`,
    "110",
    "a number with Karpenter ",
  ),
  is(
    "pods in words",
    newest({ kubelet: { maxPods: "many" } }),
    `${KUBELET}.maxPods`,
    "many",
    "a whole number, or CEL over ",
  ),
  is(
    "an amount in words",
    newest({ kubelet: { kubeReserved: { memory: "1 GB" } } }),
    `${KUBELET}.kubeReserved.memory`,
    "1 GB",
    'a Kubernetes quantity such as "2", "500m" or "4Gi", or CEL over ',
  ),
  is(
    "a percentage above all",
    newest({ kubelet: { imageGCHighThresholdPercent: 101 } }),
    `${KUBELET}.imageGCHighThresholdPercent`,
    101,
    "a whole number from 0 to 100; ",
  ),
  is(
    "a size without a unit that there is",
    newest({ kubelet: { containerLogMaxSize: "50MB" } }),
    `${KUBELET}.containerLogMaxSize`,
    "50MB",
    "a Kubernetes quantity such as ",
  ),
  is(
    "a yes in words",
    newest({ kubelet: { seccompDefault: "true" } }),
    `${KUBELET}.seccompDefault`,
    "true",
    "true or false",
  ),
  is(
    "a span without a unit",
    newest({ kubelet: { imageMaximumGCAge: "1d" } }),
    `${KUBELET}.imageMaximumGCAge`,
    "1d",
    'a duration such as "90s", "1m30s" or "2h"; ',
  ),
  says(
    "a field of a kubelet that there is not",
    newest({ kubelet: { topologyManagerPolcy: "none" } }),
    `"${KUBELET}.topologyManagerPolcy" is not known; did you mean "topologyManagerPolicy"?`,
  ),
  says(
    "a field of a kubelet that a later release brought",
    nodeClass({ kubelet: { topologyManagerPolicy: "single-numa-node" } }),
    `"${KUBELET}.topologyManagerPolicy" is given, but must be left out with Karpenter 1.14.3, which does not know it; `,
  ),
  says(
    "taints of the kubelet",
    newest({ kubelet: { registerWithTaints: [] } }),
    `"${KUBELET}.registerWithTaints" is not known here; Karpenter sets it: write "taints" of the pool`,
  ),
  says(
    "a field that the family does not take",
    newest({ amiAlias: "bottlerocket@1.49.0", kubelet: { seccompDefault: true } }),
    `"${KUBELET}" has fields that 1.14 did not know, but only AL2023 takes those with Karpenter 1.15.1; `,
  ),
  says(
    "pods per core on Bottlerocket",
    newest({ amiAlias: "bottlerocket@1.49.0", kubelet: { podsPerCore: 4 } }),
    `"${KUBELET}.podsPerCore" is given, but Bottlerocket has no such setting with Karpenter 1.15.1; `,
  ),
  says(
    "two addresses for names where one is taken",
    newest({ amiAlias: "bottlerocket@1.49.0", kubelet: { clusterDNS: ["10.0.0.10", "10.0.0.11"] } }),
    `"${KUBELET}.clusterDNS" has several addresses, but only AL2023 takes more than one with Karpenter 1.15.1; `,
  ),
];

/** All of them. */
export const JUDGED_CASES: readonly PartCase[] = [...SCHEDULES, ...TEXTS, ...KUBELETS];
