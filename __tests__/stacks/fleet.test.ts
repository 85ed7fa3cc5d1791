import { Testing } from "cdktf";
import type { ClusterEntry, FleetConfig } from "../../stacks/cluster-config";
import { withDefaults } from "../../stacks/cluster-config";
import { fleet } from "../../stacks/fleet";
import { cluster, messageOf } from "./clusters";

const idsOf = (config: FleetConfig) => fleet(Testing.app(), config).map((stack) => stack.node.id);
const refusal = (...clusters: ClusterEntry[]) => messageOf(() => fleet(Testing.app(), { clusters }));
const south = (options: Partial<ClusterEntry> = {}, account?: string) =>
  cluster({ region: "eu-south-1", ...options }, account);

describe("a fleet", () => {
  it("has a stack for each cluster, named by the cluster and its region unless it has a name", () => {
    expect(idsOf({ clusters: [cluster(), cluster({ name: "trial", clusterName: "test" })] })).toEqual([
      "prod-eu-north-1",
      "trial",
    ]);
  });

  it("keeps clusters of one name in two regions of an account apart", () => {
    const stacks = fleet(Testing.app(), { clusters: [cluster(), south({ namePrefix: "prod-eu-south-1" })] });
    const roles = stacks.map((stack) => Testing.synth(stack)).map((json) => JSON.parse(json).resource.aws_iam_role);
    expect(stacks.map((stack) => stack.node.id)).toEqual(["prod-eu-north-1", "prod-eu-south-1"]);
    expect(roles.map((byName) => byName.karpenter_node.name)).toEqual([
      "prod-karpenter-node",
      "prod-eu-south-1-karpenter-node",
    ]);
  });

  it("names the cluster and the path of what is wrong inside of a NodePool", () => {
    const nodePools = { default: { disruption: { budgets: [{ nodes: 1 }] } } } as never;
    expect(
      refusal(cluster(), south({ nodePools, nodeClasses: { default: { amiAlias: "al2023@v20260714" } } })),
    ).toContain(
      'clusters[1] (prod): "nodePools.default.disruption.budgets[0].nodes" is 1, but must be a whole number such as "5"',
    );
  });

  it("takes one name in two accounts", () => {
    expect(idsOf({ clusters: [cluster(), south({}, "444455556666")] })).toEqual(["prod-eu-north-1", "prod-eu-south-1"]);
  });

  it.each([
    [
      "IAM names twice in an account",
      [cluster(), south()],
      '"namePrefix" is "prod", but must be another than that of clusters[0] (prod), for IAM names are unique in an account whatever the region; set it to "prod-eu-south-1"',
    ],
    [
      "a cluster twice",
      [cluster(), cluster({ name: "again" })],
      '"clusterName" is "prod" in eu-north-1, but must be another than that of clusters[0] (prod); remove one of the two',
    ],
    [
      "a stack's name twice, in upper or lower case",
      [cluster({ name: "Prod" }), south({ name: "prod" })],
      '"name" is "prod", but must be another than that of clusters[0] (prod); give the stack a name of its own',
    ],
    [
      "a state twice",
      [
        cluster({ backend: { type: "local", path: "a.tfstate" } }),
        south({ backend: { type: "local", path: "./a.tfstate" } }),
      ],
      '"backend" is file a.tfstate, but must be another place than that of clusters[0] (prod); leave the key, path or workspace out for one of each stack',
    ],
  ])("refuses %s", (_, clusters, mistake) => {
    expect(refusal(...clusters)).toBe(`the fleet has 1 mistake:\n  clusters[1] (prod): ${mistake}`);
  });

  it("reports the mistakes of all clusters in the words of the constructs' rules", () => {
    expect(
      refusal(cluster({ region: "eu-south-1", oidcProviderArn: cluster().oidcProviderArn }), {
        ...cluster(),
        oidcProviderArn: undefined,
        region: "north",
        backend: { type: "s3", bucket: "B", region: "eu-north-1" },
      }),
    ).toMatchInlineSnapshot(`
     "the fleet has 4 mistakes:
       clusters[0] (prod): "oidcProviderArn" is "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89", but must be of region "eu-south-1"; give the OIDC provider of this cluster, or correct "region"
       clusters[1] (prod): "region" is "north", but must be an AWS region such as eu-north-1; give the region that the cluster is in
       clusters[1] (prod): "backend.bucket" is "B", but must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens; give the bucket's name, not its ARN
       clusters[1] (prod): "oidcProviderArn" is null, but must be given when "controllerIdentity" is "irsa"; give the ARN of the cluster's IAM OIDC provider"
    `);
  });
});

describe("defaults", () => {
  it("may have in code what no file may say", () => {
    const defaults = { chartRepositoryUsername: "ci", chartRepositoryPassword: "secret", nodesDependOn: [] };
    const [stack] = fleet(Testing.app(), { defaults, clusters: [cluster()] });
    expect(Testing.synth(stack, true)).toContain('"repository_password": "secret"');
  });

  it("refuse what each cluster has for itself", () => {
    const defaults = { clusterName: "x" } as never;
    expect(messageOf(() => fleet(Testing.app(), { defaults, clusters: [cluster()] }))).toContain(
      'defaults: "clusterName" is not known here; every cluster has its own',
    );
  });

  it("lie below a cluster's own values, and tags are merged", () => {
    const defaults = {
      region: "eu-west-1",
      iamPath: "/a/",
      tags: { team: "a", cost: "1" },
      defaultTags: { by: "terraform" },
      backend: { type: "s3", bucket: "state", region: "eu-north-1" },
    } as const;
    const own = cluster({ tags: { team: "b" }, backend: { type: "local" } });
    expect(withDefaults(own, defaults)).toEqual({
      ...own,
      iamPath: "/a/",
      tags: { team: "b", cost: "1" },
      defaultTags: { by: "terraform" },
    });
  });

  it("leave a cluster as it is where there are none", () => {
    expect(withDefaults(cluster())).toEqual(cluster());
  });
});
