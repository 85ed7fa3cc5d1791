/**
 * The app that `cdktf synth` and `cdktf deploy` run: a stack for each cluster of clusters.json. It also writes the
 * published modules and the schema of that file.
 *
 * Another clusters file: `--clusters FILE`, or the environment variable KARPENTER_CLUSTERS.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { synthesize } from "./stacks/app";
import { UserError } from "./stacks/user-error";

try {
  const { clusters } = parseArgs({ options: { clusters: { type: "string" } } }).values;
  const file = clusters ?? process.env.KARPENTER_CLUSTERS;
  const warnings = synthesize({
    project: __dirname,
    clustersFile: file === undefined ? join(__dirname, "clusters.json") : resolve(file),
    outdir: process.env.CDKTF_OUTDIR,
  });
  // The CLI shows them itself.
  if (process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS === undefined) {
    warnings.forEach((warning) => console.warn(`Warning: ${warning}`));
  }
} catch (error) {
  const expected = error instanceof UserError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
  console.error(expected ? (error as Error).message : error);
  process.exitCode = 1;
}
