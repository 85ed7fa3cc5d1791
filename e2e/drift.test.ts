/**
 * What is done by hand to an installation: the next plan shows exactly that, and the next apply repairs it, while nodes run.
 * docs/drift.md has the table; `DRIFT=write` writes it.
 */
import { DescribeInstancesCommand, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { factsOf } from "./changes/facts";
import { Installation } from "./changes/installation";
import { DELETED, type Drift, EDITED, type Hands, UNSEEN } from "./drift/cases";
import { askDoctor } from "./support/doctor";

const PAGE = join(__dirname, "../docs/drift.md");
/** The page's tables by their markers. */
const TABLES = { table: [...EDITED, ...DELETED], unseen: UNSEEN } as const;

describe("what is done by hand", () => {
  let installation: Installation;
  let hands: Hands;
  let instanceId: string;

  beforeAll(async () => {
    installation = await Installation.apply();
    const { account, cluster, network } = installation;
    hands = { clients: account.clients, kube: cluster.kube, subnetId: String(network.subnetIds[0]) };
    const { Instances = [] } = await hands.clients.ec2.send(
      new RunInstancesCommand({
        MinCount: 1,
        MaxCount: 1,
        ImageId: "ami-12c6146b",
        InstanceType: "m5.large",
        SubnetId: hands.subnetId,
        IamInstanceProfile: { Name: "prod-karpenter-instance-profile" },
      }),
    );
    instanceId = String(Instances[0]?.InstanceId);
  });

  afterAll(() => installation?.close());

  const facts = async (): Promise<string[]> => factsOf(await installation.plan()).sort();

  it.each<[string, readonly Drift[]]>([
    ["edited", EDITED],
    ["deleted", DELETED],
  ])("is what the next plan shows, and what the next apply repairs: %s", async (_, cases) => {
    for (const { by } of cases) {
      await by(hands);
    }
    expect(await facts()).toEqual(cases.flatMap((item) => item.facts).sort());
    await installation.apply();
    expect(await facts()).toEqual([]);
  });

  it("is not seen by a plan inside of a Helm release and beside what Terraform made; doctor finds the former", async () => {
    for (const { by } of UNSEEN) {
      await by(hands);
    }
    expect(await facts()).toEqual([]);
    const answer = await askDoctor({
      clusterName: "prod",
      args: ["--kubeconfig", hands.kube.kubeconfig],
      env: installation.account.aws.env(),
    });
    expect(
      answer
        .of("drift")
        .map(({ text }) => text.split(";")[0])
        .sort(),
    ).toEqual([
      "CustomResourceDefinition nodeoverlays.karpenter.sh of the release karpenter-crd is gone",
      "EC2NodeClass default of the release karpenter-node-pools is gone",
      'NodePool default of the release karpenter-node-pools was changed: spec.limits.cpu is "7", and was "100"',
    ]);
  });

  it("leaves the nodes that run", async () => {
    const { Reservations = [] } = await hands.clients.ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [instanceId] }),
    );
    expect(Reservations[0]?.Instances?.[0]?.State?.Name).toBe("running");
  });

  it("stands in docs/drift.md", async () => {
    const page = await readFile(PAGE, "utf8");
    const tables = Object.entries(TABLES).map(([marker, cases]) => ({ place: placeOf(marker), text: tableOf(cases) }));
    if (process.env.DRIFT === "write") {
      await writeFile(
        PAGE,
        tables.reduce((text, { place, text: table }) => text.replace(place, () => table), page),
      );
    } else {
      expect(tables.map(({ place }) => place.exec(page)?.[0])).toEqual(tables.map(({ text }) => text));
    }
  });
});

const placeOf = (marker: string): RegExp =>
  new RegExp(`(?<=<!-- ${marker} -->\\n\\n)[^]*?\\n(?=\\n<!-- /${marker} -->)`);

function tableOf(cases: readonly Drift[]): string {
  const rows = cases.map(({ object, done, facts }) =>
    facts.length === 0
      ? `| ${object} | ${done} |`
      : `| ${object} | ${done} | ${facts.map((fact) => fact.replace(/^(\S+):/, "`$1`:")).join("<br>")} |`,
  );
  const head = cases.some(({ facts }) => facts.length > 0)
    ? ["| Object | By hand | The next plan |", "| --- | --- | --- |"]
    : ["| Object | By hand |", "| --- | --- |"];
  return `${[...head, ...rows].join("\n")}\n`;
}
