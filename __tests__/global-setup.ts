import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives the run a folder for what is temporary: cdktf makes one in it for each app, thousands, and leaves them. */
export default function (): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), "cdktf-karpenter-"));
}
