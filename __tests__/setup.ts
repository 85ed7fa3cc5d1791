import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { types } from "node:util";
import { Testing } from "cdktf";

Testing.setupJest();

// cdktf would make a folder for each app, and leave it: thousands in a run.
const outdir = mkdtempSync(join(tmpdir(), "cdktf-karpenter-"));
const app = Testing.app.bind(Testing);
Testing.app = (options) => app({ outdir, ...options });
afterAll(() => rmSync(outdir, { recursive: true }));

// cdktf keeps a stack trace of every token, and mapping these to sources would take longer than all the tests do.
const capture = Error.captureStackTrace;
Error.captureStackTrace = (object, below) => {
  if (types.isNativeError(object)) {
    capture(object, below);
  }
};
