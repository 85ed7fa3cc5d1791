import { Karpenter, KarpenterProps } from "../../lib";
import { LONG_NAME, PLACE, PROVIDER_ARN, ROLE_ARN } from "../support/fixtures";
import { problemsOf, synthError } from "../support/stack";
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
          karpenterVersion: "1.0.0",
          accountId: "444455556666",
        }),
    );
    const said = [...message.matchAll(/\[(.*?)\] "(\w+)" is /g)].map(([, path, property]) => `${path} ${property}`);
    expect(said).toEqual(
      ["clusterName", "karpenterVersion", "fargateSelectors", "nodeAdditionalPolicies", "tags", "oidcProviderArn"].map(
        (property) => `test/karpenter ${property}`,
      ),
    );
  });
});
