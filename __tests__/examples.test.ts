import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Annotations } from "cdktf";

const FOLDER = join(__dirname, "../examples/typescript");

describe("the examples in TypeScript", () => {
  let out: string;

  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), "examples-"));
    process.env.CDKTF_OUTDIR = out;
  });

  afterEach(() => {
    delete process.env.CDKTF_OUTDIR;
    rmSync(out, { recursive: true, force: true });
  });

  it.each(readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts")))(
    "%s synthesizes without a warning, each stack with a role for the controller",
    (name) => {
      const warned: string[] = [];
      jest.isolateModules(() => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        const { Annotations: Own } = require("cdktf") as { Annotations: typeof Annotations };
        jest.spyOn(Own.prototype, "addWarning").mockImplementation((text) => void warned.push(text));
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        require(join(FOLDER, name));
      });
      // The two older setups are kept as people wrote them.
      expect(/-0-\d\d/.test(name) ? [] : warned).toEqual([]);
      const stacks = readdirSync(join(out, "stacks"));
      expect(stacks.length).toBeGreaterThan(0);
      for (const stack of stacks) {
        const { resource } = JSON.parse(readFileSync(join(out, "stacks", stack, "cdk.tf.json"), "utf8")) as {
          resource: { aws_iam_role: Record<string, { name: string }> };
        };
        const roles = Object.values(resource.aws_iam_role);
        expect(roles.filter(({ name }) => /controller/i.test(name))).toHaveLength(1);
      }
    },
  );
});
