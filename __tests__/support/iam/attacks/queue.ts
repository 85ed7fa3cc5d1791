import type { RequestContext } from "../conditions";
import type { Installation } from "../installation";
import { alsoAllowing, forAnyone, without, withoutStatement } from "../loosening";
import type { AccessRequest, Principal } from "../simulator";
import type { Attack } from "./attack";
import { attack } from "./attack";

const SENDING = "AllowEventBridgeRules";
const EVENTS: Principal = { type: "Service", id: "events.amazonaws.com" };

/** What SQS asks when one of the installation's rules sends; a key with an empty value is one that is not there. */
export function sending(
  { queueArn, eventRuleArns }: Installation,
  context: RequestContext = {},
  principal = EVENTS,
  action = "sqs:SendMessage",
): AccessRequest[] {
  const sent = { "aws:SourceArn": eventRuleArns[0], "aws:SecureTransport": "true", ...context };
  const given = Object.entries(sent).filter(([, value]) => value !== "");
  return [{ principal, action, resource: queueArn, context: Object.fromEntries(given) }];
}

/** Filling the queue from elsewhere, or over an open connection. */
export function intoTheQueue(installation: Installation): readonly Attack[] {
  const { eventRuleArns, place, partition } = installation;
  const [rule] = eventRuleArns;
  const sources = {
    "another rule": rule.replace(/rule\/.*/, "rule/other"),
    "a rule of a longer name": `${rule}-2`,
    "a rule of a shorter name": rule.slice(0, -1),
    "a rule on another bus": rule.replace("rule/", "rule/mine/"),
    "a rule of its name in another account": rule.replace(place.accountId, "444455556666"),
    "a rule of its name in another region": rule.replace(place.region, "us-west-2"),
    "a topic": `arn:${partition}:sns:${place.region}:${place.accountId}:topic`,
    "nothing that is named": "",
  };
  const services = ["sns.amazonaws.com", "sqs.amazonaws.com", "s3.amazonaws.com", "events.amazonaws.com.example"];
  const account: Principal = { type: "AWS", id: `arn:${partition}:iam::444455556666:role/someone` };
  return [
    ...Object.entries(sources).map(([name, arn]) =>
      attack(
        `sending to the queue from ${name}`,
        sending(installation, { "aws:SourceArn": arn }),
        without("aws:SourceArn", SENDING),
      ),
    ),
    ...services.map((id) =>
      attack(
        `sending to the queue as ${id} for its rule`,
        sending(installation, {}, { type: "Service", id }),
        forAnyone(SENDING),
      ),
    ),
    attack(
      "sending to the queue from another account",
      sending(installation, { "aws:SourceArn": "" }, account),
      forAnyone(SENDING),
      without("aws:SourceArn", SENDING),
    ),
    attack(
      "sending to the queue from its rule without TLS",
      sending(installation, { "aws:SecureTransport": "false" }),
      withoutStatement("DenyHTTP"),
    ),
    ...["sqs:ReceiveMessage", "sqs:PurgeQueue"].map((action) =>
      attack(`${action} by EventBridge`, sending(installation, {}, EVENTS, action), alsoAllowing([action], SENDING)),
    ),
  ];
}
