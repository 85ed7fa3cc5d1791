import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
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
  readonly additionalProperties?: Described | boolean;
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
}

/** The properties of a schema, or of what its lists, maps and variants hold. */
function propertiesOf(node: Described): [string, Described][] {
  const inside = [
    ...(node.items === undefined ? [] : [node.items]),
    ...(typeof node.additionalProperties === "object" ? [node.additionalProperties] : []),
    ...(node.anyOf ?? []),
    ...(node.oneOf ?? []),
  ];
  return [...Object.entries(node.properties ?? {}), ...inside.flatMap(propertiesOf)];
}

/** The paths of properties without a description. */
function undescribed(node: Described, path: string): string[] {
  return propertiesOf(node).flatMap(([name, child]) => {
    const here = `${path}.${name}`;
    return [...(child.description === undefined && !("$ref" in child) ? [here] : []), ...undescribed(child, here)];
  });
}

describe("the schema of the clusters file", () => {
  it("is checked in as it is generated", () => {
    expect(read("clusters.schema.json")).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it("accepts the checked-in clusters", () => {
    expect(validate(read("clusters.json"))).toBe(true);
  });

  it("describes every property at every depth", () => {
    const { definitions } = schema as { definitions: Record<string, Described> };
    const properties = { ...(schema.properties as Record<string, Described>), ...definitions };
    expect(undescribed({ properties }, "")).toEqual([]);
  });

  it("knows the fields inside of NodePools", () => {
    const { definitions } = schema as { definitions: Record<string, Described> };
    expect(propertiesOf(definitions.nodePools).map(([name]) => name)).toEqual(
      expect.arrayContaining(["requirements", "disruption", "limits", "spec"]),
    );
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
        nodeClasses: { default: { amiAlias: "al2023@v20260714", kubelet: { maxPods: 110 } } },
      },
    ],
    [
      "the words of the API before v1",
      {
        karpenterVersion: "0.35.0",
        nodePools: { default: { spec: { template: { spec: { kubelet: { maxPods: 110 } } } } } },
        manifests: [{ apiVersion: "karpenter.sh/v1alpha5", kind: "Provisioner", metadata: { name: "a" } }],
      },
    ],
    ["a later patch", { karpenterVersion: "1.14.9" }],
    ["a newer minor version", { karpenterVersion: "1.20.3", allowNewerKarpenterVersion: true }],
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
    ["an unknown field inside of a NodePool", { nodePools: { default: { disruption: { budget: [] } } } }],
    ["a requirement without a key", { nodePools: { default: { requirements: [{ operator: "Exists" }] } } }],
    ["an unknown release", { karpenterVersion: "0.1.0" }],
    ["a newer major version", { karpenterVersion: "2.0.0", allowNewerKarpenterVersion: true }],
    ["a yanked release", { karpenterVersion: "1.8.4" }],
    ["a patch that was never published", { karpenterVersion: "0.35.3" }],
    ["a word for true", { allowNewerKarpenterVersion: "yes" }],
    ["an unknown option", { nodes: 3 }],
    ["six selectors", { fargateSelectors: Array.from({ length: 6 }, (__, index) => ({ namespace: `n${index}` })) }],
  ])("rejects %s", (_, options) => {
    expect(validate({ clusters: [cluster(options as never)] })).toBe(false);
  });
});
