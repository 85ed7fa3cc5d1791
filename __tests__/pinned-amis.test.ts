import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { NEWEST_AMI_ALIAS } from "../lib/versions";

const ROOT = join(__dirname, "..");

/** What users read and copy from. */
const SHOWN = ["README.md", "clusters.json", "docs", "examples", "stacks", "lib"].concat(
  ["README.md", "examples", "variables.tf.json"].map((path) => join("terraform-aws-karpenter", path)),
);

function files(path: string): string[] {
  return statSync(join(ROOT, path)).isDirectory()
    ? readdirSync(join(ROOT, path)).flatMap((name) => files(join(path, name)))
    : [path];
}

const PINS = SHOWN.flatMap(files).flatMap((path) =>
  [...readFileSync(join(ROOT, path), "utf8").matchAll(/\bal2023@v[0-9]{8}\b/g)].map(([pin]) => ({ path, pin })),
);

test("every release of Amazon Linux 2023 that is shown to users has every supported Kubernetes", () => {
  expect(PINS.length).toBeGreaterThan(20);
  expect(PINS.filter(({ pin }) => pin !== NEWEST_AMI_ALIAS)).toEqual([]);
});
