/** What AWS would ask IAM about the calls that the controller made, and what of it the policies that were applied refuse. */
import type { Account } from "../../__tests__/support/iam/account";
import { refusals } from "../../__tests__/support/iam/account";
import type { Existing, Launch, Place, Tags } from "../../__tests__/support/iam/calls";
import {
  ask,
  createFleet,
  createLaunchTemplate,
  onExisting,
  onProfile,
  runInstances,
  tag,
} from "../../__tests__/support/iam/calls";
import type { AccessRequest } from "../../__tests__/support/iam/simulator";
import type { Inventory } from "../cloud/inventory";
import type { LocalAws, RecordedCall } from "../cloud/local-aws";

type Parameters = Readonly<Record<string, unknown>>;

interface TagSpecification {
  readonly ResourceType: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Kinds of EC2's resources by how their ids begin. */
const KINDS: Readonly<Record<string, string>> = {
  ami: "image",
  i: "instance",
  lt: "launch-template",
  sg: "security-group",
  snap: "snapshot",
  subnet: "subnet",
  vol: "volume",
};

/** What a controller does between the first pod of a node and its last. */
export const LIFE_OF_A_NODE = [
  "ec2:CreateFleet",
  "ec2:CreateLaunchTemplate",
  "ec2:CreateTags",
  "ec2:DescribeInstances",
  "ec2:RunInstances",
  "ec2:TerminateInstances",
  "eks:DescribeCluster",
  "iam:PassRole",
  "sqs:ReceiveMessage",
  "ssm:GetParameter",
];

/** The account's policies, as IAM and SQS have them. */
export function accountOf({ roles, policies, queues }: Inventory): Account {
  const attached = new Map(policies.map(({ arn, document }) => [arn, document.Statement]));
  return {
    identities: Object.fromEntries(
      roles.map(({ arn, attachedPolicies, inlinePolicies }) => [
        arn,
        [
          ...attachedPolicies.flatMap((policy) => attached.get(policy) ?? []),
          ...Object.values(inlinePolicies).flatMap(({ document }) => document.Statement),
        ],
      ]),
    ),
    resources: Object.fromEntries(queues.map(({ arn, policy }) => [arn, policy?.Statement ?? []])),
  };
}

/** What a role did, as `ec2:CreateFleet`, and what of it the policies do not allow. */
export function authorized(
  aws: LocalAws,
  account: Account,
  roleArn: string,
): { readonly actions: readonly string[]; readonly refused: readonly string[] } {
  const calls = aws.calls.filter(({ role }) => role === roleArn);
  const questions = calls.flatMap((call) => questionsOf(call, aws.accountId));
  return {
    actions: [...new Set(questions.map(({ action }) => action))].sort(),
    refused: [...new Set(refusals(account, questions))],
  };
}

/** What AWS asks about a call. The local cloud answers without TLS; AWS's own endpoints, which stand in its place, do not. */
function questionsOf(call: RecordedCall, accountId: string): readonly AccessRequest[] {
  const place: Place = {
    partition: call.role.split(":")[1],
    region: call.region,
    accountId,
    principal: { type: "AWS", id: call.role },
  };
  const parameters = call.parameters as Parameters;
  const action = `${call.service}:${call.action}`;
  const questions = QUESTIONS[action];
  if (questions !== undefined) {
    return questions(place, parameters, call);
  }
  if (action.startsWith("ec2:Describe")) {
    return [ask(place, action, "*")];
  }
  throw new Error(`the controller called ${action}; say in ${__filename} what AWS asks about it`);
}

type Questions = (place: Place, parameters: Parameters, call: RecordedCall) => readonly AccessRequest[];

const onOwnProfile: Questions = (place, { InstanceProfileName: name, Tags, RoleName, Path = "/" }, call) => {
  const existing = call.profiles[String(name)];
  const path = existing?.arn.replace(/^.*:instance-profile\//, "") ?? `${String(Path).slice(1)}${String(name)}`;
  const roleArn =
    RoleName === undefined ? undefined : `arn:${place.partition}:iam::${place.accountId}:role/${String(RoleName)}`;
  return onProfile(
    place,
    `iam:${call.action}`,
    { name: path, tags: existing?.tags },
    {
      tags: Tags === undefined ? undefined : tagsOf(Tags),
      roleArn: call.action.startsWith("Add") ? roleArn : undefined,
    },
  );
};

const onQueue: Questions = (place, { QueueUrl, QueueName }, call) => {
  const name =
    String(QueueName ?? QueueUrl)
      .split("/")
      .at(-1) ?? "";
  return [ask(place, `sqs:${call.action}`, `arn:${place.partition}:sqs:${place.region}:${place.accountId}:${name}`)];
};

const onInstances: Questions = (place, _, call) => onExisting(place, `ec2:${call.action}`, ...existing(call));

const QUESTIONS: Readonly<Record<string, Questions>> = {
  "ec2:CreateFleet": (place, parameters, call) => createFleet(place, launchOf(parameters, call)),
  "ec2:RunInstances": (place, parameters, call) => runInstances(place, launchOf(parameters, call)),
  "ec2:CreateLaunchTemplate": (place, { TagSpecifications }) =>
    createLaunchTemplate(place, specified(TagSpecifications)["launch-template"] ?? {}),
  "ec2:CreateTags": (place, { Tags }, call) => existing(call).flatMap((each) => tag(place, each, tagsOf(Tags))),
  "ec2:DeleteLaunchTemplate": (place, _, call) =>
    onExisting(place, "ec2:DeleteLaunchTemplate", ...existing(call).filter(({ type }) => type === "launch-template")),
  "ec2:TerminateInstances": onInstances,
  "ec2:RebootInstances": onInstances,
  "iam:AddRoleToInstanceProfile": onOwnProfile,
  "iam:CreateInstanceProfile": onOwnProfile,
  "iam:DeleteInstanceProfile": onOwnProfile,
  "iam:GetInstanceProfile": onOwnProfile,
  "iam:RemoveRoleFromInstanceProfile": onOwnProfile,
  "iam:TagInstanceProfile": onOwnProfile,
  "iam:ListInstanceProfiles": (place) => [ask(place, "iam:ListInstanceProfiles", "*")],
  "eks:DescribeCluster": (place, { name }) => [
    ask(
      place,
      "eks:DescribeCluster",
      `arn:${place.partition}:eks:${place.region}:${place.accountId}:cluster/${String(name)}`,
    ),
  ],
  "pricing:GetProducts": (place) => [ask(place, "pricing:GetProducts", "*")],
  "sqs:DeleteMessage": onQueue,
  "sqs:GetQueueUrl": onQueue,
  "sqs:ReceiveMessage": onQueue,
  // Parameters of AWS belong to no account.
  "ssm:GetParameter": (place, { Name }) => [
    ask(place, "ssm:GetParameter", `arn:${place.partition}:ssm:${place.region}::parameter${String(Name)}`),
  ],
};

/** A launch as its call and its launch templates say; an instance comes with a volume and a network interface. */
function launchOf(parameters: Parameters, call: RecordedCall): Launch {
  const all = [parameters, ...(call.templates as readonly Parameters[])];
  const profile = all
    .map(({ IamInstanceProfile }) => (IamInstanceProfile as { readonly Name?: string } | undefined)?.Name)
    .find((name) => name !== undefined);
  const made = Object.assign(
    { instance: {}, volume: {}, "network-interface": {} },
    ...all.map(({ TagSpecifications }) => specified(TagSpecifications)),
  ) as Readonly<Record<string, Tags>>;
  return {
    // The emulated AWS keeps the launch template's own tags among those of what is launched by it.
    made: Object.fromEntries(Object.entries(made).filter(([type]) => type !== "launch-template")),
    from: existing(call),
    roleArn: profile === undefined ? undefined : call.profiles[profile]?.roles[0],
  };
}

/** What a call names and is there already. */
function existing({ tags = {} }: RecordedCall): Existing[] {
  return Object.entries(tags).map(([id, tags]) => {
    const type = KINDS[id.slice(0, id.lastIndexOf("-"))];
    if (type === undefined) {
      throw new Error(`${id} is of a kind that ${__filename} does not know`);
    }
    return { type, id, tags };
  });
}

/** The tags of each kind of resource. */
function specified(specifications: unknown = []): Readonly<Record<string, Tags>> {
  return Object.fromEntries(
    (specifications as readonly TagSpecification[]).map(({ ResourceType, Tags }) => [ResourceType, tagsOf(Tags ?? [])]),
  );
}

function tagsOf(tags: unknown): Tags {
  return Object.fromEntries((tags as readonly { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
}
