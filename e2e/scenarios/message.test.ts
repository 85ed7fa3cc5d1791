/** Real messages on the local event bus: those that concern Karpenter's nodes arrive in the queue, and no others. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";

import type { Terraform } from "../cloud/terraform";
import { Account, PREAMBLE } from "../support/account";
import { queueOf } from "../support/find";

const ROOT = `
module "interruption_queue" {
  source       = "./karpenter/modules/interruption-queue"
  cluster_name = "prod"
}

output "url" { value = module.interruption_queue.interruption_queue_url }
`;

/** The module as it was when the policy of the queue was a resource of its own. */
function ofBefore(main: string): string {
  const { resource, ...rest } = JSON.parse(main) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  const { policy, ...queue } = resource.aws_sqs_queue?.interruption ?? {};
  const document = /^\$\{(.+)\}$/.exec(String(policy))?.[1];
  const queuePolicy = {
    count: queue.count,
    queue_url: "${aws_sqs_queue.interruption[0].id}",
    policy: `\${jsonencode({ for key, value in jsondecode(${document}) : key => value if key != "Id" })}`,
  };
  const queues = { aws_sqs_queue: { interruption: queue }, aws_sqs_queue_policy: { interruption: queuePolicy } };
  return JSON.stringify({ ...rest, resource: { ...resource, ...queues } });
}

/** An event as EventBridge delivers it, in the parts that matter here. */
interface Event {
  readonly source: string;
  readonly "detail-type": string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const INSTANCE = { "instance-id": "i-0123456789abcdef0" };
const ec2 = (type: string, detail: Event["detail"] = INSTANCE): Event => ({
  source: "aws.ec2",
  "detail-type": type,
  detail,
});
const health = (service: string, eventTypeCategory: string): Event => ({
  source: "aws.health",
  "detail-type": "AWS Health Event",
  detail: { service, eventTypeCategory },
});

describe("an event on the default bus", () => {
  let account: Account;
  let queueUrl: string;
  let isDone: boolean;

  /** Puts an event on the bus and takes what has arrived out of the queue, as Karpenter does. */
  const sent = async ({ source, "detail-type": DetailType, detail }: Event): Promise<Event[]> => {
    const { eventBridge, sqs } = account.clients;
    const Entries = [{ Source: source, DetailType, Detail: JSON.stringify(detail) }];
    const put = await eventBridge.send(new PutEventsCommand({ Entries }));
    if (put.FailedEntryCount !== 0) {
      throw new Error(`the bus refused the event: ${JSON.stringify(put.Entries)}`);
    }
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
    );
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
    return Messages.map(({ Body }) => JSON.parse(Body ?? "") as Event);
  };

  beforeAll(async () => {
    account = await Account.open();
    let file = "";
    const terraform: Terraform = await account.rootOf((folder) => {
      file = join(folder, "karpenter/modules/interruption-queue/main.tf.json");
      return writeFile(join(folder, "main.tf"), `${PREAMBLE}\n${ROOT}`);
    });
    const main = await readFile(file, "utf8");
    await writeFile(file, ofBefore(main));
    await terraform.apply();
    await writeFile(file, main);
    await terraform.apply();
    isDone = await terraform.isPlanEmpty();
    queueUrl = String((await terraform.output()).url);
  });

  afterAll(async () => {
    await account?.close();
  });

  it("may come to a queue whose policy was a resource of its own, after one apply", async () => {
    const { policy } = queueOf(await account.inventory(), "prod-karpenter");
    expect(policy?.Statement.map(({ Sid }) => Sid).sort()).toEqual(["AllowEventBridgeRules", "DenyHTTP"]);
    expect(isDone).toBe(true);
  });

  it.each([
    [
      "a spot interruption",
      ec2("EC2 Spot Instance Interruption Warning", { ...INSTANCE, "instance-action": "terminate" }),
    ],
    ["a rebalance recommendation", ec2("EC2 Instance Rebalance Recommendation")],
    ["a state change", ec2("EC2 Instance State-change Notification", { ...INSTANCE, state: "stopping" })],
    ["a reclaimed capacity reservation", ec2("EC2 Capacity Reservation Instance Interruption Warning")],
    ["scheduled maintenance of EC2", health("EC2", "scheduledChange")],
  ])("arrives in the queue once: %s", async (_, event) => {
    expect(await sent(event)).toEqual([expect.objectContaining(event)]);
  });

  it.each([
    ["another event of EC2", ec2("EBS Volume Notification", { event: "createVolume" })],
    ["scheduled maintenance of another service", health("RDS", "scheduledChange")],
    ["an issue that is no scheduled change", health("EC2", "issue")],
    ["the same words from another source", { ...ec2("EC2 Spot Instance Interruption Warning"), source: "acme.ec2" }],
  ])("does not arrive: %s", async (_, event) => {
    expect(await sent(event)).toEqual([]);
  });
});
