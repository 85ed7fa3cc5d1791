import type { KarpenterProps } from "../../lib";
import { Karpenter } from "../../lib";
import type { Precondition } from "../../lib/module";
import type { Scope } from "../support/hcl";
import { evaluate } from "../support/hcl";
import { LONG_NAME, PLACE, PROVIDER_ARN, ROLE_ARN } from "../support/fixtures";
import { problemsOf, readableStack, synth, synthError } from "../support/stack";
import { variable, variableList } from "../support/tokens";

const PROPS: KarpenterProps = {
  ...PLACE,
  clusterName: "demo",
  oidcProviderArn: PROVIDER_ARN,
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
};

const problems = (props: Partial<KarpenterProps>) =>
  problemsOf((stack) => new Karpenter(stack, "karpenter", { ...PROPS, ...props }));

/** What synth warns of. */
function warnings(karpenterVersion: string | undefined): unknown[] {
  const stack = readableStack();
  new Karpenter(stack, "karpenter", { ...PROPS, karpenterVersion });
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === "@cdktf/warn")
    .map(({ data }) => data as unknown);
}

describe("Karpenter at synth", () => {
  test("is refused nothing when all is right or unknown", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ clusterName: LONG_NAME })).toEqual([]);
    expect(
      problems({
        clusterName: variable("c"),
        oidcProviderArn: variable("p"),
        subnetIds: variableList("s"),
        iamPath: variable("i"),
      }),
    ).toEqual([]);
  });

  test("refuses Pod Identity on Fargate, with the way out", () => {
    expect(problems({ controllerIdentity: "pod-identity" })).toEqual([
      '"controllerIdentity" is "pod-identity" while the controller runs on Fargate ("createFargateProfile" is true), but ' +
        'must be "irsa" there: the EKS Pod Identity Agent is a DaemonSet and Fargate runs none; take "irsa", or set ' +
        '"createFargateProfile" to false and run the controller on nodes',
    ]);
  });

  test("refuses Pod Identity with a controller that does not know it", () => {
    const onNodes = { controllerIdentity: "pod-identity", createFargateProfile: false } as const;
    expect(problems({ ...onNodes, karpenterVersion: "0.33.12" })).toEqual([
      '"controllerIdentity" is "pod-identity", but must be "irsa" with Karpenter "0.33.12", which does not know EKS Pod ' +
        'Identity; take "irsa", or Karpenter 0.34 or later',
    ]);
    expect(problems({ ...onNodes, karpenterVersion: "0.34.0" })).toEqual([]);
  });

  test("refuses a release that is not made for the cluster's Kubernetes, the default too", () => {
    expect(problems({ kubernetesVersion: "1.33" })).toEqual([]);
    expect(problems({ kubernetesVersion: "1.37" })).toEqual([
      '"karpenterVersion" is "1.14.3", but must be a release for Kubernetes "1.37", and is for 1.26 to 1.36; take "1.15.1"',
    ]);
  });

  /** What a plan says of the cluster's Kubernetes, where only Terraform knows it. */
  const refusedAtPlan = (given: Partial<KarpenterProps>, scope: Scope) => {
    const data = synth((stack) => new Karpenter(stack, "karpenter", { ...PROPS, ...given })).json.data as {
      aws_partition: { karpenter_kubernetes_version?: { lifecycle: { precondition: Precondition[] } } };
    };
    const preconditions = data.aws_partition.karpenter_kubernetes_version?.lifecycle.precondition ?? [];
    return preconditions
      .filter(({ condition }) => evaluate(condition, scope) !== true)
      .map(({ error_message }) => evaluate(error_message, scope));
  };

  test("asks the plan for the cluster's Kubernetes where only Terraform knows it", () => {
    const kubernetesVersion = variable("kubernetes");
    const release = '"karpenterVersion" is "1.14.3", but must be a release for Kubernetes';
    const at = (kubernetes: string | null) => refusedAtPlan({ kubernetesVersion }, { var: { kubernetes } });
    expect(at("1.36")).toEqual([]);
    expect(at(null)).toEqual([]);
    expect(at("1.37")).toEqual([`${release} "1.37", and is for 1.26 to 1.36; take "1.15.1"`]);
    expect(at("1.40")).toEqual([
      `${release} "1.40", and is for 1.26 to 1.36; none that is known here is; take a newer minor version of Karpenter with ` +
        '"allowNewerKarpenterVersion" set to true',
    ]);
    expect(refusedAtPlan({ kubernetesVersion, karpenterVersion: "0.35.0" }, { var: { kubernetes: "1.31" } })).toEqual([
      expect.stringMatching(
        /^"karpenterVersion" is "0.35.0", but must be a release for Kubernetes "1.31", and is for 1.23 to 1.29; /,
      ),
    ]);
    const both = { kubernetesVersion, karpenterVersion: variable("release") };
    expect(refusedAtPlan(both, { var: { kubernetes: "1.36", release: "1.3.3" } })).toHaveLength(1);
    expect(refusedAtPlan(both, { var: { kubernetes: "1.36", release: "1.14.3" } })).toEqual([]);
  });

  test("warns of a release whose line gets no fixes any more, by words that can be looked for", () => {
    expect(warnings("1.3.8")).toEqual([
      'Karpenter 1.3 gets no fixes any more; take "1.14.3" (long-term support until July 2027) [karpenter-end-of-support]',
    ]);
    expect([undefined, "1.9.3", "1.14.0", "1.15.1", variable("version")].flatMap(warnings)).toEqual([]);
  });

  test.each<[Partial<KarpenterProps>, string]>([
    [
      { oidcProviderArn: undefined },
      '"oidcProviderArn" is null, but must be given when "controllerIdentity" is "irsa"',
    ],
    [{ createControllerRole: false }, '"createControllerRole" is false and "controllerRoleArn" is null'],
    [{ createNodeRole: false }, '"createNodeRole" is false and "nodeRoleArn" is null'],
    [{ createPodExecutionRole: false }, '"createPodExecutionRole" is false and "podExecutionRoleArn" is null'],
    [{ createInterruptionQueue: false }, '"createInterruptionQueue" is false and "interruptionQueueArn" is null'],
    [{ createInstanceProfile: false }, '"createInstanceProfile" is false and "instanceProfileName" is null'],
  ])("refuses %j, and nothing else is said", (props, words) => {
    const found = problems(props);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  test("needs no OIDC provider for a controller role of one's own", () => {
    expect(problems({ oidcProviderArn: undefined, controllerRoleArn: ROLE_ARN })).toEqual([]);
  });

  test("needs no terraform on the PATH", () => {
    const path = process.env.PATH;
    process.env.PATH = "";
    try {
      expect(problems({})).toEqual([]);
    } finally {
      process.env.PATH = path;
    }
  });

  test("fails with every problem in one error, each said once and under the name that its user knows", () => {
    const message = synthError(
      (stack) =>
        new Karpenter(stack, "karpenter", {
          ...PROPS,
          clusterName: "-",
          fargateSelectors: [],
          nodeAdditionalPolicies: { a: "x" },
          tags: { "karpenter.sh/nodepool": "x" },
          karpenterVersion: "1.8.4",
          accountId: "444455556666",
        }),
    );
    const said = [...message.matchAll(/\[(.*?)\] "(\w+)[^"]*" (?:is|has) /g)].map(
      ([, path, property]) => `${path} ${property}`,
    );
    expect(said).toEqual(
      ["clusterName", "tags", "karpenterVersion", "fargateSelectors", "nodeAdditionalPolicies", "oidcProviderArn"].map(
        (property) => `test/karpenter ${property}`,
      ),
    );
  });
});
