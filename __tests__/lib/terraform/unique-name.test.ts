import { Construct } from "constructs";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import type { NodePoolsProps } from "../../../lib";
import { AwsAuth, Karpenter, KarpenterCharts, NodePools, SmokeTest } from "../../../lib";
import { Testing } from "cdktf";
import type { ReadableStack } from "../../../lib/terraform/readable-stack";
import { PLACE, PROVIDER_ARN, ROLE_ARN } from "../../support/fixtures";
import { onCluster } from "../kubernetes/on-cluster";
import { problemsOf, readableStack } from "../../support/stack";

const POOLS: NodePoolsProps = { nodePools: {}, nodeClasses: {}, nodePoolsChart: "./chart" };
const CHARTS = {
  clusterName: "demo",
  controllerRoleArn: "arn:aws:iam::111122223333:role/karpenter",
  guardChart: "./chart",
};
const MAPPINGS = {
  mapRoles: [{ rolearn: "arn:aws:iam::111122223333:role/nodes", username: "nodes", groups: [] }],
  awsAuthChart: "./chart",
};

describe("two of one name on one provider", () => {
  test.each<[string, (scope: Construct, id: string) => unknown, string]>([
    [
      "NodePools",
      (scope, id) => new NodePools(scope, id, POOLS),
      'the Helm release "karpenter-node-pools" in the namespace "karpenter", but must have a name each on one provider; ' +
        'give one of them another "releaseName", or a provider of another cluster',
    ],
    [
      "KarpenterCharts",
      (scope, id) => new KarpenterCharts(scope, id, CHARTS),
      'the Helm release "karpenter" in the namespace "karpenter", but must have a name each on one provider; install ' +
        "Karpenter once in a cluster, or give one of them a provider of another cluster",
    ],
    [
      "AwsAuth",
      (scope, id) => new AwsAuth(scope, id, MAPPINGS),
      'the Helm release "karpenter-aws-auth" in the namespace "kube-system", but must have a name each on one provider; put ' +
        "all mappings of a cluster into one, or give one of them a provider of another cluster",
    ],
    [
      "SmokeTest",
      (scope, id) => new SmokeTest(scope, id),
      'the Deployment "inflate" in the namespace "default", but must have a name each on one provider; give one of them ' +
        'another "name" or "namespace", or a provider of another cluster',
    ],
  ])("are refused once, with both paths: %s", (_, make, words) => {
    const problems = problemsOf(
      onCluster((stack) => {
        make(new Construct(stack, "one"), "it");
        make(new Construct(stack, "two"), "it");
      }),
    );
    expect(problems).toEqual([`"test/two/it" and "test/one/it" both make ${words}`]);
  });

  test("are told from each other by name, namespace, kind and provider", () => {
    const problems = problemsOf(
      onCluster((stack) => {
        new NodePools(stack, "a", POOLS);
        new NodePools(stack, "b", { ...POOLS, releaseName: "other" });
        new NodePools(stack, "c", { ...POOLS, namespace: "other" });
        const { release } = new NodePools(stack, "d", POOLS);
        release.provider = new HelmProvider(stack, "elsewhere", { alias: "elsewhere" });
        new KarpenterCharts(stack, "e", CHARTS);
        new SmokeTest(stack, "f", { name: "karpenter-node-pools", namespace: "karpenter" });
        new SmokeTest(stack, "g");
      }),
    );
    expect(problems).toEqual([]);
  });

  test("must have a name that Helm takes", () => {
    const problem = (releaseName: string) =>
      problemsOf((stack) => new NodePools(stack, "a", { ...POOLS, releaseName }));
    expect(problem("a".repeat(53))).toEqual([]);
    for (const name of ["a".repeat(54), "A", "a_b", "-a", ""]) {
      expect(problem(name)).toEqual([
        expect.stringContaining(`"releaseName" is "${name}", but must be the name of a Helm`),
      ]);
    }
  });
});

describe("two Karpenters of one cluster", () => {
  const PROPS = {
    clusterName: "demo",
    oidcProviderArn: PROVIDER_ARN,
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupIds: ["sg-1"],
  };
  /** One in each of two stacks of an app. */
  const problems = (first: object, second: object, ids: readonly [string, string] = ["a", "b"]) => {
    const app = Testing.app();
    ids.forEach((id, index) => {
      const stack = (app.node.tryFindChild(id) as ReadableStack | undefined) ?? readableStack(app, id);
      new Karpenter(stack, `karpenter-${index}`, { ...PROPS, ...(index === 0 ? first : second) });
    });
    return app.node.findAll().flatMap(({ node }) => node.validate());
  };

  test("in two stacks are refused once, with all that both make", () => {
    expect(problems({}, {})).toEqual([
      '"b/karpenter-1" and "a/karpenter-0" both make the controller\'s role, the Fargate profile, the interruption queue and ' +
        'the controller\'s releases of the cluster "demo", but a cluster has one Karpenter; remove one of the two, or let each ' +
        'make other parts, as with "createControllerRole" or "installController" set to false',
    ]);
  });

  test.each<[string, object]>([
    ["its OIDC provider", {}],
    ["its endpoint", { ...PLACE, oidcProviderArn: `${PROVIDER_ARN}A`, clusterEndpoint: "https://a.eks.amazonaws.com" }],
    ["its account, region and name", { ...PLACE, oidcProviderArn: `${PROVIDER_ARN}A` }],
  ])("are known by %s", (_, second) => {
    const first = { ...PLACE, clusterEndpoint: "https://a.eks.amazonaws.com" };
    expect(problems(first, second)).toEqual([expect.stringContaining("a cluster has one Karpenter")]);
  });

  test("may share its parts between them, and another cluster is another one", () => {
    const rest = { createControllerRole: false, createInterruptionQueue: false, interruptionHandling: false };
    const withoutRest = { ...rest, createFargateProfile: false, controllerRoleArn: ROLE_ARN };
    expect(problems({ installController: false }, withoutRest)).toEqual([]);
    expect(problems(PLACE, { ...PLACE, oidcProviderArn: `${PROVIDER_ARN}A`, clusterName: "other" })).toEqual([]);
    expect(problems({}, { oidcProviderArn: `${PROVIDER_ARN}A` })).toEqual([]);
    expect(problems({}, { clusterName: "other" })).toEqual([]);
  });

  test("on one provider are told of by the names of their releases, once", () => {
    expect(problems({}, {}, ["a", "a"])).toEqual([
      expect.stringMatching(
        /^"a\/karpenter-1\/charts" and "a\/karpenter-0\/charts" both make the Helm release "karpenter"/,
      ),
    ]);
  });
});
