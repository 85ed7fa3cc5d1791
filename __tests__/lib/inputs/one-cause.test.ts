import { nodeRoleRules } from "../../../lib/inputs/catalog/cross-rules";
import { NODE_ROLE_PROPERTIES } from "../../../lib/inputs/catalog/properties";
import { Problems } from "../../../lib/inputs/problems";

describe("a property that is wrong by itself", () => {
  const problems = (props: object): readonly string[] =>
    new Problems().checkProperties(props, NODE_ROLE_PROPERTIES).checkTogether(nodeRoleRules, { ...props }).all;

  test("is told once: no rule on it and others is asked", () => {
    const found = problems({ clusterName: "prod", createNodeRole: true, nodeRoleArn: "node" });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('"nodeRoleArn" is "node"');
  });

  test("keeps no rule on other properties from being asked", () => {
    const found = problems({ clusterName: "prod", createNodeRole: false, iamPath: "a" });
    expect(found.map((problem) => problem.split(" ")[0])).toEqual(['"iamPath"', '"createNodeRole"']);
  });
});
