import type { MinorVersion } from "../../../lib/versions";
import { MINOR_VERSIONS, KARPENTER_VERSIONS } from "../../../lib/versions";

const FIRST_0 = 27;
const NEWEST = MINOR_VERSIONS[MINOR_VERSIONS.length - 1];
const numbers = (version: string): number[] => version.split(".").map(Number);
const inOrder = (versions: readonly string[]): string[] =>
  [...versions].sort((a, b) => {
    const [x, y] = [numbers(a), numbers(b)];
    return x[0] - y[0] || x[1] - y[1] || (x[2] ?? 0) - (y[2] ?? 0);
  });
const minorOf = (name: string) => MINOR_VERSIONS.find(({ minorVersion }) => minorVersion === name) as MinorVersion;

describe("the minor versions of Karpenter", () => {
  test("are all from 0.27 to 0.37 and from 1.0 on, oldest first", () => {
    const zero = Array.from({ length: 11 }, (_, index) => `0.${FIRST_0 + index}`);
    const one = Array.from({ length: MINOR_VERSIONS.length - zero.length }, (_, index) => `1.${index}`);
    expect(MINOR_VERSIONS.map(({ minorVersion }) => minorVersion)).toEqual([...zero, ...one]);
    expect(one.length).toBeGreaterThanOrEqual(16);
  });

  test("have their releases in order and none twice", () => {
    expect(KARPENTER_VERSIONS).toEqual(inOrder([...new Set(KARPENTER_VERSIONS)]));
  });

  test.each(MINOR_VERSIONS)(
    "$minorVersion holds releases of its own minor version only",
    ({ minorVersion, releases, yanked }) => {
      const all = [...releases, ...yanked.map(({ release }) => release)];
      expect(all.filter((release) => !release.startsWith(`${minorVersion}.`))).toEqual([]);
      expect(releases.length).toBeGreaterThan(0);
    },
  );

  test("end with the last patch that was published", () => {
    const newest = (names: readonly string[]) => names.map((name) => minorOf(name).releases.at(-1));
    expect(newest(["0.27", "0.31", "0.32", "0.33", "0.34", "0.35", "0.36", "0.37"])).toEqual(
      ["0.27.8", "0.31.5", "0.32.10", "0.33.12", "0.34.13", "0.35.12", "0.36.9", "0.37.8"], // prettier-ignore
    );
    expect(newest(["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"])).toEqual(
      ["1.0.14", "1.1.10", "1.2.8", "1.3.8", "1.4.4", "1.5.8", "1.6.8", "1.7.6"], // prettier-ignore
    );
    expect(newest(["1.8", "1.9", "1.10", "1.11", "1.12", "1.13", "1.14", "1.15"])).toEqual(
      ["1.8.8", "1.9.3", "1.10.2", "1.11.3", "1.12.2", "1.13.1", "1.14.3", "1.15.1"], // prettier-ignore
    );
  });

  test("leave out what was never published, and what was yanked", () => {
    for (const release of ["0.27.7", "0.34.4", "0.35.3", "1.8.0", "1.8.4"]) {
      expect(KARPENTER_VERSIONS).not.toContain(release);
    }
    expect(MINOR_VERSIONS.flatMap(({ yanked }) => yanked.map(({ release }) => release))).toEqual(["1.8.0", "1.8.4"]);
  });

  test("offer a release that may be taken instead of a yanked one", () => {
    const instead = MINOR_VERSIONS.flatMap(({ yanked }) => yanked.map((release) => release.instead));
    expect(instead.filter((release) => !KARPENTER_VERSIONS.includes(release))).toEqual([]);
  });

  test.each([
    ["0.27", "v1alpha5"],
    ["0.31", "v1alpha5"],
    ["0.32", "v1beta1"],
    ["0.37", "v1beta1"],
    ["1.0", "v1"],
    ["1.15", "v1"],
  ])("write NodePools of Karpenter %s as %s", (minorVersion, apiVersion) => {
    expect(minorOf(minorVersion).apiVersion).toBe(apiVersion);
  });

  test.each(MINOR_VERSIONS)(
    "$minorVersion has the API of its apiVersion among its custom resources",
    ({ apiVersion, crds }) => {
      const kinds = Object.values(crds).flatMap((resources) =>
        resources.map(({ kind, stored }) => `${kind} ${stored}`),
      );
      expect(kinds).toContain(
        { v1alpha5: "Provisioner v1alpha5", v1beta1: "NodePool v1beta1", v1: "NodePool v1" }[apiVersion],
      );
      expect(Object.keys(crds)).toContain("0");
    },
  );

  test("have charts with a v up to 0.34", () => {
    const withV = MINOR_VERSIONS.filter(({ chart }) => chart.versionPrefix === "v").map(
      ({ minorVersion }) => minorVersion,
    );
    expect(withV).toEqual(["0.27", "0.28", "0.29", "0.30", "0.31", "0.32", "0.33", "0.34"]);
  });

  test("are supported to the end of their long term, until the next appears, or no longer", () => {
    expect([minorOf("1.9").support, minorOf("1.14").support]).toEqual([
      { longTermUntil: "February 2027" },
      { longTermUntil: "July 2027" },
    ]);
    const others = MINOR_VERSIONS.filter(({ support }) => typeof support === "string");
    expect(others.filter(({ support }) => support === "current")).toEqual([NEWEST]);
    expect(others.length).toBe(MINOR_VERSIONS.length - 2);
  });

  test("know EKS Pod Identity from 0.34 on", () => {
    const first = MINOR_VERSIONS.findIndex(({ podIdentity }) => podIdentity);
    expect(MINOR_VERSIONS[first].minorVersion).toBe("0.34");
    expect(MINOR_VERSIONS.slice(first).every(({ podIdentity }) => podIdentity)).toBe(true);
  });
});

describe("the charts' values", () => {
  const settings = (minorVersion: string) => minorOf(minorVersion).chart.settings;
  const gates = (minorVersion: string) =>
    Object.fromEntries(
      Object.entries(minorOf(minorVersion).chart.featureGates).map(([name, { key, default: value }]) => [
        key ?? name,
        value,
      ]),
    );

  test("have settings under aws up to 0.31", () => {
    expect(settings("0.31").interruptionQueue).toMatchObject({ key: "aws.interruptionQueueName" });
    expect(settings("0.32").interruptionQueue.key).toBeUndefined();
    expect(settings("0.32").defaultInstanceProfile).toMatchObject({ key: "aws.defaultInstanceProfile" });
    expect(settings("0.33").defaultInstanceProfile).toBeUndefined();
  });

  test.each([
    ["nodeNameConvention", "0.27", "0.27"],
    ["reservedENIs", "0.28", NEWEST.minorVersion],
    ["clusterCABundle", "0.30", NEWEST.minorVersion],
    ["assumeRoleARN", "0.30", "0.37"],
    ["eksControlPlane", "1.1", NEWEST.minorVersion],
    ["preferencePolicy", "1.4", NEWEST.minorVersion],
    ["minValuesPolicy", "1.6", NEWEST.minorVersion],
    ["disableDryRun", "1.6", NEWEST.minorVersion],
    ["ignoreDRARequests", "1.8", NEWEST.minorVersion],
    ["enableZonalShift", "1.12", NEWEST.minorVersion],
    ["amiRefreshInterval", "1.13", NEWEST.minorVersion],
    ["enableDRA", "1.15", NEWEST.minorVersion],
  ])("have the setting %s from %s to %s", (name, first, last) => {
    const knowing = MINOR_VERSIONS.filter(({ chart }) => name in chart.settings).map(
      ({ minorVersion }) => minorVersion,
    );
    expect([knowing[0], knowing.at(-1)]).toEqual([first, last]);
  });

  test.each([
    ["0.27", { driftEnabled: false }],
    ["0.32", { drift: false }],
    ["0.33", { drift: true }],
    ["0.37", { drift: true, spotToSpotConsolidation: false }],
    ["1.0", { spotToSpotConsolidation: false }],
    ["1.1", { spotToSpotConsolidation: false, nodeRepair: false }],
    ["1.5", { spotToSpotConsolidation: false, nodeRepair: false, reservedCapacity: false }],
    ["1.6", { spotToSpotConsolidation: false, nodeRepair: false, reservedCapacity: true }],
    [
      "1.13",
      {
        spotToSpotConsolidation: false,
        nodeRepair: false,
        reservedCapacity: true,
        nodeOverlay: false,
        staticCapacity: false,
      },
    ],
  ])("have the feature gates of Karpenter %s", (minorVersion, expected) => {
    expect(gates(minorVersion)).toEqual(expected);
  });

  test("have a webhook up to 1.0, which is on or off by the patch", () => {
    const enabled = (minorVersion: string) => minorOf(minorVersion).chart.webhook?.enabled;
    expect(["0.31", "0.32", "0.33", "1.0", "1.1"].map(enabled)).toEqual([
      { 0: undefined },
      { 0: true },
      { 0: false, 8: true },
      { 0: true },
      undefined,
    ]);
  });

  test("do not hand a patch on to the next minor version", () => {
    expect(settings("1.6").disableDryRun.fromPatch).toBe(2);
    expect(settings("1.7").disableDryRun.fromPatch).toBeUndefined();
  });
});

describe.each(MINOR_VERSIONS)(
  "what Karpenter $minorVersion needs",
  ({ minorVersion, controllerPolicies, nodePolicies }) => {
    const statements = Object.values(controllerPolicies).flatMap((policy) => Object.entries(policy));
    const sorted = (values: readonly string[]) => [...values].sort();
    const minor = numbers(minorVersion)[0] === 0 ? -1 : numbers(minorVersion)[1];

    test("is split into policies of the same names, with zonal shift from 1.12 on", () => {
      expect(sorted(Object.keys(controllerPolicies))).toEqual(
        sorted([
          "node-lifecycle",
          "iam-integration",
          "eks-integration",
          "interruption",
          "resource-discovery",
          ...(minor >= 12 ? ["zonal-shift"] : []),
        ]),
      );
    });

    test("gives every statement a name that IAM takes, and none to two", () => {
      const sids = statements.map(([sid]) => sid);
      expect(sids.filter((sid) => !/^[0-9A-Za-z]+$/.test(sid))).toEqual([]);
      expect(new Set(sids).size).toBe(sids.length);
    });

    test("has actions and resources in order, each once, and no action with a wildcard", () => {
      const bad = statements.filter(([, { actions, resources }]) =>
        [actions, resources].some(
          (list) =>
            list.length === 0 || sorted([...new Set(list)]).join() !== list.join() || actions.join().includes("*"),
        ),
      );
      expect(bad).toEqual([]);
    });

    test("names no partition, region or account of its own", () => {
      const arns = statements
        .flatMap(([, { resources }]) => resources)
        .filter((resource) => resource.startsWith("arn:"));
      expect(arns.filter((arn) => !arn.startsWith("arn:{partition}:"))).toEqual([]);
    });

    test("has placeholders only that the library fills", () => {
      const known = [
        "{account}",
        "{amiParameters}",
        "{cluster}",
        "{ec2InRegion}",
        "{ec2}",
        "{nodeRoles}",
        "{partition}",
        "{queueKey}",
        "{queue}",
        "{region}",
        "{volumeKeys}",
      ];
      const placeholders = JSON.stringify(statements).match(/\{\w+\}/g) ?? [];
      expect(placeholders.filter((placeholder) => !known.includes(placeholder))).toEqual([]);
    });

    test("gives nodes four managed policies, for pulling images only from 1.4 on", () => {
      expect(nodePolicies).toEqual([
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        `AmazonEC2ContainerRegistry${minor >= 4 ? "PullOnly" : "ReadOnly"}`,
        "AmazonSSMManagedInstanceCore",
      ]);
    });
  },
);
