import {
  ControllerPolicies,
  DEFAULT_KARPENTER_VERSION,
  interruptionEventRules,
  KARPENTER_LINES,
  KARPENTER_VERSIONS,
  karpenterLine,
  karpenterVersion,
} from "../../../lib/versions";

const parts = (version: string): number[] => version.split(".").map(Number);

function statementsOf(policies: ControllerPolicies) {
  return Object.values(policies).flat();
}

function sorted(values: readonly string[]): string[] {
  return [...values].sort();
}

describe("the supported lines of Karpenter", () => {
  test("hold the default version", () => {
    expect(KARPENTER_VERSIONS).toContain(DEFAULT_KARPENTER_VERSION);
    expect(DEFAULT_KARPENTER_VERSION).toBe("1.14.3");
  });

  test("default to the newest patch of its line", () => {
    expect(karpenterLine(DEFAULT_KARPENTER_VERSION).releases.at(-1)).toBe(DEFAULT_KARPENTER_VERSION);
  });

  test("have no release twice", () => {
    expect(new Set(KARPENTER_VERSIONS).size).toBe(KARPENTER_VERSIONS.length);
  });

  test("stand oldest first, as do their releases", () => {
    const ascending = [...KARPENTER_VERSIONS].sort((a, b) => {
      const [x, y] = [parts(a), parts(b)];
      return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
    });
    expect(KARPENTER_VERSIONS).toEqual(ascending);
  });

  test.each(KARPENTER_LINES)("$line holds releases of its own minor version only", ({ line, releases }) => {
    expect(releases.filter((release) => !release.startsWith(`${line}.`))).toEqual([]);
    expect(releases.length).toBeGreaterThan(0);
  });

  test.each(KARPENTER_VERSIONS)("%s belongs to the line of its minor version", (version) => {
    expect(karpenterLine(version).line).toBe(version.split(".").slice(0, 2).join("."));
  });

  test("an unknown release gets the default's line, as it is refused at synth anyway", () => {
    expect(karpenterLine("9.9.9")).toBe(karpenterLine(DEFAULT_KARPENTER_VERSION));
  });
});

describe("karpenterVersion", () => {
  test.each(KARPENTER_VERSIONS)("accepts %s", (version) => {
    expect(karpenterVersion.accepts(version)).toBe(true);
  });

  test.each(["", "1.14", "v1.14.3", "1.13.0", "0.37.0", "2.0.0", "latest"])('refuses "%s"', (version) => {
    expect(karpenterVersion.accepts(version)).toBe(false);
  });

  test("names every release that it knows", () => {
    expect(karpenterVersion.allowed).toBe(`one of ${KARPENTER_VERSIONS.map((version) => `"${version}"`).join(", ")}`);
  });
});

describe.each(KARPENTER_LINES)("what Karpenter $line needs", ({ controllerPolicies, eventRules, nodePolicies }) => {
  const statements = statementsOf(controllerPolicies);

  test("is split into the six policies of Karpenter's template", () => {
    expect(Object.keys(controllerPolicies)).toEqual([
      "node-lifecycle",
      "iam-integration",
      "eks-integration",
      "interruption",
      "zonal-shift",
      "resource-discovery",
    ]);
  });

  test("names no statement twice", () => {
    const sids = statements.map(({ sid }) => sid);
    expect(new Set(sids).size).toBe(sids.length);
  });

  test("gives every statement a name that IAM takes", () => {
    expect(statements.filter(({ sid }) => !/^[0-9A-Za-z]+$/.test(sid))).toEqual([]);
  });

  test("has its actions sorted, each once and without wildcards", () => {
    const unsorted = statements.filter(
      ({ actions }) =>
        sorted(actions).join() !== actions.join() ||
        new Set(actions).size !== actions.length ||
        actions.join().includes("*"),
    );
    expect(unsorted).toEqual([]);
  });

  test("names no partition, region or account of its own", () => {
    const arns = statements.flatMap(({ resources }) => resources).filter((resource) => resource.startsWith("arn:"));
    expect(arns.filter((arn) => !arn.startsWith("arn:{partition}:"))).toEqual([]);
  });

  test("has placeholders only that the library fills", () => {
    const placeholders = JSON.stringify(statements).match(/\{\w+\}/g) ?? [];
    expect(sorted([...new Set(placeholders)])).toEqual([
      "{account}",
      "{cluster}",
      "{nodeRoles}",
      "{partition}",
      "{queueKey}",
      "{queue}",
      "{region}",
    ]);
  });

  test("has an event rule for each kind of interruption", () => {
    expect(eventRules.map(({ id }) => id)).toEqual([
      "health",
      "spot-interruption",
      "rebalance",
      "instance-state-change",
      "capacity-reservation-interruption",
    ]);
    expect(eventRules).toBe(interruptionEventRules);
  });

  test("gives nodes the four managed policies, pulling images only", () => {
    expect(nodePolicies).toEqual([
      "AmazonEKSWorkerNodePolicy",
      "AmazonEKS_CNI_Policy",
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonSSMManagedInstanceCore",
    ]);
  });
});
