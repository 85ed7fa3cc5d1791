import { circle, floorOf, targetOf, upward } from "../../eslint/floors.cjs";

describe("the floors", () => {
  test("are told by the longest beginning of a path", () => {
    expect(floorOf("lib/inputs/rule.ts")).toBeLessThan(floorOf("lib/inputs/catalog/aws.ts") as number);
    expect(floorOf("lib/new-folder/file.ts")).toBeUndefined();
  });

  test("refuse an import from above, and from where there is no floor", () => {
    expect(upward("lib/versions/support.ts", "lib/kubernetes/node-pools.ts")).toBe(
      '"lib/kubernetes/node-pools.ts" is on "constructs", above "versions": move what both need down, or this file up',
    );
    expect(upward("lib/karpenter.ts", "e2e/cloud/run.ts")).toContain("is on no floor");
  });

  test("let a file import from its own floor and from below", () => {
    expect(upward("lib/aws/node-role.ts", "lib/kubernetes/node-pools.ts")).toBeUndefined();
    expect(upward("lib/aws/node-role.ts", "lib/versions/index.ts")).toBeUndefined();
  });

  test("refuse a circle of files, and show it", () => {
    const imports = (path: string) => ({ "a.ts": ["b.ts"], "b.ts": ["c.ts"], "c.ts": ["a.ts"] })[path] ?? [];
    expect(circle("a.ts", "b.ts", imports)).toEqual(["a.ts", "b.ts", "c.ts", "a.ts"]);
    expect(circle("a.ts", "d.ts", imports)).toBeUndefined();
  });

  test("find a file as Node does, with its folder's index", () => {
    expect(targetOf("lib/karpenter.ts", "./versions")).toBe("lib/versions/index.ts");
    expect(targetOf("stacks/app.ts", "../package.json")).toBeUndefined();
  });
});
