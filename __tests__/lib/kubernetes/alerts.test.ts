import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allAlerts, alertsWithoutMetrics } from "../../../lib/kubernetes/alerts";
import { chartFolder } from "../../../lib/kubernetes/packaged-chart";
import { METRICS, metricsIn, MINOR_VERSIONS } from "../../../lib/versions";

/** Names that look like a metric of the controller. */
const NAME = /\b(?:karpenter|operator|controller_runtime)_[a-z0-9_]+/g;

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly datasource?: unknown;
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly datasource: unknown }[];
}

interface Dashboard {
  readonly schemaVersion: number;
  readonly uid: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly Panel[];
}

const text = readFileSync(join(chartFolder("monitoring"), "files/dashboard.json"), "utf8");
const dashboard = JSON.parse(text) as Dashboard;

describe.each(allAlerts().map((alert) => [alert.alert, alert] as const))(
  "%s",
  (name, { expr, labels, annotations, ...rest }) => {
    test("reads metrics of the controller that are known, and nothing else of it", () => {
      const named = (expr.match(NAME) ?? []).map((word) => word.replace(/_bucket$/, ""));
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((word) => !Object.hasOwn(METRICS, word))).toEqual([]);
      expect([...new Set(named)].sort()).toEqual(metricsIn(expr));
    });

    test("says how bad it is, what is so, what comes of it, and where to look", () => {
      expect(name).toMatch(/^Karpenter[A-Z]/);
      expect(["critical", "warning"]).toContain(labels.severity);
      expect(annotations.summary).toMatch(/^[^\n]{10,120}[^.]$/);
      expect(annotations.description).toMatch(/^[^\n]{40,}\.$/);
      // The page's test finds dead links in the table of alerts.
      expect(annotations.runbook).toMatch(/^pending-pods\.md#[a-z-]+$/);
      expect(rest.for ?? "0m").toMatch(/^\d+m$/);
    });
  },
);

describe("the alerts", () => {
  test("have names of their own", () => {
    const names = allAlerts().map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([
    [
      "1.0",
      ["KarpenterPodsPending", "KarpenterNodesNeverRegister", "KarpenterNodePoolNotReady", "KarpenterSubnetAddresses"],
    ],
    ["1.1", ["KarpenterSubnetAddresses"]],
    ["1.13", ["KarpenterSubnetAddresses"]],
    ["1.14", []],
    [MINOR_VERSIONS[MINOR_VERSIONS.length - 1].minorVersion, []],
  ])("of Karpenter %s are all but %j", (version, missing) => {
    const minorVersion = MINOR_VERSIONS.find((candidate) => candidate.minorVersion === version);
    expect(minorVersion && alertsWithoutMetrics(minorVersion)).toEqual(missing);
  });
});

describe("the dashboard", () => {
  const panels = dashboard.panels.filter(({ type }) => type !== "row");
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

  test("reads metrics of the controller that are known", () => {
    const named = expressions.flatMap((expr) => expr.match(NAME) ?? []).map((word) => word.replace(/_bucket$/, ""));
    expect(named.filter((word) => !Object.hasOwn(METRICS, word))).toEqual([]);
  });

  test("and the alerts read every metric that is known", () => {
    const read = [...expressions, ...allAlerts().map(({ expr }) => expr)].flatMap(metricsIn);
    expect([...new Set(read)].sort()).toEqual(Object.keys(METRICS).sort());
  });

  test("says of each panel since when its metrics are there, where that is not 1.0", () => {
    const wrong = panels.filter(({ description = "", targets = [] }) => {
      const versions = targets.flatMap(({ expr }) => metricsIn(expr)).map((metric) => METRICS[metric]);
      const newest = versions.filter((version) => version !== "1.0");
      return newest.length === 0
        ? description.includes("and later")
        : !newest.every((version) => description.endsWith(`Karpenter ${version} and later.`));
    });
    expect(wrong.map(({ title }) => title)).toEqual([]);
  });

  test("asks the data source that its user chooses", () => {
    expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([
      ["datasource", "datasource"],
      ["nodepool", "query"],
    ]);
    const sources = panels.flatMap(({ datasource, targets = [] }) => [
      datasource,
      ...targets.map((target) => target.datasource),
    ]);
    expect(new Set(sources.map((source) => JSON.stringify(source)))).toEqual(
      new Set(['{"type":"prometheus","uid":"${datasource}"}']),
    );
  });

  test("is of a schema that Grafana 10 and later read, with an id and a place for each panel", () => {
    expect(dashboard.schemaVersion).toBe(39);
    expect(dashboard.uid).toMatch(/^[a-z-]{1,40}$/);
    expect(dashboard.panels.map(({ id }) => id)).toEqual(dashboard.panels.map((_, index) => index + 1));
    for (const { targets = [], gridPos } of panels) {
      expect(targets.map(({ refId }) => refId)).toEqual(["A", "B"].slice(0, targets.length));
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    }
  });

  test("has no two panels in one place", () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  test("can be read line by line", () => {
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(400);
  });
});
