/** What EC2 does two minutes before it takes a spot instance back: it sends an event to the account's bus. */
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";

import type { Account } from "./account";

/** Sends the warning for an instance; rules and queues take it from there. */
export async function interruptSpot({ aws, clients }: Account, instanceId: string): Promise<void> {
  const sent = await clients.eventBridge.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: "aws.ec2",
          DetailType: "EC2 Spot Instance Interruption Warning",
          Detail: JSON.stringify({ "instance-id": instanceId, "instance-action": "terminate" }),
          Resources: [`arn:aws:ec2:${aws.region}:${aws.accountId}:instance/${instanceId}`],
        },
      ],
    }),
  );
  if (sent.FailedEntryCount !== 0) {
    throw new Error(`the bus refused the event: ${JSON.stringify(sent.Entries)}`);
  }
}
