import { mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { App } from "cdktf";
import { parseClusters } from "./clusters-file";
import { clustersSchema } from "./clusters-schema";
import { withoutCreationTraces } from "./creation-traces";
import { stacksOf } from "./fleet";
import { writeIfChanged } from "./folders";
import { writePublishedFolder } from "./published-folder";
import { UserError } from "./user-error";

/** The schema's file, beside the clusters file of the project. */
const SCHEMA_FILE = "clusters.schema.json";

/** What cdktf begins the message of a failed validation with. */
const VALIDATION_FAILED =
  /^(?:App-level v|V)alidation failed with the following errors:\n([^]*?)\n(?:\nIf you|Validations) /;

/** Where things are. */
export interface AppProps {
  /** The project's folder. */
  readonly project: string;
  /** The clusters file. */
  readonly clustersFile: string;
  /**
   * The folder that the stacks are written to.
   *
   * @default "cdktf.out"
   */
  readonly outdir?: string;
}

/**
 * Writes everything: the published modules, the schema of the clusters file, and a stack for each cluster.
 *
 * @returns warnings, one sentence each
 * @throws UserError when the clusters file has mistakes
 */
export function synthesize(props: AppProps): string[] {
  return withoutCreationTraces(() => write(props));
}

function write(props: AppProps): string[] {
  writePublishedFolder(props.project);
  writeIfChanged(join(props.project, SCHEMA_FILE), `${JSON.stringify(clustersSchema(), null, 2)}\n`);
  const source = basename(props.clustersFile);
  const config = parseClusters(readClustersFile(props.clustersFile), source);
  if (props.outdir !== undefined) {
    mkdirSync(dirname(props.outdir), { recursive: true });
  }
  // Stack traces in the output would tell where the project is, on every machine something else.
  const app = new App({ outdir: props.outdir, stackTraces: false });
  stacksOf(app, config);
  try {
    app.synth();
  } catch (error) {
    const found = VALIDATION_FAILED.exec((error as Error).message)?.[1];
    throw found === undefined ? error : new UserError(source, found.trim().split(/\n\s*/));
  }
  return warnings(app);
}

function readClustersFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) {
    throw new UserError(basename(path), [
      `"--clusters" is "${path}", ${found === undefined ? "where there is no file" : "which is a folder"}, but must be the ` +
        "path of a clusters file; correct it, or copy the clusters.json of the project",
    ]);
  }
  return readFileSync(path, "utf8");
}

/** Annotations that are no errors: cdktf writes them into the manifest and leaves it to its CLI to show them. */
function warnings(app: App): string[] {
  return Object.values(app.manifest.stacks).flatMap((stack) =>
    stack.annotations.map(({ constructPath, message }) => `${constructPath}: ${message}`),
  );
}
