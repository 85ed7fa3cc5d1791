import { publishedModules } from "../../modules";
import type { Scope } from "../support/hcl";
import { evaluate } from "../support/hcl";
import { ACCOUNT, REGION } from "../support/fixtures";

interface Precondition {
  readonly condition: string;
  readonly error_message: string;
}
type Blocks = Readonly<Record<string, Readonly<Record<string, { readonly count?: string }>>>>;

const modules = new Map(publishedModules().map((stack) => [stack.props.path, stack.toModule()]));
const PARTS = [
  "modules/controller-identity",
  "modules/fargate-profile",
  "modules/interruption-queue",
  "modules/node-identity",
];
const NOTHING = { partition: null, region: null, account_id: null, read_environment: true };
const ALL = { ...NOTHING, partition: "aws", region: REGION, account_id: ACCOUNT };
const OWN: Readonly<Record<string, object>> = {
  aws_partition: { partition: "aws" },
  aws_region: { id: REGION },
  aws_caller_identity: { account_id: ACCOUNT },
};

/** The module at plan: what it reads of the provider, what it takes for its environment, and what it refuses. */
function plan(path: string, inputs: Readonly<Record<string, unknown>>, own = OWN) {
  const { data, locals, output } = modules.get(path) as Record<string, unknown>;
  const given: Scope = { var: inputs };
  const sources = Object.entries(data as Blocks).filter(([type]) => type in OWN);
  const counts = Object.fromEntries(
    sources.map(([type, byName]) => {
      const { count } = Object.values(byName)[0];
      return [type, count === undefined ? undefined : evaluate(count, given)];
    }),
  );
  const scope: Scope = {
    ...given,
    data: Object.fromEntries(
      sources.map(([type, byName]) => [
        type,
        {
          [Object.keys(byName)[0]]:
            counts[type] === undefined ? own[type] : Array.from({ length: Number(counts[type]) }, () => own[type]),
        },
      ]),
    ),
  };
  const refusals = Object.values(output as Record<string, { precondition?: Precondition[] }>)
    .flatMap(({ precondition }) => precondition ?? [])
    .filter(({ error_message }) => error_message.includes("that of the AWS provider"))
    .filter(({ condition }) => evaluate(condition, scope) !== true)
    .map(({ error_message }) => evaluate(error_message, scope));
  const local = (name: string) => {
    const expression = (locals as Record<string, string | undefined>)[name];
    return expression === undefined ? undefined : evaluate(expression, scope);
  };
  return {
    read: Object.keys(counts).filter((type) => counts[type] !== 0),
    refusals,
    environment: [local("partition"), local("region"), local("account_id")],
  };
}

const REMEDY = "pass the provider of the cluster's region and account, providers = { aws = aws.<alias> }";
const hasAll = (path: string) => path !== "modules/node-identity";

describe.each(["", ...PARTS])('the module "%s"', (path) => {
  const region = hasAll(path) ? REGION : undefined;
  const account = hasAll(path) ? ACCOUNT : undefined;

  test("takes the provider's environment where it is told none", () => {
    expect(plan(path, NOTHING)).toMatchObject({ refusals: [], environment: ["aws", region, account] });
  });

  test("takes what it is told where that is the provider's", () => {
    expect(plan(path, ALL)).toMatchObject({ refusals: [], environment: ["aws", region, account] });
  });

  test("refuses another partition and another region than the provider's, with the way out", () => {
    const other = { ...OWN, aws_partition: { partition: "aws-cn" }, aws_region: { id: "cn-north-1" } };
    expect(plan(path, ALL, other).refusals).toEqual(
      [
        `"partition" is "aws", but must be "aws-cn", that of the AWS provider; ${REMEDY}, or correct "partition"`,
        `"region" is "${REGION}", but must be "cn-north-1", that of the AWS provider; ${REMEDY}, or correct "region"`,
      ].slice(0, hasAll(path) ? 2 : 1),
    );
  });
});

describe.each(["", ...PARTS.filter(hasAll)])('the module "%s"', (path) => {
  test("asks STS for the account, unless partition, region and account are all given", () => {
    const read = ["aws_caller_identity", "aws_partition", "aws_region"];
    for (const left of ["partition", "region", "account_id"]) {
      expect(plan(path, { ...ALL, [left]: null }).read.sort()).toEqual(read);
    }
    expect(plan(path, ALL).read.sort()).toEqual(read.slice(1));
  });

  test("refuses another account than the provider's where it asks for it", () => {
    const other = { ...OWN, aws_caller_identity: { account_id: "444455556666" } };
    expect(plan(path, { ...ALL, region: null }, other).refusals).toEqual([
      `"account_id" is "${ACCOUNT}", but must be "444455556666", that of the AWS provider; ${REMEDY}, or correct "account_id"`,
    ]);
  });
});

describe("the parts, called by the root module", () => {
  const calls = modules.get("")?.module as Record<string, Record<string, unknown>>;

  test.each(PARTS)("%s reads and compares nothing again", (path) => {
    const call = Object.values(calls).find(({ source }) => source === `./${path}`) as Record<string, unknown>;
    expect(call).toMatchObject({ partition: "${local.partition}", read_environment: false });
    const inputs = { ...ALL, read_environment: call.read_environment };
    const other = { aws_partition: { partition: "x" }, aws_region: { id: "x" }, aws_caller_identity: { id: "x" } };
    expect(plan(path, inputs, other)).toEqual({ read: [], refusals: [], environment: plan(path, ALL).environment });
  });

  test("need no other data source of the provider's environment", () => {
    const readers = [...modules]
      .filter(([, { data }]) => Object.keys(OWN).some((type) => type in ((data ?? {}) as object)))
      .map(([path]) => path);
    expect(readers.sort()).toEqual(["", ...PARTS]);
  });
});
