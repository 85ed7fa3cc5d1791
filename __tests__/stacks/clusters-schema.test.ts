import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLUSTER_OPTIONS } from "../../stacks/cluster-options";
import { clustersSchema } from "../../stacks/clusters-schema";
import { cluster } from "./clusters";

const project = join(__dirname, "..", "..");
const read = (file: string): unknown => JSON.parse(readFileSync(join(project, file), "utf8"));
const schema = clustersSchema();
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);

interface Described {
  readonly description?: string;
  readonly properties?: Record<string, Described>;
  readonly items?: Described;
}

/** The paths of properties without a description. */
function undescribed(node: Described, path: string): string[] {
  return Object.entries({ ...node.properties, ...(node.items?.properties ?? {}) }).flatMap(([name, child]) => {
    const here = `${path}.${name}`;
    const reference = "$ref" in child || (child as unknown) === true;
    return [...(child.description === undefined && !reference ? [here] : []), ...undescribed(child, here)];
  });
}

describe("the schema of the clusters file", () => {
  it("is checked in as it is generated", () => {
    expect(read("clusters.schema.json")).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it("accepts the checked-in clusters", () => {
    expect(validate(read("clusters.json"))).toBe(true);
  });

  it("describes every property but those in the API's own words, which the API's pages describe", () => {
    const { definitions } = schema as { definitions: Record<string, Described> };
    const ours = Object.entries(definitions).map(([name, definition]) => [
      name,
      CLUSTER_OPTIONS[name]?.field === undefined ? definition : { description: definition.description },
    ]);
    const properties = { ...(schema.properties as object), ...Object.fromEntries(ours) } as Described["properties"];
    expect(undescribed({ ...schema, properties }, "")).toEqual([]);
  });

  it.each([
    ["an S3 backend", { backend: { type: "s3", bucket: "state", region: "eu-north-1" } }],
    ["a local backend", { backend: { type: "local" } }],
    ["a cloud backend", { backend: { type: "cloud", organization: "acme" } }],
    ["selectors", { fargateSelectors: [{ namespace: "karpenter", labels: { app: "x" } }] }],
    ["toggles", { createNodeRole: false, nodeRoleArn: "arn:aws:iam::111122223333:role/nodes" }],
    [
      "NodePools",
      {
        nodePools: {
          default: { requirements: [{ key: "a/b", operator: "Exists" }], limits: { cpu: 1 }, spec: { x: 1 } },
        },
        nodeClasses: { default: { amiAlias: "al2023@v20251108", kubelet: { maxPods: 110 } } },
      },
    ],
    ["a boundary", { permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary", iamPath: "/a/" }],
  ])("accepts %s", (_, options) => {
    expect(validate({ clusters: [cluster(options as never)] })).toBe(true);
  });

  it.each([
    ["an S3 backend without bucket", { backend: { type: "s3", region: "eu-north-1" } }],
    ["an option of another backend", { backend: { type: "local", bucket: "state" } }],
    ["a null", { clusterEndpoint: null }],
    ["a region in words", { region: "Stockholm" }],
    ["no subnet", { subnetIds: [] }],
    ["a subnet twice", { subnetIds: ["subnet-0a1", "subnet-0a1"] }],
    ["an unknown field of a NodePool", { nodePools: { default: { limit: { cpu: "1" } } } }],
    ["a NodePool of the wrong type", { nodePools: { default: { weight: "1" } } }],
    ["a requirement without a key", { nodePools: { default: { requirements: [{ operator: "Exists" }] } } }],
    ["an unknown release", { karpenterVersion: "0.1.0" }],
    ["an unknown option", { nodes: 3 }],
    ["six selectors", { fargateSelectors: Array.from({ length: 6 }, (__, index) => ({ namespace: `n${index}` })) }],
  ])("rejects %s", (_, options) => {
    expect(validate({ clusters: [cluster(options as never)] })).toBe(false);
  });
});
