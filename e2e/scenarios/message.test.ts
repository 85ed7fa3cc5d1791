/** Real messages on the local event bus: those that concern Karpenter's nodes arrive in the queue, and no others. */
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";

import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";

const ROOT = `
module "interruption_queue" {
  source       = "./karpenter/modules/interruption-queue"
  cluster_name = "prod"
}

output "url" { value = module.interruption_queue.interruption_queue_url }
`;

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
    const terraform: Terraform = await account.root(ROOT);
    await terraform.apply();
    queueUrl = String((await terraform.output()).url);
  });

  afterAll(async () => {
    await account?.close();
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
