import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as KarpenterVersion from "../../../lib/inputs/catalog/karpenter-version";
import type * as NewerVersion from "../../../lib/inputs/catalog/newer-version";
import type * as KubernetesRange from "../../../lib/inputs/catalog/kubernetes-range";
import type * as Versions from "../../../lib/versions";
import { MINOR_VERSIONS } from "../../../lib/versions";
import { evaluateExpression } from "../../support/hcl";
import { minorVersionAfter, type MinorVersionData } from "../../../lib/versions/minor-version-after";

const root = join(__dirname, "../../..");

const NEXT = {
  newest: "1.99.1",
  kubernetes: { 0: { from: "1.30", to: "1.99" } },
  chart: { settings: { brandNew: {} } },
  policies: { "resource-discovery": { AllowPricingReadActions: { add: { actions: ["pricing:ListPriceLists"] } } } },
};

type Loaded = typeof Versions & typeof KarpenterVersion & typeof NewerVersion & typeof KubernetesRange;

/** The project with a minor version that is listed after the newest. */
function withNewLine(): Loaded {
  let loaded: Loaded | undefined;
  jest.isolateModules(() => {
    jest.doMock("../../../lib/versions/minor-versions", () => {
      const { MINOR_VERSION_DATA } = jest.requireActual<{ MINOR_VERSION_DATA: readonly MinorVersionData[] }>(
        "../../../lib/versions/minor-versions",
      );
      return {
        MINOR_VERSION_DATA: [
          ...MINOR_VERSION_DATA,
          minorVersionAfter(MINOR_VERSION_DATA[MINOR_VERSION_DATA.length - 1], NEXT),
        ],
      };
    });
    loaded = {
      ...jest.requireActual<typeof Versions>("../../../lib/versions"),
      ...jest.requireActual<typeof KarpenterVersion>("../../../lib/inputs/catalog/karpenter-version"),
      ...jest.requireActual<typeof NewerVersion>("../../../lib/inputs/catalog/newer-version"),
      ...jest.requireActual<typeof KubernetesRange>("../../../lib/inputs/catalog/kubernetes-range"),
    };
    jest.dontMock("../../../lib/versions/minor-versions");
  });
  return loaded as Loaded;
}

describe("a minor version that is added as data", () => {
  test("is taken, at synth as at plan", () => {
    const { karpenterVersion, MINOR_VERSIONS_AT_PLAN, newerVersionRules } = withNewLine();
    const releases = ["1.99.0", "1.99.1", "1.99.2", "2.0.0"];
    expect(releases.map((version) => karpenterVersion.accepts(version))).toEqual([true, true, true, false]);
    expect(karpenterVersion.terraform("var.v")).toContain('"1.99" = 1}');
    const [needsAWord] = newerVersionRules;
    const taken = (version: string) => [
      needsAWord.condition.holds({ karpenterVersion: version, allowNewerKarpenterVersion: false }),
      evaluateExpression(
        needsAWord.condition.terraform((name) => `var.${name}`),
        { var: { karpenterVersion: version, allowNewerKarpenterVersion: false } },
      ),
    ];
    expect(["1.98.0", "1.99.2", "1.100.0"].map(taken)).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ]);
    expect(karpenterVersion.allowed).toContain("1.0 to 1.99");
    expect(MINOR_VERSIONS_AT_PLAN.at(-1)?.minorVersion).toBe("1.99");
  });

  test("has what the minor version before it has, but for what it says itself", () => {
    const { MINOR_VERSIONS } = withNewLine();
    const [before, next] = MINOR_VERSIONS.slice(-2);
    const { AllowPricingReadActions, ...rest } = next.controllerPolicies["resource-discovery"];
    expect(AllowPricingReadActions.actions).toEqual(["pricing:GetProducts", "pricing:ListPriceLists"]);
    expect(rest).toEqual(
      Object.fromEntries(
        Object.entries(before.controllerPolicies["resource-discovery"]).filter(
          ([sid]) => sid !== "AllowPricingReadActions",
        ),
      ),
    );
    expect(Object.keys(next.chart.settings)).toEqual([...Object.keys(before.chart.settings), "brandNew"]);
    expect([next.apiVersion, next.crds, next.nodePolicies]).toEqual([
      before.apiVersion,
      before.crds,
      before.nodePolicies,
    ]);
  });

  test("ends the support of the minor version before it, and is found by the Kubernetes that it is made for", () => {
    const { MINOR_VERSIONS, kubernetesRangeRules } = withNewLine();
    expect(MINOR_VERSIONS.slice(-2).map(({ support }) => support)).toEqual(["ended", "current"]);
    const values = { karpenterVersion: "1.14.3", kubernetesVersion: "1.60" };
    expect(kubernetesRangeRules[0].computed?.remedy.of(values)).toBe('take "1.99.1"');
  });
});

/** What may name versions: the data, fields of the API by the minor version that existing them, and setups that are of one. */
const OF_A_VERSION = [join("lib", "versions"), join("lib", "inputs", "catalog"), join("stacks", "presets")];

describe("the source beside lib/versions", () => {
  const files = ["lib", "modules", "stacks", "scripts"].flatMap((folder) =>
    (readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }) as string[])
      .map((name) => join(folder, name))
      .filter((path) => path.endsWith(".ts") && !OF_A_VERSION.some((folder) => path.startsWith(folder))),
  );
  const code = (path: string) => readFileSync(join(root, path), "utf8").replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");

  test("is all there", () => {
    expect(files.length).toBeGreaterThan(60);
  });

  test.each(files)("%s compares with no version of Karpenter", (path) => {
    const known = new Set(MINOR_VERSIONS.flatMap(({ minorVersion, releases }) => [minorVersion, ...releases]));
    const literals = [...code(path).matchAll(/["'`]v?(\d+\.\d+(?:\.\d+)?)["'`]/g)].map(([, version]) => version);
    expect(literals.filter((version) => known.has(version))).toEqual([]);
    expect(code(path).match(/Karpenter \d+\.\d+/g)).toBeNull();
  });
});
