import { maySend } from "../../../../cli/doctor/aws/queue-policy";

const SENDING = {
  queueArn: "arn:aws:sqs:eu-north-1:123456789012:q",
  ruleArn: "arn:aws:events:eu-north-1:123456789012:rule/r",
};
const ALLOW = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage" };
const INSECURE = {
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

test.each<[string, object[], string]>([
  ["nothing", [], "no"],
  ["the service and the action", [ALLOW], "yes"],
  ["all actions, of everybody", [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "SQS:*" }], "yes"],
  ["another service", [{ ...ALLOW, Principal: { Service: ["sqs.amazonaws.com"] } }], "no"],
  ["another action", [{ ...ALLOW, Action: ["sqs:ReceiveMessage"] }], "no"],
  ["another queue", [{ ...ALLOW, Resource: `${SENDING.queueArn}2` }], "no"],
  ["the rule", [{ ...ALLOW, Condition: { ArnEquals: { "aws:SourceArn": [SENDING.ruleArn, "x"] } } }], "yes"],
  ["another rule", [{ ...ALLOW, Condition: { ArnLike: { "AWS:SourceArn": "arn:*:rule/other" } } }], "no"],
  ["the account", [{ ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } }], "yes"],
  ["another account", [{ ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": "210987654321" } } }], "no"],
  ["an organization", [{ ...ALLOW, Condition: { StringEquals: { "aws:SourceOrgID": "o-1" } } }], "maybe"],
  ["TLS alone", [ALLOW, INSECURE], "yes"],
  ["nobody", [ALLOW, { ...INSECURE, Condition: undefined }], "no"],
  ["not some", [ALLOW, { ...INSECURE, Condition: { StringNotEquals: { "aws:SourceVpce": "v" } } }], "maybe"],
])("a policy that lets in %s answers a rule", (_, Statement, answer) => {
  expect(maySend(JSON.stringify({ Statement }), SENDING)).toBe(answer);
});
