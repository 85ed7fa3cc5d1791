import { scrapingChecks, scrapingWarnings } from "../../../lib/kubernetes/scraping";
import { snakeCase } from "../../../lib/terraform/readable-stack";
import { evaluate } from "../../support/hcl";
import { variable, variableFlag } from "../../support/tokens";

const ids = (props: Parameters<typeof scrapingWarnings>[0]) => scrapingWarnings(props).map(({ text }) => text);
const NOT_SCRAPED = /^alerts or a dashboard are asked for, and "serviceMonitor" is false: /;
const NOT_OBSERVED = /and "settings\.disableClusterStateObservability" is true/;

describe("a warning at synth", () => {
  test("tells that nothing scrapes the controller", () => {
    expect(ids({ prometheusRule: true })).toEqual([expect.stringMatching(NOT_SCRAPED)]);
    expect(ids({ grafanaDashboard: true, serviceMonitor: false })).toEqual([expect.stringMatching(NOT_SCRAPED)]);
    expect(scrapingWarnings({ prometheusRule: true })[0].id).toBe("karpenter-alerts-without-metrics");
  });

  test("tells that most metrics are turned off", () => {
    const settings = { disableClusterStateObservability: true };
    expect(ids({ prometheusRule: true, serviceMonitor: true, settings })).toEqual([
      expect.stringMatching(NOT_OBSERVED),
    ]);
  });

  test.each<[string, Parameters<typeof scrapingWarnings>[0]]>([
    ["there are no alerts and no dashboard", { settings: { disableClusterStateObservability: true } }],
    ["a ServiceMonitor is made", { prometheusRule: true, serviceMonitor: true }],
    [
      "only Terraform knows whether one is made",
      { prometheusRule: true, serviceMonitor: variableFlag("monitor") as never },
    ],
    [
      "the chart's own values speak of one",
      { prometheusRule: true, controllerHelmValues: "serviceMonitor: { enabled: true }" },
    ],
    ["only Terraform knows those values", { prometheusRule: true, controllerHelmValues: [variable("values")] }],
  ])("is silent where %s", (_, props) => {
    expect(scrapingWarnings(props)).toEqual([]);
  });
});

describe("a warning at plan", () => {
  const told = (values: Readonly<Record<string, unknown>>) => {
    const scope = {
      var: { prometheus_rule: false, grafana_dashboard: false, service_monitor: false, settings: {}, ...values },
    };
    return scrapingChecks((name) => `var.${snakeCase(name)}`, snakeCase)
      .filter(({ isRight }) => evaluate(`\${${isRight}}`, scope) !== true)
      .map(({ text }) => text);
  };

  test("tells the same in the words of the modules", () => {
    expect(told({ prometheus_rule: true })).toEqual([
      expect.stringMatching(/and "service_monitor" is false: .*; set "service_monitor" to true, or acknowledge this/),
    ]);
    expect(
      told({ grafana_dashboard: true, service_monitor: true, settings: { disableClusterStateObservability: true } }),
    ).toEqual([expect.stringMatching(NOT_OBSERVED)]);
  });

  test("is silent where nothing is asked for, or all is there", () => {
    expect(told({ settings: { disableClusterStateObservability: true } })).toEqual([]);
    expect(told({ prometheus_rule: true, service_monitor: true, settings: null })).toEqual([]);
  });
});
