/** What a queue's policy says of an EventBridge rule. */
import { isLike, listOf } from "../../policy-texts";

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Who sends where. */
export interface Sending {
  readonly queueArn: string;
  readonly ruleArn: string;
}

/** Whether the rule may send; `maybe` where that hangs on conditions that are not about rule, account or transport. */
export function maySend(policy: string | undefined, sending: Sending): "yes" | "no" | "maybe" {
  const { Statement: all = [] } = JSON.parse(policy ?? "{}") as {
    readonly Statement?: Statement | readonly Statement[];
  };
  const about = listOf(all).filter((statement) => isAbout(statement, sending));
  const answers = (effect: Statement["Effect"]): readonly (boolean | undefined)[] =>
    about.filter(({ Effect }) => Effect === effect).map(({ Condition = {} }) => holds(Condition, sending));
  const [allowed, denied] = [answers("Allow"), answers("Deny")];
  if (denied.includes(true) || !allowed.some((answer) => answer !== false)) {
    return "no";
  }
  return allowed.includes(true) && !denied.includes(undefined) ? "yes" : "maybe";
}

function isAbout({ Principal, Action = [], Resource = "*" }: Statement, { queueArn }: Sending): boolean {
  const services =
    typeof Principal === "object" && Principal !== null ? (Principal as { Service?: unknown }).Service : [];
  const everybody = Principal === "*" || JSON.stringify(Principal) === '{"AWS":"*"}';
  return (
    (everybody || listOf(services).includes("events.amazonaws.com")) &&
    listOf(Action).some((action) => isLike("sqs:sendmessage", action.toLowerCase())) &&
    listOf(Resource).some((resource) => isLike(queueArn, resource))
  );
}

/** Whether all conditions hold; undefined where one is not known here. */
function holds(conditions: NonNullable<Statement["Condition"]>, { ruleArn }: Sending): boolean | undefined {
  const known: Readonly<Record<string, string>> = {
    "aws:sourcearn": ruleArn,
    "aws:sourceaccount": ruleArn.split(":")[4],
    "aws:securetransport": "true",
  };
  const answers = Object.entries(conditions).flatMap(([test, variables]) =>
    Object.entries(variables).map(([variable, values]) => {
      const value = known[variable.toLowerCase()];
      return value === undefined ? undefined : passes(test, value, listOf(values));
    }),
  );
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

function passes(test: string, value: string, values: readonly unknown[]): boolean | undefined {
  switch (test.replace(/IfExists$/, "")) {
    case "ArnEquals":
    case "ArnLike":
    case "StringLike":
      return values.some((pattern) => isLike(value, String(pattern)));
    case "StringEquals":
    case "Bool":
      return values.some((wanted) => String(wanted) === value);
    default:
      return undefined;
  }
}
