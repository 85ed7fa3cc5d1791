import { stateOf, withoutInstances } from "../../../cli/import/state";

const SHOWN = {
  terraform_version: "1.11.4",
  values: {
    root_module: {
      resources: [
        { address: "data.aws_region.it", mode: "data", type: "aws_region", values: {} },
        { address: "aws_iam_role.a", mode: "managed", type: "aws_iam_role", values: { name: "a" } },
      ],
      child_modules: [
        {
          resources: [
            {
              address: 'module.b["x.y"].aws_sqs_queue.c[0]',
              mode: "managed",
              type: "aws_sqs_queue",
              values: { name: "c" },
              depends_on: ["aws_iam_role.a"],
            },
          ],
        },
      ],
    },
  },
};

const FILE = {
  version: 4,
  terraform_version: "1.11.4",
  resources: [
    { mode: "data", type: "aws_region", name: "it", instances: [{ attributes: {} }] },
    { mode: "managed", type: "aws_iam_role", name: "a", instances: [{ attributes: { name: "a" } }] },
    {
      module: 'module.b["x.y"]',
      mode: "managed",
      type: "aws_sqs_queue",
      name: "c",
      instances: [{ index_key: 0, attributes: { name: "c" }, dependencies: ["aws_iam_role.a"] }],
    },
  ],
};

describe("a state", () => {
  test.each([
    ["as terraform show prints it", SHOWN],
    ["as a file", FILE],
  ])("%s has its managed objects by address", (_, json) => {
    expect(stateOf(JSON.stringify(json))).toEqual({
      terraformVersion: "1.11.4",
      objects: [
        { address: "aws_iam_role.a", type: "aws_iam_role", values: { name: "a" }, dependsOn: [] },
        {
          address: 'module.b["x.y"].aws_sqs_queue.c[0]',
          type: "aws_sqs_queue",
          values: { name: "c" },
          dependsOn: ["aws_iam_role.a"],
        },
      ],
    });
  });

  test("that is none, or has nothing in it, is told of", () => {
    expect(() => stateOf("nothing")).toThrow(/^is no JSON/);
    expect(() => stateOf('{"format_version":"1.0"}')).toThrow(/holds no state with resources/);
  });

  test("has addresses without instances for what speaks of all of them", () => {
    expect(withoutInstances('module.b["x[0].y"].aws_sqs_queue.c[0]')).toBe("module.b.aws_sqs_queue.c");
  });
});
