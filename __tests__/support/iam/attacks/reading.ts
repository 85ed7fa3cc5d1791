import type { Place } from "../calls";
import { ask } from "../calls";
import { onQueue } from "../everyday-calls";
import type { Installation } from "../installation";
import { alsoAllowing, granting, onAnything, without, withoutStatement } from "../loosening";
import type { Attack } from "./attack";
import { attack, inCase } from "./attack";

const QUEUE = "AllowInterruptionQueueActions";
const CLUSTER = "AllowAPIServerEndpointDiscovery";
const PARAMETERS = "AllowSSMReadActions";
const KEY = "AllowInterruptionQueueDecryption";
const REGION = "AllowRegionalReadActions";
const SHIFT = "AllowZonalShiftStatusReadOnly";

const OTHER_ACCOUNT = "444455556666";

/** Queues, clusters, parameters and keys that are not the installation's, and more than reading of its own. */
export function reading(installation: Installation): readonly Attack[] {
  const { place, cluster, queueArn, queueKeyArn, karpenterVersion } = installation;
  const { partition, region, accountId } = place;
  const elsewhere: Place = { ...place, region: "us-west-2" };
  const in_ = (arn: string, from: string, to: string) => arn.replace(from, to);
  const clusterArn = `arn:${partition}:eks:${region}:${accountId}:cluster/${cluster}`;
  const parameter = (path: string, account = "", from = region) =>
    `arn:${partition}:ssm:${from}:${account}:parameter/${path}`;
  const queues = {
    "another queue": `${queueArn.slice(0, queueArn.lastIndexOf(":"))}:other-karpenter`,
    "a queue of a longer name": `${queueArn}-2`,
    "a queue of its name in another region": in_(queueArn, region, "us-west-2"),
    "a queue of its name in another account": in_(queueArn, accountId, OTHER_ACCOUNT),
  };
  const clusters = {
    "another cluster": `${clusterArn}-2`,
    "a cluster of its name in another region": in_(clusterArn, region, "us-west-2"),
    "a cluster of its name in another account": in_(clusterArn, accountId, OTHER_ACCOUNT),
  };
  const parameters = {
    "a parameter of the account": parameter("database/password", accountId),
    "a parameter of the account that is named like one of AWS": parameter("aws/service/mine", accountId),
    "a secret by its parameter": parameter("aws/reference/secretsmanager/database", accountId),
    "a parameter of AWS that is no service's": parameter("aws/other"),
    "a parameter of another region": parameter("aws/service/eks/optimized-ami", "", "us-west-2"),
  };
  const keys = {
    "another key": in_(queueKeyArn, "1234abcd", "5678abcd"),
    "a key of another account": in_(queueKeyArn, accountId, OTHER_ACCOUNT),
    "a key of another region": in_(queueKeyArn, region, "us-west-2"),
  };
  const on = (arns: Readonly<Record<string, string>>, verb: string, action: string, sid: string): Attack[] =>
    Object.entries(arns).map(([name, arn]) => attack(`${verb} ${name}`, [ask(place, action, arn)], onAnything(sid)));
  const also = (name: string, action: string, arn: string, sid: string): Attack =>
    attack(name, [ask(place, action, arn)], alsoAllowing([action], sid));

  return [
    ...on(queues, "reading", "sqs:ReceiveMessage", QUEUE),
    ...on(queues, "deleting messages of", "sqs:DeleteMessage", QUEUE),
    also("sending to its queue", "sqs:SendMessage", queueArn, QUEUE),
    also("emptying its queue", "sqs:PurgeQueue", queueArn, QUEUE),
    also("changing its queue", "sqs:SetQueueAttributes", queueArn, QUEUE),
    attack(
      "reading its queue without TLS",
      onQueue(place, "ReceiveMessage", queueArn).map((request) => ({
        ...request,
        context: { ...request.context, "aws:SecureTransport": "false" },
      })),
      withoutStatement("DenyHTTP"),
    ),
    ...on(clusters, "looking at", "eks:DescribeCluster", CLUSTER),
    also("changing its cluster", "eks:UpdateClusterConfig", clusterArn, CLUSTER),
    also("letting someone into its cluster", "eks:CreateAccessEntry", clusterArn, CLUSTER),
    ...on(parameters, "reading", "ssm:GetParameter", PARAMETERS),
    also("writing a parameter", "ssm:PutParameter", parameter("aws/service/x"), PARAMETERS),
    ...on(keys, "decrypting with", "kms:Decrypt", KEY),
    also("handing its key to others", "kms:CreateGrant", queueKeyArn, KEY),
    attack(
      "looking at instances of another region",
      [ask(elsewhere, "ec2:DescribeInstances", "*")],
      without("aws:RequestedRegion", REGION),
    ),
    ...inCase(/^1\.1[3-9]/.test(karpenterVersion), () => [
      attack(
        "looking at zonal shifts of another cluster",
        [
          ask(place, "arc-zonal-shift:GetManagedResource", "*", {
            "arc-zonal-shift:ResourceIdentifier": `${clusterArn}-2`,
          }),
        ],
        without("arc-zonal-shift:ResourceIdentifier", SHIFT),
      ),
      attack(
        "shifting its cluster away from a zone",
        [ask(place, "arc-zonal-shift:StartZonalShift", "*", { "arc-zonal-shift:ResourceIdentifier": clusterArn })],
        alsoAllowing(["arc-zonal-shift:StartZonalShift"], SHIFT),
      ),
    ]),
    attack(
      "reading a secret",
      [
        ask(
          place,
          "secretsmanager:GetSecretValue",
          `arn:${partition}:secretsmanager:${region}:${accountId}:secret:database`,
        ),
      ],
      granting(place.principal.id, { Effect: "Allow", Action: "secretsmanager:*", Resource: "*" }),
    ),
  ];
}
