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
     "clusters.json has 10 mistakes:
       "defaults.tag" is {}, but there is no option of that name; did you mean "tags"?
       "defaults.createNodeRole" is "yes", but must be true or false; write it without quotes
       "clusters[0].cluster_name" is "prod", but there is no option of that name; did you mean "clusterName"?
       "clusters[0].region" is "Stockholm", but must be an AWS region such as eu-north-1; give the region that the cluster is in
       "clusters[0].subnetIds" is "subnet-1", but must be 1 to 100 different subnet ids, subnet-…; give the ids of the cluster's private subnets, each once
       "clusters[0].securityGroupIds" is ["sg-1",2], but must be 1 to 16 different security group ids, sg-…; give the ids of the security groups that nodes run in, each once
       "clusters[1].backend.buckets" is "state", but there is no option of that name; did you mean "bucket"?
       "clusters[2].subnetIds" is missing, but must be 1 to 100 different subnet ids, subnet-…; give the ids of the cluster's private subnets, each once
       "clusters[2].colour" is "blue", but there is no option of that name; see clusters.schema.json for all options
       "clusters[2].backend.type" is "gcs", but must be one of "local", "s3", "cloud"; take "s3" for a state that a team shares, "cloud" for HCP Terraform, "local" for one machine"
    `);
  });

  it("takes required options from the defaults", () => {
    const { region, subnetIds, ...rest } = cluster();
    expect(parse({ defaults: { region, subnetIds }, clusters: [rest] })).toBe("");
  });

  it.each([
    [
      "a list",
      [],
      '"the file" is [], but must be an object with "clusters"; see the clusters.json of the project for an example',
    ],
    [
      "no clusters",
      {},
      '"clusters" is missing, but must be a list of at least one cluster; add { } with the cluster\'s options',
    ],
    [
      "an empty list",
      { clusters: [] },
      '"clusters" is [], but must be a list of at least one cluster; add { } with the cluster\'s options',
    ],
    [
      "a string as cluster",
      { clusters: ["prod"] },
      '"clusters[0]" is "prod", but must be an object with the options of a cluster; put them in braces',
    ],
    [
      "a name for all",
      { defaults: { name: "x" }, clusters: [cluster()] },
      '"defaults.name" is "x", but there is no option of that name; see clusters.schema.json for all options',
    ],
    [
      "a string as backend",
      { clusters: [cluster({ backend: "s3" as never })] },
      '"clusters[0].backend" is "s3", but must be an object with a "type"; write { "type": "local" } or leave it out',
    ],
    [
      "a backend without type",
      { clusters: [cluster({ backend: {} as never })] },
      '"clusters[0].backend.type" is missing, but must be one of "local", "s3", "cloud"; take',
    ],
    [
      "a misspelt selector",
      { clusters: [cluster({ fargateSelectors: [{ namespace: "karpenter", label: {} } as never] })] },
      '"clusters[0].fargateSelectors[0].label" is {}, but there is no option of that name; did you mean "labels"?',
    ],
    [
      "a reserved tag",
      { clusters: [cluster({ tags: { "AWS:x": "y" } })] },
      '"clusters[0].tags" is {"AWS:x":"y"}, but must be up to 50 tags',
    ],
    [
      "a release with a v",
      { clusters: [cluster({ karpenterVersion: "v1.14.3" })] },
      '"clusters[0].karpenterVersion" is "v1.14.3", but must be written without the v; take "1.14.3"',
    ],
    [
      "a number as schema",
      { $schema: 7, clusters: [cluster()] },
      '"$schema" is 7, but must be the schema\'s path as a string; write "./clusters.schema.json" or leave it out',
    ],
  ])("refuses %s", (_, file, mistake) => {
    expect(parse(file)).toContain(`clusters.json has 1 mistake:\n  ${mistake}`);
  });

  it("says where it is not JSON", () => {
    const message = messageOf(() => parseClusters('{\n  "clusters": [\n    {,}\n  ]\n}', "clusters.json"));
    expect(message).toMatch(/^clusters.json has 1 mistake:\n {2}it is not JSON: .* \(line 3\)$/);
  });
});
