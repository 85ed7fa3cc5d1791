/** Kubelets of EC2NodeClasses that are right and wrong. */
import { KUBELET_FIELDS, type KubeletType } from "../../../lib/versions/kubelet-fields";
import { type FieldValues, of, QUANTITIES } from "../values";
import { withAlias } from "./common";

const SIGNALS = [
  "memory.available",
  "nodefs.available",
  "nodefs.inodesFree",
  "imagefs.available",
  "imagefs.inodesFree",
  "pid.available",
];
const EVICTION = [
  "5%",
  "10.5%",
  "99.99%",
  "100%",
  "100.00%",
  "",
  "500Mi",
  "100.5%",
  "101%",
  "5.123%",
  "%",
  "5 %",
  "1.%",
  "-1",
  "+1Gi",
  "five",
  "Mi",
  "1GB",
];
const PERIODS = [
  "90s",
  "1m30s",
  "1.5h",
  "0",
  "100ms",
  "5µs",
  "90",
  "1d",
  "2 minutes",
  "",
  "Never",
  "9999999h",
  "m",
  "1h 30m",
  "99999999m",
  "9999999999s",
];
const CEL = ["vcpus * 10", "max(110, default_enis * ips_per_eni)", "10 * 2", "110", "many", "1 GB", "", "4GB", "two"];

/** Values for a type of the kubelet's configuration, right ones and wrong ones. */
function valuesOf(type: KubeletType): readonly unknown[] {
  if (Array.isArray(type)) {
    return [[], valuesOf(type[0]).slice(0, 1), "none", [{}], [[]]];
  }
  if (typeof type === "object") {
    const fields = Object.entries(type as Readonly<Record<string, KubeletType>>);
    return [
      {},
      "none",
      [],
      ...fields.flatMap(([name, of]) =>
        valuesOf(of).map((value) => ({ [name === "*" ? "memory.available" : name]: value })),
      ),
      ...(fields.some(([name]) => name === "*") ? [] : ["extra", "other", "x"].map((name) => ({ [name]: "1" }))),
    ];
  }
  return VALUES[type as string] ?? [];
}
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  string: ["50Mi", "", 5, true],
  bool: [true, false, "true", 1],
  int32: [0, 7, -(2 ** 31), 2 ** 31, 1.5, "1"],
  uint32: [0, 7, -1, 2 ** 32, 1.5, "1"],
  int64: [0, 7, -1, 1.5, 0.5, "1"],
  float64: [0.5, 1, "0.5", true],
  duration: ["10s", "1m30s", ...PERIODS.slice(6, 9), 5],
  TimeOrMetaDuration: ["10s", "1d", "x", true],
  Quantity: ["1Gi", 5, "1 GB", "x", "1e.5", true],
  QuantityValue: ["1Gi", "1 GB", "x", "1e.5", true],
};
/** A value that every field takes in Go, though the kubelet itself asks for more. */
const OWN = new Set([
  "evictionHard",
  "evictionSoft",
  "evictionSoftGracePeriod",
  "kubeReserved",
  "systemReserved",
  "maxPods",
]);
const OF_FIELDS = Object.entries(KUBELET_FIELDS)
  .filter(([name]) => !OWN.has(name))
  .flatMap(([name, type]) => valuesOf(type).map((value) => ({ [name]: value })));

const kubelet = (values: readonly object[]): FieldValues => of("kubelet", values, withAlias);
export const KUBELET: readonly FieldValues[] = [
  kubelet([
    {},
    { clusterDNS: ["10.0.0.10"] },
    { clusterDNS: [] },
    { cpuCFSQuota: false },
    ...EVICTION.map((value) => ({ evictionHard: { "memory.available": value } })),
    ...SIGNALS.map((signal) => ({ evictionHard: { [signal]: "5%" } })),
    ...["memory", "cpu.available", "", "Memory.available"].map((signal) => ({ evictionHard: { [signal]: "5%" } })),
    ...EVICTION.map((value) => ({
      evictionSoft: { "memory.available": value },
      evictionSoftGracePeriod: { "memory.available": "1m" },
    })),
    ...["memory", "x", "cpu.available"].map((signal) => ({
      evictionSoft: { [signal]: "5%" },
      evictionSoftGracePeriod: { [signal]: "1m" },
    })),
    { evictionSoft: { "memory.available": "5%" } },
    { evictionSoft: {} },
    { evictionSoftGracePeriod: {} },
    { evictionSoft: { "memory.available": "5%" }, evictionSoftGracePeriod: {} },
    { evictionSoftGracePeriod: { "memory.available": "1m" } },
    { evictionSoft: { "memory.available": "5%" }, evictionSoftGracePeriod: { "nodefs.available": "1m" } },
    { evictionSoft: {}, evictionSoftGracePeriod: { "nodefs.available": "1m" } },
    {
      evictionSoft: { "pid.available": "5%" },
      evictionSoftGracePeriod: { "pid.available": "1m", "nodefs.available": "1m" },
    },
    ...[0, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 1.5, 0.5].map((evictionMaxPodGracePeriod) => ({
      evictionMaxPodGracePeriod,
    })),
    ...["imageGCHighThresholdPercent", "imageGCLowThresholdPercent"].flatMap((field) =>
      [0, 50, 100, -1, 101, 1.5].map((value) => ({ [field]: value })),
    ),
    ...[
      [85, 80],
      [80, 80],
      [80, 85],
      [100, 0],
      [0, 0],
    ].map(([high, low]) => ({ imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low })),
    ...["maxPods", "podsPerCore"].flatMap((field) =>
      [0, 110, 2 ** 31 - 1, -1, 1.5, 2 ** 31].map((value) => ({ [field]: value })),
    ),
    ...CEL.map((maxPods) => ({ maxPods })),
    ...CEL.map((cpu) => ({ kubeReserved: { cpu } })),
    ...CEL.map((memory) => ({ systemReserved: { memory } })),
    ...PERIODS.map((period) => ({
      evictionSoft: { "memory.available": "5%" },
      evictionSoftGracePeriod: { "memory.available": period },
    })),
    ...OF_FIELDS,
    ...["evictionHard", "evictionMinimumReclaim"].flatMap((field) =>
      SIGNALS.slice(1).map((signal) => ({ [field]: { [signal]: "" } })),
    ),
    ...[...EVICTION, "1e.5", "1e1.5", "2e5."].map((value) => ({
      evictionMinimumReclaim: { "memory.available": value },
    })),
    ...[...EVICTION, "1e.5", "1e1.5", "2e5."].map((value) => ({ evictionHard: { "nodefs.available": value } })),
    ...["memory", "x", "cpu.available"].map((signal) => ({ evictionMinimumReclaim: { [signal]: "5%" } })),
    ...["topologyManagerPolcy", "extra", "maxPod"].map((name) => ({ [name]: "x" })),
    ...["kubeReserved", "systemReserved"].flatMap((field) => [
      {},
      ...QUANTITIES.map((cpu) => ({ [field]: { cpu } })),
      ...["memory", "ephemeral-storage", "pid", "pods", "CPU", ""].map((name) => ({ [field]: { [name]: "1" } })),
    ]),
  ]),
  ...["bottlerocket@1.49.0", "al2@v20251108", "windows2022@latest"].map((amiAlias) =>
    of(
      "kubelet",
      [
        { seccompDefault: true },
        { podsPerCore: 4 },
        { clusterDNS: ["10.0.0.10", "10.0.0.11"] },
        { maxPods: 10, clusterDNS: ["10.0.0.10"] },
      ],
      { amiAlias, allowLatestAmi: true },
    ),
  ),
  ...["Bottlerocket", "Windows2022", "Custom"].map((amiFamily) =>
    of(
      "kubelet",
      [{ seccompDefault: true }, { podsPerCore: 4 }, { podsPerCore: 2 }, { clusterDNS: ["10.0.0.10", "10.0.0.11"] }],
      {
        amiFamily,
        amiSelectorTerms: [{ name: "a" }],
      },
    ),
  ),
];
