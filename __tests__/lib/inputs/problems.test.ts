import { Construct } from "constructs";
import { Problems, alreadyChecked, reportAtSynth } from "../../../lib/inputs/problems";
import { nodeRoleRules } from "../../../lib/inputs/cross-rules";
import { clusterName, iamPath, queueName, subnetIds } from "../../../lib/inputs/catalog/aws";
import { problemsOf, synthError } from "../../support/stack";
import { variable, variableList } from "../../support/tokens";

describe("Problems", () => {
  test("finds nothing in what keeps its rules", () => {
    const problems = new Problems().check("iamPath", "/a/", iamPath).require("clusterName", "prod", clusterName);
    expect(problems.all).toEqual([]);
  });

  test("passes what is not given", () => {
    expect(new Problems().check("iamPath", undefined, iamPath).all).toEqual([]);
  });

  test("never refuses what only Terraform knows", () => {
    const problems = new Problems()
      .check("iamPath", variable("path"), iamPath)
      .require("clusterName", `${variable("name")} with spaces`, clusterName)
      .require("subnetIds", variableList("ids"), subnetIds)
      .checkTogether(nodeRoleRules, { createNodeRole: false, nodeRoleArn: variable("arn") });
    expect(problems.all).toEqual([]);
  });

  test("names property, value, what is allowed and the way out", () => {
    expect(new Problems().check("iamPath", "a", iamPath).all).toEqual([
      '"iamPath" is "a", but must be an IAM path of up to 512 characters that begins and ends with a slash; ' +
        'write "/" or "/platform/karpenter/"',
    ]);
  });

  test.each([undefined, null])("says that a required property is missing when it is %p", (value) => {
    const problems = new Problems().require("clusterName", value as undefined, clusterName);
    expect(problems.all).toEqual([
      '"clusterName" is missing, but must be 1 to 100 letters, digits, hyphens and underscores, the first a letter or ' +
        "digit; give the name that `aws eks list-clusters` shows",
    ]);
  });

  test("keeps every problem in the order of the checks", () => {
    const problems = new Problems()
      .check("interruptionQueueName", "a.fifo", queueName)
      .add("something else is wrong")
      .checkTogether(nodeRoleRules, { createNodeRole: false })
      .check("iamPath", "a", iamPath);
    expect(problems.all.map((problem) => problem.split(" ")[0])).toEqual([
      '"interruptionQueueName"',
      "something",
      '"createNodeRole"',
      '"iamPath"',
    ]);
  });
});

describe("reportAtSynth", () => {
  function part(scope: Construct, id: string, props: object, problem: string): Construct {
    const construct = new Construct(scope, id);
    reportAtSynth(construct, props, (problems) => problems.add(problem));
    return construct;
  }

  test("does not throw in a constructor", () => {
    expect(() => problemsOf((stack) => part(stack, "a", {}, "wrong"))).not.toThrow();
  });

  test("says everything of every construct in one error, with the constructs' paths", () => {
    const message = synthError((stack) => {
      part(stack, "a", {}, "first");
      part(stack, "b", {}, "second");
    });
    expect(message).toContain("[test/a] first");
    expect(message).toContain("[test/b] second");
  });

  test("is silent about properties that a composing construct has checked", () => {
    const props = { a: 1 };
    expect(alreadyChecked(props)).toBe(props);
    expect(problemsOf((stack) => part(stack, "a", props, "wrong"))).toEqual([]);
    expect(problemsOf((stack) => part(stack, "a", { ...props }, "wrong"))).toEqual(["wrong"]);
  });
});
