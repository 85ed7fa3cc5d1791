import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Field, ObjectField } from "../../lib/inputs/field";
import * as properties from "../../lib/inputs/catalog/properties";
import type { Figures } from "../../scripts/figures";
import { figures, table } from "../../scripts/figures";
import type { PublicApi } from "../../scripts/public-api";
import { publicApi } from "../../scripts/public-api";

/** The tables of the check at plan, one for each input. */
const CHECK = join(__dirname, "../../terraform-aws-karpenter/modules/input-check");

let api: PublicApi;
let measured: Figures;

beforeAll(() => {
  api = publicApi();
  measured = figures(api);
});

/** What the catalogue says of the properties of each construct. */
const DESCRIBED: Readonly<Record<string, ObjectField>> = {
  KarpenterProps: properties.KARPENTER_PROPERTIES,
  ControllerPolicyProps: properties.CONTROLLER_POLICY_PROPERTIES,
  ControllerRoleProps: properties.CONTROLLER_ROLE_PROPERTIES,
  IrsaRoleProps: properties.IRSA_ROLE_PROPERTIES,
  FargateProfileProps: properties.FARGATE_PROFILE_PROPERTIES,
  NodeRoleProps: properties.NODE_ROLE_PROPERTIES,
  NodeAccessProps: properties.NODE_ACCESS_PROPERTIES,
  InterruptionQueueProps: properties.INTERRUPTION_QUEUE_PROPERTIES,
  DiscoveryTagsProps: properties.DISCOVERY_TAGS_PROPERTIES,
  KarpenterChartsProps: properties.KARPENTER_CHARTS_PROPERTIES,
  MonitoringProps: properties.MONITORING_PROPERTIES,
  AwsAuthProps: properties.AWS_AUTH_PROPERTIES,
  SmokeTestProps: properties.SMOKE_TEST_PROPERTIES,
};

describe("the public API", () => {
  test("has every type that it refers to", () => {
    expect(api.unexported).toEqual([]);
  });

  test("has a doc comment on every name, field and method", () => {
    expect(api.documentable).toBeGreaterThan(400);
    expect(api.undocumented).toEqual([]);
  });

  test("has no check and no helper in it", () => {
    const names = Object.values(api.names).flat();
    expect(names).toContain("Karpenter");
    expect(names.filter((name) => /^(check|usable|alreadyChecked|shortHash|nameOr)/.test(name))).toEqual([]);
  });

  test.each(Object.entries(DESCRIBED))("says the catalogue's defaults of %s", (name, described) => {
    expect(api.properties[name]).not.toHaveLength(0);
    const said = Object.fromEntries(api.properties[name].map((property) => [property.name, property.default]));
    const wrong = Object.entries(described.fields)
      .filter(([property, field]) => isSimple(field.default) && property in said)
      .filter(([property, { default: value }]) => !says(said[property], value))
      .map(
        ([property, field]) => `${property}: ${said[property]}, and in the catalogue ${JSON.stringify(field.default)}`,
      );
    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(DESCRIBED))("has the catalogue's properties in %s", (name, described) => {
    const said = api.properties[name].map((property) => property.name);
    const known = Object.keys(described.fields);
    expect(said.filter((property) => !known.includes(property))).toEqual([]);
    expect(known.filter((property) => !said.includes(property))).toEqual([]);
  });
});

describe("the figures of the house", () => {
  test("stay within their limits", () => {
    expect(measured.rootVariables).toBeLessThan(60_000);
    expect(measured.publicNames).toBeLessThan(170);
    expect(measured.undocumented).toEqual([]);
    expect(measured.upwardImports).toEqual([]);
    expect(measured.circles).toEqual([]);
    expect(measured.filesWithTerraformNames).toEqual([]);
    expect(measured.undescribed).toEqual([]);
  });

  test("know the longest line of every published file", () => {
    expect(Object.keys(measured.longestLines).sort()).toEqual(
      [
        "README.md",
        "check.tftpl",
        "main.tf.json",
        "outputs.tf.json",
        "policy.tf.json",
        "variables-controller.tf.json",
        "variables-roles.tf.json",
        "variables.tf.json",
        "versions.tf.json",
        ...["types", "rules"].flatMap((folder) => readdirSync(join(CHECK, folder)).map((name) => `${folder}/${name}`)),
      ].sort(),
    );
    const long = Object.entries(measured.longestLines).filter(([, length]) => length > 1_000);
    expect(long).toEqual([]);
  });

  test("are a line each in a table", () => {
    expect(table(measured)).toMatch(/^largest variables\*\.tf\.json of the root, bytes +[0-9,]+$/m);
    expect(table(measured).split("\n")).toHaveLength(Object.keys(measured.longestLines).length + 7);
  });
});

function isSimple(value: Field["default"]): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** Whether a doc comment gives the value itself, or prose with the value in it. */
function says(doc: string | undefined, value: unknown): boolean {
  const literal = JSON.stringify(value);
  return doc === literal || (doc?.startsWith("- ") === true && doc.includes(literal.replace(/^"|"$/g, "")));
}
