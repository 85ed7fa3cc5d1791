/** Whole objects of the API come out of synth, Terraform and helm as they went in, field by field and type by type. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import {
  type CorpusObject,
  EXAMPLE_RELEASES,
  exampleManifests,
  isRight,
  MANIFESTS,
  ownManifests,
} from "./manifests/corpus";
import { renderedByConstructs, renderedByModule } from "./support/rendered-pools";

/** The release that knows every field of the corpus. */
const NEWEST = "1.15.1";
const DEFAULTS = {
  instanceProfile: "nodes",
  subnetSelectorTerms: [{ id: "subnet-0" }],
  securityGroupSelectorTerms: [{ id: "sg-0" }],
};
const BARE = {
  apiVersion: "karpenter.k8s.aws/v1",
  kind: "EC2NodeClass",
  metadata: { name: "bare" },
  spec: { amiSelectorTerms: [{ alias: "al2023@v20260714" }], tags: null, subnetSelectorTerms: null },
};

const nameOf = ({ kind, metadata }: CorpusObject["object"]): string =>
  `${String(kind)} ${(metadata as { name: string }).name}`;
const byName = (objects: readonly CorpusObject["object"][]) =>
  Object.fromEntries(objects.map((object) => [nameOf(object), object]));

/** What stands in the corpus and says which class it is of; the classes are there for whoever refers to them. */
function classesNamedIn(objects: readonly CorpusObject[]): string[] {
  const names = objects.map(({ object }) => {
    const { template } = (object.spec ?? {}) as { template?: { spec: { nodeClassRef?: { name?: string } } } };
    return template?.spec.nodeClassRef?.name;
  });
  return [...new Set(names.filter((name) => name !== undefined))];
}

describe.each([
  ["our own", ownManifests],
  ...EXAMPLE_RELEASES.map((release) => [`the examples of ${release}`, () => exampleManifests(release)] as const),
] as const)("manifests, %s", (_, read) => {
  it("come out of the constructs as they are", async () => {
    const corpus = (await read()).filter(isRight);
    expect(corpus.length).toBeGreaterThan(20);
    const rendered = await renderedByConstructs(() => ({
      nodePools: {},
      nodeClasses: {},
      manifests: corpus.map(({ object }) => object),
      existingNodeClasses: classesNamedIn(corpus),
      nodeClassDefaults: DEFAULTS,
      karpenterVersion: NEWEST,
    }));
    expect(rendered).toHaveLength(corpus.length);
    // Each of them says role, subnets and security groups itself.
    expect(byName(rendered)).toEqual(byName(corpus.map(({ object }) => object)));
  });
});

describe("manifests in files", () => {
  it("are at least 60 objects", async () => {
    expect((await ownManifests()).length).toBeGreaterThanOrEqual(60);
  });

  it("come out of the published module as they are, several to a file", async () => {
    const names = (await readdir(MANIFESTS)).filter((file) => file.endsWith(".yaml"));
    const files = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await readFile(join(MANIFESTS, name), "utf8")] as const)),
    );
    const corpus = await ownManifests();
    const rendered = await renderedByModule(
      `  manifests = [
    for file in fileset(path.module, "*.yaml") :
    [for document in split("\\n---\\n", file(file)) : yamldecode("\${document}\\n")]
  ]
  existing_node_classes = ${JSON.stringify(classesNamedIn(corpus))}
  karpenter_version     = "${NEWEST}"`,
      files,
    );
    expect(byName(rendered)).toEqual(byName(corpus.map(({ object }) => object)));
  });

  it("get what they lack from the AWS side, and nothing where that is turned off", async () => {
    const role = {
      ...BARE,
      metadata: { name: "role" },
      spec: { ...BARE.spec, role: "own", securityGroupSelectorTerms: [{ id: "sg-1" }] },
    };
    const make = (completeManifests?: boolean) =>
      renderedByConstructs(() => ({
        nodePools: {},
        nodeClasses: {},
        manifests: [BARE, role],
        nodeClassDefaults: DEFAULTS,
        completeManifests,
      }));
    expect((await make()).map(({ spec }) => spec)).toEqual([
      { ...BARE.spec, ...DEFAULTS },
      { ...role.spec, subnetSelectorTerms: DEFAULTS.subnetSelectorTerms },
    ]);
    const tags = { team: "all", cost: "1" };
    const own = { ...role, spec: { ...role.spec, tags: { team: "", stage: "prod" } } };
    const tagged = await renderedByConstructs(() => ({
      nodePools: {},
      nodeClasses: {},
      manifests: [BARE, own],
      nodeClassDefaults: { ...DEFAULTS, tags },
    }));
    expect(tagged.map(({ spec }) => (spec as { tags: object }).tags)).toEqual([
      tags,
      { team: "", cost: "1", stage: "prod" },
    ]);
    await expect(make(false)).rejects.toThrow('"manifests[0].spec" has neither "role" nor "instanceProfile"');
  });
});
