/** Kubelets of EC2NodeClasses that are right and wrong. */
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
    ...["kubeReserved", "systemReserved"].flatMap((field) => [
      {},
      ...QUANTITIES.map((cpu) => ({ [field]: { cpu } })),
      ...["memory", "ephemeral-storage", "pid", "pods", "CPU", ""].map((name) => ({ [field]: { [name]: "1" } })),
    ]),
  ]),
];
