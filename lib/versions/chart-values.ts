/** Values of the `karpenter` chart that a line brought; an older chart drops them without a word. */
export interface ChartValues {
  /** The first line that knows them, `1.15`. */
  readonly line: string;
  /** The option they are in. */
  readonly option: "settings" | "featureGates" | "awsFeatureGates";
  readonly names: readonly string[];
}

/** What came after the oldest supported line. */
export const NEW_CHART_VALUES: readonly ChartValues[] = [
  {
    line: "1.15",
    option: "settings",
    names: ["enableDRA", "legacyNodeRepair", "securityGroupRefreshInterval"],
  },
  {
    line: "1.15",
    option: "featureGates",
    names: ["terminateFirstDrift", "terminateFirstRepair", "podDeletionCostManagement"],
  },
  {
    line: "1.15",
    option: "awsFeatureGates",
    names: ["nodeClassCEL", "draNVIDIAGPU", "draEFA", "rebootForRepair"],
  },
];
