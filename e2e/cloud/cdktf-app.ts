/** The project's own app, deployed as a user would: by the cdktf command, with a configuration file of one's own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type LocalAws, neutralEnvironment } from "./local-aws";
import { cliConfigEnv } from "./provider-mirror";
import { runOrThrow, type RunResult } from "./run";
import { Terraform } from "./terraform";
import { standInMirrors } from "./stand-in-providers";
import { requireTools, TERRAFORM } from "./tools";

const PROJECT = join(__dirname, "..", "..");
const FILE = "clusters.json";
const CDKTF = join(PROJECT, "node_modules", ".bin", "cdktf");

/** One configuration, deployed to the local AWS from a temporary folder that holds the output and the state. */
export class CdktfApp {
  private constructor(
    private readonly folder: string,
    private readonly aws: LocalAws,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly mirrors: readonly string[],
    private readonly log: ((line: string) => void) | undefined,
  ) {}

  /** @param clusters the content of the configuration file */
  static async of(aws: LocalAws, clusters: object, log?: (line: string) => void): Promise<CdktfApp> {
    const [terraform] = requireTools([TERRAFORM]) as [string];
    const folder = await mkdtemp(join(tmpdir(), "cdktf-karpenter-"));
    const file = join(folder, FILE);
    await writeFile(file, JSON.stringify(clusters, null, 2));
    const mirrors = await standInMirrors(log);
    const environment = {
      ...neutralEnvironment(),
      ...(await cliConfigEnv({ mirrors })),
      ...aws.env(),
      KARPENTER_CLUSTERS: file,
      TERRAFORM_BINARY_NAME: terraform,
      CHECKPOINT_DISABLE: "1",
      // cdktf would have Terraform keep providers in the home folder; the tests leave nothing there.
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
      CI: "1",
      FORCE_COLOR: "0",
      NO_COLOR: "1",
    };
    return new CdktfApp(folder, aws, environment, mirrors, log);
  }

  /** The configuration file. */
  get clustersFile(): string {
    return join(this.folder, FILE);
  }

  /** `cdktf deploy --auto-approve`. */
  deploy(): Promise<RunResult> {
    return this.cdktf("deploy");
  }

  /** `cdktf destroy --auto-approve`. */
  destroy(): Promise<RunResult> {
    return this.cdktf("destroy");
  }

  /** Terraform in the folder of a deployed stack, to plan again. */
  terraform(stack: string): Promise<Terraform> {
    const folder = join(this.folder, "cdktf.out", "stacks", stack);
    return Terraform.in({ folder, aws: this.aws, mirrors: this.mirrors });
  }

  /** Removes the temporary folder. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private cdktf(command: string): Promise<RunResult> {
    // Locking asks the registry for every platform's checksums, even where the providers are installed from a mirror.
    const args = [command, "--auto-approve", "--skip-provider-lock", "--output", join(this.folder, "cdktf.out")];
    return runOrThrow(CDKTF, args, { cwd: PROJECT, env: this.environment, log: this.log });
  }
}
