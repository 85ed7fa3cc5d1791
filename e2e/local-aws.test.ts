/** The local cloud itself: real Terraform and the real AWS provider make, keep and remove one of everything there. */
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { CreateAccessEntryCommand, DescribeAccessEntryCommand } from "@aws-sdk/client-eks";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";

import { awsClients, type AwsClients } from "./cloud/aws-clients";
import { awsResources, inventory, type Inventory } from "./cloud/inventory";
import { LocalAws } from "./cloud/local-aws";
import { makeNetwork, type Network } from "./cloud/network";
import { AwsProvider } from "./cloud/aws-provider";
import { Terraform } from "./cloud/terraform";

describe("the local AWS", () => {
  let aws: LocalAws;
  let clients: AwsClients;

  beforeAll(async () => {
    aws = await LocalAws.start();
    clients = awsClients(aws);
  });

  afterAll(async () => {
    clients?.destroy();
    await aws?.stop();
  });

  describe("with two clusters side by side", () => {
    let first: Network;
    let second: Network;

    beforeAll(async () => {
      await aws.reset();
      first = await makeNetwork(aws, clients, { clusterName: "first", subnets: 3 });
      second = await makeNetwork(aws, clients, { clusterName: "second", authenticationMode: "CONFIG_MAP" });
    });

    it("gives each cluster its own endpoint, issuer and zones", () => {
      expect(first.oidcIssuer).not.toBe(second.oidcIssuer);
      expect(first.clusterEndpoint).not.toBe(second.clusterEndpoint);
      expect(new Set(first.zones).size).toBe(3);
      expect(first.oidcProviderArn).toContain(`:oidc-provider/${first.oidcIssuer.replace("https://", "")}`);
    });

    it("answers with the errors of AWS", async () => {
      const entry = { clusterName: "first", principalArn: first.clusterRoleArn };
      await expect(clients.eks.send(new DescribeAccessEntryCommand(entry))).rejects.toMatchObject({
        name: "ResourceNotFoundException",
      });
      await clients.eks.send(new CreateAccessEntryCommand(entry));
      await expect(clients.eks.send(new CreateAccessEntryCommand(entry))).rejects.toMatchObject({
        name: "ResourceInUseException",
      });
      await expect(
        clients.eks.send(new CreateAccessEntryCommand({ ...entry, principalArn: `${first.clusterRoleArn}-no` })),
      ).rejects.toMatchObject({
        name: "InvalidParameterException",
        message: expect.stringContaining("invalid principal"),
      });
      await expect(
        clients.eks.send(new CreateAccessEntryCommand({ ...entry, clusterName: "second" })),
      ).rejects.toMatchObject({
        name: "InvalidRequestException",
        message: expect.stringContaining("authentication mode"),
      });
    });

    it("removes them without a trace", async () => {
      await first.destroy();
      await second.destroy();
      expect(await awsResources(clients)).toEqual([]);
    });
  });

  describe("under Terraform", () => {
    let folder: string;
    let provider: AwsProvider | undefined;
    let terraform: Terraform;
    let network: Network;
    let before: string[];
    let variables: Record<string, unknown>;
    let found: Inventory;

    beforeAll(async () => {
      await aws.reset();
      network = await makeNetwork(aws, clients, { clusterName: "other" });
      before = await awsResources(clients);
      variables = { name: "e2e", subnet_ids: network.subnetIds };
      folder = await mkdtemp(join(tmpdir(), "local-aws-test-"));
      await copyFile(join(__dirname, "fixtures/local-aws/main.tf"), join(folder, "main.tf"));
      provider = await AwsProvider.start(aws);
      terraform = await Terraform.in({
        folder,
        aws,
        provider,
        log: process.env.E2E_LOG ? (line) => process.stderr.write(`${line}\n`) : undefined,
      });
      await terraform.init();
    });

    afterAll(async () => {
      await terraform?.close();
      await provider?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    it("applies", async () => {
      await terraform.validate();
      expect(await terraform.stateList()).toEqual([]);
      const plan = await terraform.plan(variables);
      expect(plan.changes).toBeGreaterThan(15);
      await terraform.apply(variables);
      expect(await terraform.stateList()).toContain("aws_eks_fargate_profile.this");
      expect(await terraform.output()).toMatchObject({ account: `${aws.accountId}/${aws.region}` });
      found = await inventory(clients);
    });

    it("shows what was made", () => {
      const cluster = found.clusters.find(({ name }) => name === "e2e");
      expect(cluster).toMatchObject({
        authenticationMode: "API",
        fargateProfiles: [
          { name: "karpenter", status: "ACTIVE", selectors: [{ namespace: "karpenter" }], tags: { owner: "e2e" } },
        ],
        podIdentityAssociations: [{ namespace: "karpenter", serviceAccount: "karpenter" }],
      });
      expect(cluster?.accessEntries).toContainEqual({
        principalArn: expect.stringMatching(/:role\/e2e\/e2e-node$/) as string,
        type: "EC2_LINUX",
        username: "system:node:{{EC2PrivateDNSName}}",
        kubernetesGroups: ["system:nodes"],
        tags: { owner: "e2e" },
      });
      expect(found.roles.find(({ name }) => name === "e2e-fargate")).toMatchObject({
        path: "/e2e/",
        trust: { Statement: [{ Effect: "Allow", Principal: { Service: ["eks-fargate-pods.amazonaws.com"] } }] },
        attachedPolicies: ["arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"],
        tags: { owner: "e2e" },
      });
      expect(found.policies).toMatchObject([
        { name: "e2e", document: { Statement: [{ Action: ["ec2:Describe*"] }] }, size: 97 },
      ]);
      expect(found.instanceProfiles).toMatchObject([{ name: "e2e", roles: ["e2e-node"], tags: { owner: "e2e" } }]);
      expect(found.queues).toMatchObject([
        { name: "e2e", attributes: { MessageRetentionPeriod: "300" }, policy: { Statement: [{ Sid: "SendEvents" }] } },
      ]);
      expect(found.eventRules).toMatchObject([
        { name: "e2e", state: "ENABLED", pattern: { source: ["aws.ec2"] }, targets: [{ id: "karpenter" }] },
      ]);
      expect(found.subnets.map(({ tags }) => tags["karpenter.sh/discovery"])).toEqual(
        network.subnetIds.map(() => "e2e"),
      );
    });

    it("plans nothing the second time", async () => {
      expect(await terraform.isPlanEmpty(variables)).toBe(true);
    });

    it("delivers a spot interruption notice to the queue", async () => {
      const detail = { "instance-id": "i-0123456789abcdef0", "instance-action": "terminate" };
      await clients.eventBridge.send(
        new PutEventsCommand({
          Entries: [
            { Source: "aws.ec2", DetailType: "EC2 Spot Instance Interruption Warning", Detail: JSON.stringify(detail) },
            { Source: "aws.ec2", DetailType: "Something that no rule names", Detail: "{}" },
          ],
        }),
      );
      const QueueUrl = found.queues[0]?.url;
      const received = await clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
      );
      expect(received.Messages?.map(({ Body }) => JSON.parse(Body ?? "") as unknown)).toMatchObject([
        { source: "aws.ec2", detail },
      ]);
    });

    it("updates tags in place", async () => {
      const changed = { ...variables, tags: { owner: "someone else" } };
      const { json } = await terraform.plan(changed);
      const actions = (json.resource_changes ?? []).map(({ change }) => change.actions.join("+"));
      expect(actions).toContain("update");
      expect(actions.filter((action) => /create|delete/.test(action))).toEqual([]);
      await terraform.apply(changed);
      expect(await terraform.isPlanEmpty(changed)).toBe(true);
    });

    it("tells why a plan fails", async () => {
      expect(await terraform.planErrors({ ...variables, subnet_ids: "none" })).toMatch(/subnet_ids/);
      await expect(terraform.plan({ ...variables, subnet_ids: "none" })).rejects.toThrow(
        /terraform plan .* exit code 1[\s\S]*subnet_ids/,
      );
    });

    it("destroys everything it made and nothing else", async () => {
      await terraform.destroy(variables);
      expect(await terraform.stateList()).toEqual([]);
      expect(await awsResources(clients)).toEqual(before);
    });
  });
});
