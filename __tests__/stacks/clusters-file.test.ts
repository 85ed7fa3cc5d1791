import { parseClusters } from "../../stacks/clusters-file";
import { cluster, messageOf } from "./clusters";

const parse = (file: unknown) => messageOf(() => parseClusters(JSON.stringify(file), "clusters.json"));

describe("the clusters file", () => {
  it("is read", () => {
    const file = { $schema: "./clusters.schema.json", defaults: { tags: { team: "a" } }, clusters: [cluster()] };
    expect(parseClusters(`\uFEFF${JSON.stringify(file)}`, "clusters.json")).toEqual({
      defaults: file.defaults,
      clusters: file.clusters,
    });
  });

  it("reports all mistakes of all clusters at once", () => {
    expect(
      parse({
        defaults: { tag: {}, createNodeRole: "yes" },
        clusters: [
          { cluster_name: "prod", region: "Stockholm", subnetIds: "subnet-1", securityGroupIds: ["sg-1", 2] },
          cluster({ backend: { type: "s3", buckets: "state", region: "eu-north-1" } as never }),
          { ...cluster(), subnetIds: undefined, colour: "blue", backend: { type: "gcs" } },
        ],
      }),
    ).toMatchInlineSnapshot(`
     "clusters.json has 11 mistakes:
       defaults: "tag" is not known; did you mean "tags"?
       defaults: "createNodeRole" is "yes", but must be true or false; write it without quotes
       clusters[0]: "cluster_name" is not known; did you mean "clusterName"?
       clusters[0]: "region" is "Stockholm", but must be an AWS region such as eu-north-1; give the region that the cluster is in
       clusters[0]: "subnetIds" is "subnet-1", but must be a list; write it in brackets
       clusters[0]: "securityGroupIds[1]" is 2, but must be a security group id, sg-…; give the security group's id, not its name
       clusters[0]: "oidcProviderArn" is null, but must be given when "controllerIdentity" is "irsa"; give the ARN of the cluster's IAM OIDC provider
       clusters[1] (prod): "backend.buckets" is not known; did you mean "bucket"? Known: bucket, key, kmsKeyArn, region, roleArn, type, useLockfile
       clusters[2] (prod): "colour" is not known; leave it out
       clusters[2] (prod): "backend.type" is "gcs", but must be one of "local", "s3", "cloud"; take "s3" for a state that a team shares, "cloud" for HCP Terraform, "local" for one machine
       clusters[2] (prod): "subnetIds" is missing, but must be given while something takes it from there: the Fargate profile, for "fargateSubnetIds" is not given; give the ids of the cluster's private subnets, or say "subnetSelectorTerms" in each node class"
    `);
  });

  it("refuses what cdktf would take for a token, in texts and in names", () => {
    const mark = "${TfToken[TOKEN.1]}";
    expect(parse({ clusters: [cluster({ tags: { team: mark, [mark]: "a" } })] })).toMatch(
      /"clusters\[0\].tags.team" is "\$\{TfToken\[TOKEN.1\]\}", but must be [^]*"clusters\[0\].tags" has the name "\$\{TfToken/,
    );
  });

  it("takes required options from the defaults", () => {
    const { region, subnetIds, ...rest } = cluster();
    expect(parse({ defaults: { region, subnetIds }, clusters: [rest] })).toBe("");
  });

  it("takes a null for a default that is not given", () => {
    expect(parse({ defaults: null, clusters: [cluster({ clusterEndpoint: null as never })] })).toBe("");
  });

  it.each([
    ["a list", [], 'it must be an object with "clusters"; see the clusters.json of the project for an example'],
    ["no clusters", {}, '"clusters" is missing, but must be a list; write it in brackets'],
    ["an empty list", { clusters: [] }, '"clusters" has 0 items, but must have at least 1; '],
    [
      "a string as cluster",
      { clusters: ["prod"] },
      '"clusters[0]" is "prod", but must be a map from names to values; write it in braces',
    ],
    [
      "a list as cluster",
      { clusters: [[]] },
      '"clusters[0]" is [], but must be a map from names to values; write it in braces',
    ],
    [
      "a null as cluster",
      { clusters: [null] },
      '"clusters[0]" is null, but must be a map from names to values; write it in braces',
    ],
    [
      "a string as defaults",
      { defaults: "x", clusters: [cluster()] },
      '"defaults" is "x", but must be a map from names to values; write it in braces',
    ],
    [
      "a misspelt part of the file",
      { default: {}, clusters: [cluster()] },
      '"default" is not known; did you mean "defaults"? Known: $schema, clusters, defaults',
    ],
    [
      "a name for all",
      { defaults: { name: "x" }, clusters: [cluster()] },
      'defaults: "name" is not known here; every cluster has its own; give it to the clusters one by one',
    ],
    [
      "a login",
      { clusters: [cluster({ chartRepositoryPassword: "x" })] },
      'clusters[0] (prod): "chartRepositoryPassword" is not known here; a login belongs in no file; leave it out, and give it to fleet() in a program',
    ],
    [
      "constructs",
      { clusters: [cluster({ nodesDependOn: [] })] },
      'clusters[0] (prod): "nodesDependOn" is not known here; only a program that calls fleet() can name constructs; leave it out',
    ],
    [
      "a provider, which the stack makes itself",
      { clusters: [cluster({ awsProvider: {} } as never)] },
      'clusters[0] (prod): "awsProvider" is not known; leave it out',
    ],
    [
      "a string as backend",
      { clusters: [cluster({ backend: "s3" as never })] },
      'clusters[0] (prod): "backend" is "s3", but must be an object; write its fields in braces',
    ],
    [
      "a backend without type",
      { clusters: [cluster({ backend: {} as never })] },
      'clusters[0] (prod): "backend.type" is missing, but must be one of "local", "s3", "cloud"' +
        '; take "s3" for a state that a team shares, "cloud" for HCP Terraform, "local" for one machine',
    ],
    [
      "a misspelt selector",
      { clusters: [cluster({ fargateSelectors: [{ namespace: "karpenter", label: {} } as never] })] },
      'clusters[0] (prod): "fargateSelectors[0].label" is not known; did you mean "labels"? Known: labels, namespace',
    ],
    [
      "a reserved tag",
      { clusters: [cluster({ tags: { "AWS:x": "y" } })] },
      'clusters[0] (prod): "tags" has the name "AWS:x", but a name must be one that begins with none of "aws:", ',
    ],
    [
      "a release with a v",
      { clusters: [cluster({ karpenterVersion: "v1.14.3" })] },
      'clusters[0] (prod): "karpenterVersion" is "v1.14.3", but must be written without the v; take "1.14.3"',
    ],
    [
      "a number as schema",
      { $schema: 7, clusters: [cluster()] },
      '"$schema" is 7, but must be a string; write it in quotes',
    ],
  ])("refuses %s", (_, file, mistake) => {
    expect(parse(file)).toContain(`clusters.json has 1 mistake:\n  ${mistake}`);
  });

  it.each<[string, string, object]>([
    ["a value of a wrong type", "oidcProviderArn", { oidcProviderArn: 7 }],
    ["a value against its rule", "karpenterVersion", { karpenterVersion: "1" }],
    ["a wrong list", "subnetIds", { subnetIds: "subnet-1" }],
    ["a reserved tag", "tags", { tags: { "aws:x": "y" } }],
  ])("tells of %s in the defaults once, not again for each cluster", (_, name, defaults) => {
    const own = { ...cluster(), [name]: undefined };
    const told = parse({ defaults, clusters: [own, { ...own, clusterName: "b" }] });
    expect(told).toMatch(new RegExp(`^clusters.json has 1 mistake:\n  defaults: "${name}" `));
  });

  it("tells of a cluster's own mistake also where the defaults make the same", () => {
    const told = parse({ defaults: { iamPath: "a" }, clusters: [cluster({ iamPath: "a" })] });
    expect(told.split("\n").map((line) => line.split(" is ")[0])).toEqual([
      "clusters.json has 2 mistakes:",
      '  defaults: "iamPath"',
      '  clusters[0] (prod): "iamPath"',
    ]);
  });

  it("holds the clusters against each other", () => {
    expect(parse({ clusters: [cluster(), cluster({ name: "again" })] })).toContain(
      'clusters[1] (prod): "clusterName" is "prod" in eu-north-1, but must be another than that of clusters[0] (prod)',
    );
  });

  const problemOf = (text: string) =>
    messageOf(() => parseClusters(text, "clusters.json")).replace("clusters.json has 1 mistake:\n  ", "");

  it.each([
    ["a stray comma", '{\n  "clusters": [\n    {,}\n  ]\n}', /^it is not JSON: .* \(line 3\)$/],
    ["an end in the middle", '{\n  "clusters": [\n', /^it is not JSON: .* \(line 2\)$/],
    [
      "a comma after the last item",
      '{\n  "clusters": [],\n}',
      /\(line 3\); JSON has no comma after the last item: remove it$/,
    ],
    ["a comment", '{\n  // ours\n  "clusters": []\n}', /\(line 2\); JSON has no comments: remove them$/],
    ["a comment of a shell", '# ours\n{ "clusters": [] }', /\(line 1\); JSON has no comments: remove them$/],
    ["single quotes", "{\n  'clusters': [] }", /\(line 2\); JSON has double quotes only: write " for '$/],
    [
      "YAML",
      "clusters:\n  - clusterName: prod\n",
      /; it looks like YAML: write it as JSON, with braces, brackets and quotes$/,
    ],
    ["YAML that begins with a list", "---\n- clusterName: prod\n", /; it looks like YAML: /],
    ["nothing", "\uFEFF \n", /^it is empty, but must be JSON; see the clusters.json of the project for an example$/],
    [
      "UTF-16",
      Buffer.from('\uFEFF{ "clusters": [] }', "utf16le").toString("utf8"),
      /^it is not written in UTF-8, but must be; /,
    ],
  ])("says where and why it is not JSON: %s", (_, text, words) => {
    expect(problemOf(text)).toMatch(words);
  });

  it("tells of every key that stands twice, for only the last one would count", () => {
    const text = JSON.stringify({ clusters: [cluster({ tags: { team: "a", "x,{y": '"' } })] }, null, 2)
      .replace('"team"', '"\\u0074eam": "b",\n"team"')
      .replace('"clusters"', '"defaults": {},\n"defaults": {},\n"clusters"');
    expect(messageOf(() => parseClusters(text, "clusters.json"))).toMatch(
      new RegExp(
        "^clusters.json has 2 mistakes:\n" +
          '  "defaults" stands twice, again in line 3; remove one of the two\n' +
          '  "clusters\\[0\\].tags.team" stands twice, again in line \\d+; remove one of the two$',
      ),
    );
  });
});
