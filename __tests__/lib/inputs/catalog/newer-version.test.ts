import type { Construct } from "constructs";
import { Testing } from "cdktf";
import {
  ControllerPolicy,
  ControllerRole,
  InterruptionQueue,
  Karpenter,
  KarpenterCharts,
  NodePools,
  NodeRole,
} from "../../../../lib";
import { breaks, crossRefusal } from "../../../../lib/inputs/cross-rule";
import { newerVersionRules } from "../../../../lib/inputs/catalog/newer-version";
import type { ReadableStack } from "../../../../lib/terraform/readable-stack";
import { publishedModules } from "../../../../modules";
import { crossPrecondition } from "../../../../modules/cross-precondition";
import { PLACE, PROVIDER_ARN, ROLE_ARN } from "../../../support/fixtures";
import { evaluate } from "../../../support/hcl";
import { problemsOf, readableStack } from "../../../support/stack";
import { variable } from "../../../support/tokens";

const [rule] = newerVersionRules;
const REST =
  'is "1.16.0", but must be a release of a minor version that is known here, up to 1.15; take "1.14.3", or set ' +
  '"%s" to true to have it treated as 1.15';
const REFUSED = `"karpenterVersion" ${REST.replace("%s", "allowNewerKarpenterVersion")}`;
const WARNED =
  "Karpenter 1.16.0 is newer than this project, and treated as 1.15: what is new in it is missing from permissions, " +
  "settings and checks; update this project once it knows that release [karpenter-newer-version]";

interface Release {
  readonly karpenterVersion?: string;
  readonly allowNewerKarpenterVersion?: boolean;
}

const OWN = { ...PLACE, clusterName: "demo" };
const NODES = { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] };

/** Everything that asks for a release. */
const CONSTRUCTS: Readonly<Record<string, (stack: ReadableStack, release: Release) => Construct>> = {
  Karpenter: (stack, release) =>
    new Karpenter(stack, "it", {
      ...OWN,
      ...NODES,
      ...release,
      oidcProviderArn: PROVIDER_ARN,
      nodePools: { default: { limits: { cpu: "1" } } },
      nodeClasses: { default: { amiAlias: "al2023@v20260714" } },
    }),
  KarpenterCharts: (stack, release) =>
    new KarpenterCharts(stack, "it", { clusterName: "demo", ...release, controllerRoleArn: ROLE_ARN }),
  ControllerRole: (stack, release) =>
    new ControllerRole(stack, "it", { ...OWN, ...release, nodeRoleArns: [ROLE_ARN], oidcProviderArn: PROVIDER_ARN }),
  ControllerPolicy: (stack, release) =>
    new ControllerPolicy(stack, "it", { ...OWN, ...release, nodeRoleArns: [ROLE_ARN] }),
  InterruptionQueue: (stack, release) => new InterruptionQueue(stack, "it", { clusterName: "demo", ...release }),
  NodeRole: (stack, release) => new NodeRole(stack, "it", { ...OWN, ...release }),
  NodePools: (stack, release) => new NodePools(stack, "it", { nodePools: {}, nodeClasses: {}, ...release }),
};

describe.each(Object.entries(CONSTRUCTS))("%s with a release that is newer than this project", (_, build) => {
  const warnings = (release: Release) => {
    const stack = readableStack();
    build(stack, release);
    return stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.map(({ data }) => data as unknown))
      .filter((data) => String(data).includes("karpenter-newer-version"));
  };

  test("is refused once, with the word that allows it", () => {
    expect(problemsOf((stack) => build(stack, { karpenterVersion: "1.16.0" }))).toEqual([REFUSED]);
    expect(warnings({ karpenterVersion: "1.16.0" })).toEqual([]);
  });

  test("is taken with that word, and warned of once", () => {
    const release = { karpenterVersion: "1.16.0", allowNewerKarpenterVersion: true };
    expect(problemsOf((stack) => build(stack, release))).toEqual([]);
    expect(warnings(release)).toEqual([WARNED]);
  });

  test("takes a later patch without it", () => {
    expect(problemsOf((stack) => build(stack, { karpenterVersion: "1.14.9" }))).toEqual([]);
    expect(warnings({ karpenterVersion: "1.14.9" })).toEqual([]);
  });

  test("does not take a word that is none", () => {
    const release = { karpenterVersion: "1.16.0", allowNewerKarpenterVersion: "true" as never };
    expect(problemsOf((stack) => build(stack, release))).toEqual([
      '"allowNewerKarpenterVersion" is "true", but must be true or false; write it without quotes',
    ]);
  });

  test.each(["1.8.4", "2.0.0", "1.16"])("refuses %s whatever is allowed, once", (karpenterVersion) => {
    const said = problemsOf((stack) => build(stack, { karpenterVersion, allowNewerKarpenterVersion: true }));
    expect(said).toEqual([expect.stringMatching(`^"karpenterVersion" is "${karpenterVersion}", but must `)]);
  });

  test("does not ask about a release that only Terraform knows", () => {
    expect(problemsOf((stack) => build(stack, { karpenterVersion: variable("version") }))).toEqual([]);
  });
});

describe("a newer release", () => {
  const charts = (release: Release) => {
    const stack = readableStack();
    CONSTRUCTS.Karpenter(stack, release);
    const { resource, data } = JSON.parse(Testing.synth(stack)) as Record<string, unknown>;
    return { resource: resource as { helm_release: Record<string, { version?: string }> }, data };
  };

  test.each([
    ["1.14.9", "1.14.3"],
    ["1.15.7", "1.15.1"],
    ["1.16.0", "1.15.1"],
  ])("%s makes what %s makes, but for the charts' version", (newer, known) => {
    const made = charts({ karpenterVersion: newer, allowNewerKarpenterVersion: true });
    const versions = Object.values(made.resource.helm_release).map(({ version }) => version);
    expect(versions.filter((version) => !/-content-/.test(String(version)))).toEqual([newer, newer]);
    expect(JSON.parse(JSON.stringify(made).replaceAll(newer, known))).toEqual(charts({ karpenterVersion: known }));
  });
});

describe("a release that is refused", () => {
  const NODE_OBJECTS = {
    nodePools: { default: { limits: { nodes: "3" }, terminationGracePeriod: "5m", replicas: 1 } },
    nodeClasses: { default: { amiAlias: "al2023@v20260714", kubelet: { maxPods: 20 }, instanceStorePolicy: "RAID0" } },
  } as const;

  test.each(["v1.14.3", "v0.35.0", "1.14", "latest", "", "2.0.0", "1.8.4", "0.35.3", "1.16.0"])(
    'is told of once: "%s"',
    (karpenterVersion) => {
      const more = { kubernetesVersion: "1.33", featureGates: { staticCapacity: true }, settings: { enableDRA: true } };
      const said = problemsOf(
        (stack) =>
          new Karpenter(stack, "it", {
            ...OWN,
            ...NODES,
            ...NODE_OBJECTS,
            ...more,
            oidcProviderArn: PROVIDER_ARN,
            karpenterVersion,
          }),
      );
      expect(said).toEqual([expect.stringMatching(`^"karpenterVersion" is "${karpenterVersion}", but must `)]);
    },
  );
});

describe("the published modules with a newer release", () => {
  const modules = publishedModules().filter(({ variables }) =>
    variables.some(({ name }) => name === "karpenter_version"),
  );

  /** The outputs' preconditions that speak of it. */
  const preconditions = (module: (typeof modules)[number]) =>
    Object.values(module.toModule().output as Record<string, { precondition?: { condition: string }[] }>)
      .flatMap(({ precondition }) => precondition ?? [])
      .filter(({ condition }) => condition.includes("allow_newer_karpenter_version"));

  test("are the root, six parts and the check of their inputs", () => {
    expect(modules.map(({ props }) => props.path)).toEqual([
      "",
      "modules/controller-identity",
      "modules/node-identity",
      "modules/interruption-queue",
      "modules/controller",
      "modules/node-pools",
      "modules/monitoring",
      "modules/input-check",
    ]);
  });

  // Whoever calls the check asks for that itself.
  test.each(
    modules
      .filter(({ props }) => props.path !== "modules/input-check")
      .map((module) => [module.props.path, module] as const),
  )("refuse it without the word: %s", (_, module) => {
    expect(preconditions(module)).toEqual([crossPrecondition(rule)]);
  });

  test.each(["0.37.8", "1.0.0", "1.14.9", "1.15.1", "1.16.0", "1.200.0", "2.0.0"])(
    "decide about %s at plan as at synth, in the same words",
    (karpenterVersion) => {
      const { condition, error_message } = crossPrecondition(rule);
      for (const allowNewerKarpenterVersion of [true, false]) {
        const values = { karpenterVersion, allowNewerKarpenterVersion };
        const scope = {
          var: { karpenter_version: karpenterVersion, allow_newer_karpenter_version: allowNewerKarpenterVersion },
        };
        expect(evaluate(condition, scope)).toBe(!breaks(rule, values));
        expect(evaluate(error_message, scope)).toBe(
          crossRefusal(rule, values)
            .replace("karpenterVersion", "karpenter_version")
            .replace("allowNewerKarpenterVersion", "allow_newer_karpenter_version"),
        );
      }
    },
  );

  const root = publishedModules()[0].toModule() as unknown as {
    readonly check: Record<string, { readonly assert: readonly { condition: string; error_message: string }[] }>;
    readonly module: Record<string, Record<string, unknown>>;
  };

  test.each([
    ["1.15.9", true, true],
    ["1.16.0", true, false],
    ["1.16.0", false, true],
  ])("warn of %s where that is allowed (%p) and not refused", (karpenter_version, allowed, passes) => {
    const scope = {
      var: { karpenter_version, allow_newer_karpenter_version: allowed, acknowledge_warnings: {} },
    };
    const [assertion] = root.check.karpenter_newer_version.assert;
    expect(evaluate(assertion.condition, scope)).toBe(passes);
    expect(evaluate(assertion.error_message, scope)).toBe(WARNED.replace("1.16.0", karpenter_version));
  });

  test("are told of it once: the root decides for its parts", () => {
    const asked = Object.values(root.module).filter(
      (call) => "karpenter_version" in call && call.source !== "./modules/input-check",
    );
    expect(asked.map((call) => call.allow_newer_karpenter_version)).toEqual([true, true, true, true, true, true]);
  });
});
