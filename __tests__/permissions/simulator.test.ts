import fc from "fast-check";
import type { Conditions, RequestContext } from "../support/iam/conditions";
import { holdsAll, matchesArn, matchesText } from "../support/iam/conditions";
import type { AccessRequest, PolicyStatement } from "../support/iam/simulator";
import { isAllowed } from "../support/iam/simulator";

const holds = (conditions: Conditions, context: RequestContext) => holdsAll(conditions, context);

describe("a condition", () => {
  const key = "aws:RequestTag/team";
  /** Operator, wanted value, a value that it takes, one that it does not, and whether it takes none at all. */
  const OPERATORS: readonly (readonly [string, string | string[], string, string, boolean])[] = [
    ["StringEquals", ["a", "b"], "b", "B", false],
    ["StringNotEquals", ["a", "b"], "c", "a", true],
    ["StringEqualsIgnoreCase", "ab", "AB", "abc", false],
    ["StringNotEqualsIgnoreCase", "ab", "abc", "AB", true],
    ["StringLike", "a?c*", "abcd", "ac", false],
    ["StringNotLike", "a*", "ba", "ab", true],
    ["StringEqualsIfExists", "a", "a", "b", true],
    ["StringLikeIfExists", "a*", "ab", "b", true],
    ["ArnEquals", "arn:aws:events:*:1:rule/a", "arn:aws:events:r:1:rule/a", "arn:aws:events:r:1:rule/ab", false],
    ["ArnLike", "arn:aws:events:r:1:rule/*", "arn:aws:events:r:1:rule/a/b", "arn:aws:events:r:2:rule/a", false],
    ["ArnNotEquals", "arn:aws:s3:::a", "arn:aws:s3:::b", "arn:aws:s3:::a", true],
    ["ArnNotLike", "arn:aws:s3:::a*", "arn:aws:s3:::b", "arn:aws:s3:::ab", true],
    ["Bool", "true", "true", "false", false],
    ["BoolIfExists", "true", "true", "false", true],
    ["Null", "false", "anything", "", false],
  ];

  test.each(OPERATORS)("%s takes what AWS takes", (operator, wanted, taken, refused, none) => {
    expect(holds({ [operator]: { [key]: wanted } }, { [key]: taken })).toBe(true);
    expect(holds({ [operator]: { [key]: wanted } }, refused === "" ? {} : { [key]: refused })).toBe(false);
    expect(holds({ [operator]: { [key]: wanted } }, {})).toBe(none);
  });

  /** Operator, then whether it takes [], ["a"], ["a", "c"] and ["c"] where "a" and "b" are wanted. */
  const SETS: readonly (readonly [string, boolean, boolean, boolean, boolean])[] = [
    ["ForAllValues:StringEquals", true, true, false, false],
    ["ForAnyValue:StringEquals", false, true, true, false],
    ["ForAnyValue:StringEqualsIfExists", true, true, true, false],
    ["ForAllValues:StringNotEquals", true, false, false, true],
    ["ForAnyValue:StringNotEquals", false, false, true, true],
  ];

  test.each(SETS)("%s looks at each of several values", (operator, ...expected) => {
    const given = [{}, ...[["a"], ["a", "c"], ["c"]].map((keys) => ({ "aws:TagKeys": keys }))];
    expect(given.map((context) => holds({ [operator]: { "aws:TagKeys": ["a", "b"] } }, context))).toEqual(expected);
  });

  test("holds only together with all others", () => {
    const both = { StringEquals: { [key]: "a", "aws:RequestedRegion": "r" }, Bool: { "aws:SecureTransport": "true" } };
    const context = { [key]: "a", "aws:RequestedRegion": "r", "aws:SecureTransport": "true" };
    expect(holds(both, context)).toBe(true);
    for (const name of Object.keys(context)) {
      expect(holds(both, { ...context, [name]: "false" })).toBe(false);
    }
  });

  test("minds the case of a tag's value and not that of its key", () => {
    expect(holds({ StringEquals: { [key]: "a" } }, { "AWS:requesttag/TEAM": "a" })).toBe(true);
    expect(holds({ StringEquals: { [key]: "a" } }, { [key]: "A" })).toBe(false);
  });

  test.each([
    ["an operator that is not known", { NumericEquals: { [key]: "1" } }, "does not know the operator NumericEquals"],
    ["a policy variable", { StringEquals: { [key]: "${aws:username}" } }, "does not resolve ${aws:username}"],
    ["a list where one value is compared", { StringEquals: { "aws:TagKeys": "a" } }, "aws:TagKeys is multivalued"],
  ])("with %s is an error, not a guess", (_, conditions, message) => {
    expect(() => holds(conditions, { [key]: "a", "aws:TagKeys": ["a"] })).toThrow(message);
  });
});

describe("a pattern", () => {
  test("without wildcards is that text alone", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, text) => {
        fc.pre(!/[*?]/.test(pattern));
        expect(matchesText(pattern, pattern)).toBe(true);
        expect(matchesText(pattern, text)).toBe(pattern === text);
      }),
    );
  });

  test("with an asterisk takes what begins and ends like it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (start, middle, end) => {
        fc.pre(!/[*?]/.test(start + end));
        expect(matchesText(`${start}*${end}`, `${start}${middle}${end}`)).toBe(true);
      }),
    );
    expect(["ab", "b", "abc"].map((text) => matchesText("a*b", text))).toEqual([true, false, false]);
  });

  test("of an ARN does not reach from one part into the next", () => {
    expect(matchesArn("arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:r:1:instance/i-1")).toBe(true);
    expect(matchesArn("arn:aws:ec2:*:instance/*", "arn:aws:ec2:r:1:instance/i-1")).toBe(false);
    expect(matchesArn("arn:aws:ec2:*::image/*", "arn:aws:ec2:r:1:image/ami-1")).toBe(false);
    expect(matchesArn("arn:aws:logs:r:1:*", "arn:aws:logs:r:1:log-group:a")).toBe(true);
  });
});

describe("policies", () => {
  const me = { type: "AWS", id: "arn:aws:iam::1:role/me" } as const;
  const request: AccessRequest = {
    principal: me,
    action: "sqs:SendMessage",
    resource: "arn:aws:sqs:r:1:queue",
    context: {},
  };
  const allow = (statement: Partial<PolicyStatement>): PolicyStatement => ({
    Effect: "Allow",
    Action: "*",
    ...statement,
  });
  const decide = (identity: readonly PolicyStatement[], resource: readonly PolicyStatement[] = []) =>
    isAllowed({ identity, resource }, request);

  test("allow nothing by themselves", () => {
    expect(decide([])).toBe(false);
  });

  test.each<[PolicyStatement, boolean]>([
    [allow({ Action: "sqs:SendMessage", Resource: "*" }), true],
    [allow({ Action: ["sqs:sendmessage"], Resource: request.resource }), true],
    [allow({ Action: "sqs:Send*", Resource: ["arn:aws:sqs:*:*:que*"] }), true],
    [allow({ Action: "sqs:Receive*", Resource: "*" }), false],
    [allow({ Resource: "arn:aws:sqs:r:1:queue-2" }), false],
    [allow({ Action: undefined, NotAction: "sqs:Receive*", Resource: "*" }), true],
    [allow({ Action: undefined, NotAction: ["sqs:*"], Resource: "*" }), false],
    [allow({ NotResource: "arn:aws:sqs:r:1:other" }), true],
    [allow({ NotResource: "arn:aws:sqs:r:1:*" }), false],
    [allow({ Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": "r" } } }), false],
  ])("%j: %s", (statement, allowed) => {
    expect(decide([statement])).toBe(allowed);
  });

  test.each<[PolicyStatement["Principal"], boolean]>([
    ["*", true],
    [{ AWS: "*" }, true],
    [{ "*": ["*"] }, true],
    [{ AWS: ["arn:aws:iam::1:role/other", me.id] }, true],
    [{ AWS: "arn:aws:iam::1:role/other" }, false],
    [{ Service: "events.amazonaws.com" }, false],
    [{ Federated: me.id }, false],
    [undefined, false],
  ])("of a resource for the principal %j: %s", (Principal, allowed) => {
    expect(decide([], [allow({ Principal })])).toBe(allowed);
  });

  test("that deny win, on either side", () => {
    const all = allow({ Resource: "*", Principal: "*" });
    const none = { ...all, Effect: "Deny" };
    expect([decide([all], [all]), decide([all, none], [all]), decide([all], [all, none])]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("with an element that is not known are an error, not a guess", () => {
    expect(() => decide([{ ...allow({}), NotPrincipal: "*" } as PolicyStatement])).toThrow("the element NotPrincipal");
  });
});
