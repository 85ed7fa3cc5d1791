import { stepsBetween, upgrade, upgradeAsMarkdown, upgradeAsText } from "../../../cli/upgrade/upgrade";
import { KARPENTER_VERSIONS, MINOR_VERSIONS, newestOf } from "../../../lib/versions";

const lines = (from: string, to: string, title: string, kubernetesVersion?: string) =>
  upgrade({ from, to, kubernetesVersion }).find((section) => section.title === title)?.lines ?? [];

describe("the steps of an upgrade", () => {
  test.each([
    ["1.9.3", "1.14.3", ["1.14.3"]],
    ["1.0.8", "1.15.1", ["1.15.1"]],
    ["0.37.8", "1.0.14", ["1.0.14"]],
    ["0.37.8", "1.14.3", ["1.0.14", "1.14.3"]],
    ["0.35.0", "1.14.3", ["0.37.8", "1.0.14", "1.14.3"]],
    ["0.32.1", "1.0.8", ["0.37.8", "1.0.8"]],
    ["0.27.6", "1.14.3", ["0.32.10", "0.37.8", "1.0.14", "1.14.3"]],
    ["0.27.6", "0.31.5", ["0.31.5"]],
  ])("from %s to %s leave out none that objects need to be read", (from, to, steps) => {
    expect(stepsBetween(from, to)).toEqual(steps);
  });

  test("end at the release that is wanted, from every release and in ascending order", () => {
    const to = newestOf(MINOR_VERSIONS[MINOR_VERSIONS.length - 1]);
    for (const from of KARPENTER_VERSIONS.filter((release) => release !== to)) {
      const steps = stepsBetween(from, to);
      expect(steps.at(-1)).toBe(to);
      expect(new Set(steps).size).toBe(steps.length);
      expect(steps).not.toContain(from);
    }
  });
});

describe("what changes", () => {
  test("is told of permissions: what is granted, what is taken away, and what is narrower", () => {
    const permissions = lines("0.37.8", "1.14.3", "Permissions of the controller");
    expect(permissions).toContainEqual(
      expect.stringMatching(/^\+ AllowZonalShiftStatusReadOnly: arc-zonal-shift:GetManagedResource\. /),
    );
    expect(permissions).toContainEqual(
      expect.stringMatching(
        /^~ AllowRegionalReadActions: .*\+ ec2:DescribeCapacityReservations.*- ec2:DescribeAvailabilityZones/,
      ),
    );
    expect(lines("1.14.3", "1.15.1", "Permissions of the controller")).toEqual([
      "+ AllowScopedReboot: ec2:RebootInstances, with awsFeatureGates: { rebootForRepair: true }. Reboots the cluster's own nodes to repair them.",
    ]);
  });

  test("is told of policies of nodes, events, custom resources and gates", () => {
    expect(lines("1.3.3", "1.4.4", "Policies of nodes")).toEqual([
      "+ AmazonEC2ContainerRegistryPullOnly",
      "- AmazonEC2ContainerRegistryReadOnly",
    ]);
    expect(lines("1.9.3", "1.10.2", "Events that the queue gets")).toEqual(["+ capacity-reservation-interruption"]);
    expect(lines("0.37.8", "1.1.0", "Custom resources")).toContain("NodePool: v1beta1, v1 → v1");
    expect(lines("1.14.3", "1.15.1", "Feature gates")).toContain("+ terminateFirstDrift");
  });

  test("is held against the cluster's Kubernetes at each step", () => {
    expect(lines("0.37.8", "1.14.3", "Kubernetes", "1.25")).toEqual([
      "1.0.14: 1.25 to 1.31",
      "1.14.3: 1.26 to 1.36, which 1.25 is not in",
    ]);
  });

  test("is nothing but the step and what holds for it between two patches", () => {
    expect(upgrade({ from: "1.14.0", to: "1.14.3" }).map(({ title }) => title)).toEqual([
      "Steps",
      "Kubernetes",
      "Support",
    ]);
  });

  test("stands in Markdown and for a terminal", () => {
    const options = { from: "1.14.0", to: "1.14.3" };
    expect(upgradeAsMarkdown(options, upgrade(options))).toMatch(
      /^# Karpenter 1\.14\.0 → 1\.14\.3\n\n## Steps\n\n- `1\.14\.0 → 1\.14\.3`\n\n/,
    );
    expect(upgradeAsText(options, upgrade(options))).toMatch(
      /^Karpenter 1\.14\.0 → 1\.14\.3\n\nSteps\n {2}1\.14\.0 → 1\.14\.3\n\n/,
    );
  });
});
