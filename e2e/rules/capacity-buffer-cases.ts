/** CapacityBuffers that are right and wrong. */
import type { RuleCase } from "./corpus";
import { atRandom, COUNTS, type FieldValues, METADATA, of, oneByOne, QUANTITIES } from "./values";

const REF = { name: "shape" };
const WORKLOAD = { kind: "Deployment", name: "web" };
const POD = { spec: { containers: [{ name: "pause", image: "pause" }] } };
const INT32 = 2 ** 31;

const FIELDS: readonly FieldValues[] = [
  of("podTemplateRef", [REF, { name: "" }, {}, { name: 1 }, { ...REF, kind: "PodTemplate" }], { replicas: 1 }),
  of("podTemplateRef", [REF, { name: "other" }, { name: "third" }]),
  of("podTemplateRef", [REF], { limits: { cpu: "1" } }),
  of("podTemplateRef", [REF, { name: "other" }, { name: "third" }], { replicas: 1, percentage: 10 }),
  of("podTemplate", [POD, { metadata: { labels: { a: "b" } }, ...POD }], { replicas: 1 }),
  of("podTemplate", [POD]),
  of("podTemplate", [POD, {}, { metadata: {} }, { metadata: { labels: {} } }], { replicas: 2 }),
  of("podTemplateRef", [REF, { name: "other" }, { name: "third" }], { podTemplate: POD, replicas: 1 }),
  of(
    "scalableRef",
    [
      WORKLOAD,
      { kind: "StatefulSet", name: "db" },
      { kind: "ReplicaSet", name: "web-1" },
      { ...WORKLOAD, apiGroup: "apps" },
      { ...WORKLOAD, apiGroup: "" },
      ...["batch", "extensions", "argoproj.io"].map((apiGroup) => ({ ...WORKLOAD, apiGroup })),
      ...["Job", "DaemonSet", "deployment", ""].map((kind) => ({ ...WORKLOAD, kind })),
      { kind: "", name: "a" },
      { kind: "", name: "b" },
      { kind: "Deployment", name: "" },
      { kind: "StatefulSet", name: "" },
      { kind: "ReplicaSet", name: "" },
      { kind: "Deployment" },
      { kind: "StatefulSet" },
      { kind: "ReplicaSet" },
      { name: "web" },
      { name: "db" },
      { name: "" },
      { ...WORKLOAD, namespace: "web" },
    ],
    { namespace: "default", replicas: 1 },
  ),
  of("scalableRef", [WORKLOAD, { kind: "StatefulSet", name: "db" }, { kind: "ReplicaSet", name: "c" }], {
    namespace: "default",
  }),
  of("scalableRef", [WORKLOAD, { kind: "StatefulSet", name: "db" }, { kind: "ReplicaSet", name: "c" }], {
    replicas: 1,
  }),
  of("scalableRef", [WORKLOAD], { namespace: "default", percentage: 20 }),
  of("scalableRef", [WORKLOAD], { namespace: "default", limits: { cpu: "1" } }),
  of("scalableRef", [WORKLOAD, { kind: "StatefulSet", name: "db" }, { kind: "ReplicaSet", name: "c" }], {
    namespace: "default",
    podTemplateRef: REF,
    replicas: 1,
  }),
  of("replicas", COUNTS(0, INT32 - 1), { podTemplateRef: REF }),
  of("percentage", COUNTS(0, INT32 - 1), { scalableRef: WORKLOAD, namespace: "default" }),
  of(
    "limits",
    [
      {},
      { cpu: 1 },
      { cpu: 1.5 },
      { cpu: true },
      { "example.com/gpu": 1 },
      ...QUANTITIES.map((amount) => ({ memory: amount })),
    ],
    { podTemplateRef: REF },
  ),
  of("provisioningStrategy", ["buffer.x-k8s.io/active-capacity", "active", "buffer.x-k8s.io/other", "", 1], {
    podTemplateRef: REF,
    replicas: 1,
  }),
  of("replica", [1], { podTemplateRef: REF, replicas: 1 }),
  of("podTemplateRef", [{ name: "" }], { limits: { cpu: "1" } }),
  of("namespace", ["Web", "a_b", "-a", "a".repeat(64)], { podTemplateRef: REF, replicas: 1 }),
];

/** Said in the API's own form alone: of both forms at once, the server does not tell which one it speaks of. */
const FREE = of("spec", [
  { podTemplateRef: REF, replicas: 1 },
  { podTemplateRef: REF },
  { podTemplateRef: { name: "" }, replicas: 1 },
  { replicas: 1 },
  { replica: 1 },
  {},
]);

export function bufferCases(): RuleCase[] {
  return [
    ...oneByOne([...FIELDS, FREE, of("metadata", METADATA, { podTemplateRef: REF, replicas: 1 })]),
    ...atRandom(FIELDS, 60),
  ].map((item): RuleCase => ({ kind: "CapacityBuffer", ...item }));
}
