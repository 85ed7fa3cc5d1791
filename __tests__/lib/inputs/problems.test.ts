import { Construct } from "constructs";
import { INPUTS } from "../../../lib/inputs/catalog/inputs";
import { nodeRoleRules } from "../../../lib/inputs/catalog/cross-rules";
import { bool, list, object, string, toggle } from "../../../lib/inputs/field-builders";
import { alreadyChecked, checkedProps, Problems, usable } from "../../../lib/inputs/problems";
import { problemsOf, synthError } from "../../support/stack";
import { variable, variableFlag, variableList } from "../../support/tokens";

const { clusterName, iamPath, subnetIds, tags, nodePools, karpenterVersion } = INPUTS;
const PROPERTIES = object({ clusterName, iamPath, subnetIds, tags, nodePools, karpenterVersion }, ["clusterName"]);
const check = (props: object) => new Problems().checkProperties(props, PROPERTIES).all;

describe("Problems", () => {
  test("finds nothing in what keeps its rules", () => {
    expect(check({ clusterName: "prod", iamPath: "/a/" })).toEqual([]);
  });

  test.each([undefined, null])("passes what is not given: %p", (iamPath) => {
    expect(check({ clusterName: "prod", iamPath })).toEqual([]);
  });

  test("never refuses what only Terraform knows", () => {
    const props = {
      clusterName: `${variable("name")} with spaces`,
      iamPath: variable("path"),
      subnetIds: variableList("ids"),
      nodePools: variableFlag("pools"),
    };
    const problems = new Problems()
      .checkProperties(props, PROPERTIES)
      .checkTogether(nodeRoleRules, { createNodeRole: false, nodeRoleArn: variable("arn") });
    expect(problems.all).toEqual([]);
  });

  test("names property, value, what is allowed and the way out", () => {
    expect(check({ clusterName: "prod", iamPath: "a" })).toEqual([
      '"iamPath" is "a", but must be an IAM path of up to 512 letters, digits and characters of _+=,.@- ' +
        'with a slash at both ends and between its parts; write "/" or "/platform/karpenter/"',
    ]);
  });

  test.each([undefined, null])("says that a required property is missing when it is %p", (clusterName) => {
    expect(check({ clusterName })).toEqual([
      '"clusterName" is missing, but must be 1 to 100 letters, digits, hyphens and underscores, the first a letter or ' +
        "digit; give the name that `aws eks list-clusters` shows",
    ]);
  });

  test.each<[object, string]>([
    [{ tag: {} }, '"tag" is not known; did you mean "tags"? Known: '],
    [{ nodepools: {} }, '"nodepools" is not known; did you mean "nodePools"? Known: '],
    [{ subnetIds: "subnet-0a" }, '"subnetIds" is "subnet-0a", but must be a list; write it in brackets'],
    [{ karpenterVersion: 1.14 }, '"karpenterVersion" is 1.14, but must be '],
    [{ tags: { cost: 42 } }, '"tags.cost" is 42, but must be '],
    [{ nodePools: { a: { weight: 0 } } }, '"nodePools.a.weight" is 0, but must be a whole number from 1 to 100'],
  ])("tells what plain JavaScript lets through: %j", (props, told) => {
    expect(check({ clusterName: "prod", ...props })).toEqual([expect.stringContaining(told)]);
  });

  test("asks what the release asks, or that of the default", () => {
    const nodePools = { a: { disruption: { consolidationPolicy: "Balanced" } } };
    const checked = (karpenterVersion?: unknown) => check({ clusterName: "prod", nodePools, karpenterVersion }).length;
    expect([checked("1.13.0"), checked("1.14.3"), checked()]).toEqual([1, 0, 0]);
    expect(checked(variable("version"))).toBe(0);
  });

  test("keeps every problem in the order of the checks, and each once", () => {
    const problems = new Problems()
      .checkProperties({ clusterName: "prod", interruptionQueueName: "a.fifo" }, PROPERTIES)
      .add("something else is wrong")
      .add("something else is wrong")
      .checkTogether(nodeRoleRules, { createNodeRole: false })
      .checkProperties({ clusterName: "prod", iamPath: "a" }, PROPERTIES);
    expect(problems.all.map((problem) => problem.split(" ")[0])).toEqual([
      '"interruptionQueueName"',
      "something",
      '"createNodeRole"',
      '"iamPath"',
    ]);
  });
});

describe("usable", () => {
  const PARTS = object({ name: string, ids: list(string), flag: bool, rest: string }, ["name", "ids", "flag"]);

  test("is what is given, where nothing is wrong", () => {
    const props = { name: "a", ids: [], flag: true };
    expect(usable(props, PARTS)).toBe(props);
  });

  test("leaves out what is wrong, and puts something of its type where something must be", () => {
    expect(usable({ name: 1, ids: "x", flag: "no", rest: {} }, PARTS)).toEqual({
      name: "",
      ids: [],
      flag: false,
      rest: undefined,
    });
  });

  test("has something of its type for what is missing", () => {
    expect(usable({ rest: "a" }, PARTS)).toEqual({ name: "", ids: [], flag: false, rest: "a" });
  });
});

describe("checkedProps", () => {
  const PART = object({ name: string, flag: toggle }, []);

  function part(scope: Construct, id: string, props: object, problem?: string): object {
    return checkedProps(new Construct(scope, id), props, PART, (problems) =>
      problem === undefined ? undefined : problems.add(problem),
    );
  }

  test("does not throw in a constructor, whatever is wrong", () => {
    for (const props of [{ name: 1 }, { nme: "a" }, undefined as unknown as object, null as unknown as object]) {
      expect(() => problemsOf((stack) => part(stack, "a", props))).not.toThrow();
    }
  });

  test("says everything of every construct in one error, with the constructs' paths", () => {
    const message = synthError((stack) => {
      part(stack, "a", { name: 1 }, "first");
      part(stack, "b", { nam: "x" }, "second");
    });
    expect(message).toContain("[test/a] first");
    expect(message).toContain('[test/a] "name" is 1, but must be a string');
    expect(message).toContain("[test/b] second");
    expect(message).toContain('[test/b] "nam" is not known; did you mean "name"?');
  });

  test("gives what there is to go on with", () => {
    problemsOf((stack) => {
      const right = { name: "a" };
      expect(part(stack, "a", right)).toBe(right);
      expect(part(stack, "b", { name: 1, flag: false })).toEqual({ name: undefined, flag: false });
    });
  });

  test("asks for a value at synth where synth decides by it", () => {
    expect(problemsOf((stack) => part(stack, "a", { flag: variableFlag("x") }))).toEqual([
      '"flag" is a value that only Terraform knows, but must be known at synth; write true or false',
    ]);
    expect(problemsOf((stack) => part(stack, "a", { flag: "false" }))).toEqual([
      '"flag" is "false", but must be true or false; write it without quotes',
    ]);
  });

  test("is silent about properties that a composing construct has checked", () => {
    const props = { name: 1 };
    expect(alreadyChecked(props)).toBe(props);
    expect(problemsOf((stack) => part(stack, "a", props, "wrong"))).toEqual([]);
    expect(problemsOf((stack) => part(stack, "a", { name: "a" }, "wrong"))).toEqual(["wrong"]);
  });
});
