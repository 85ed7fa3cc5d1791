import { hasMetricsOf, METRICS, metricsIn, MINOR_VERSIONS, MINOR_VERSIONS_AT_PLAN } from "../../../lib/versions";

const since = (minorVersion: string) => {
  const found = MINOR_VERSIONS.find((candidate) => candidate.minorVersion === minorVersion);
  if (found === undefined) {
    throw new Error(`no ${minorVersion}`);
  }
  return found;
};

describe("the metrics in an expression", () => {
  test("are those that are known, each once and in order", () => {
    expect(
      metricsIn("a / karpenter_nodepools_usage{nodepool=~'.+'} > karpenter_build_info + karpenter_build_info"),
    ).toEqual(["karpenter_build_info", "karpenter_nodepools_usage"]);
  });

  test("are histograms without what Prometheus appends, and gauges whose own name ends so", () => {
    expect(metricsIn("rate(karpenter_cloudprovider_duration_seconds_bucket[5m])")).toEqual([
      "karpenter_cloudprovider_duration_seconds",
    ]);
    expect(metricsIn("operator_nodepool_status_condition_count > 0")).toEqual([
      "operator_nodepool_status_condition_count",
    ]);
  });
});

describe("a minor version", () => {
  test("has the metrics that it or an earlier one brought", () => {
    const expression = "karpenter_build_info and karpenter_cloudprovider_instance_launch_failures_total";
    expect(hasMetricsOf(expression, since("1.14"))).toBe(true);
    expect(hasMetricsOf(expression, since("1.13"))).toBe(false);
    expect(hasMetricsOf("karpenter_build_info", since("1.0"))).toBe(true);
    expect(hasMetricsOf("karpenter_build_info", since("0.37"))).toBe(false);
  });
});

test("every metric came with a minor version that the modules take", () => {
  const known = MINOR_VERSIONS_AT_PLAN.map(({ minorVersion }) => minorVersion);
  expect(Object.values(METRICS).filter((minorVersion) => !known.includes(minorVersion))).toEqual([]);
});
