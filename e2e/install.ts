/**
 * Runs once before the scenarios: installs every part of the local cloud that this machine lacks. The first time takes a
 * quarter of an hour, most of it for Go programs, and no test has to allow for that.
 */
import { installControlPlane } from "./cloud/control-plane";
import { installHelm } from "./cloud/helm-cli";
import { installJudge, JUDGES } from "./cloud/judge";
import { installKarpenterController, KARPENTER_VERSION, OLDER_KARPENTER_VERSION } from "./cloud/karpenter-controller";
import { installKwok } from "./cloud/kwok";
import { installMoto } from "./cloud/moto-install";
import { installPromql } from "./cloud/promql";
import { standInMirror } from "./cloud/stand-in-providers";
import { installOpenTofu, installTerraformFloor } from "./cloud/terraform-floor";
import { requireTools } from "./cloud/tools";

/** In a fixed order: a Go build takes all cores by itself. */
async function installGoPrograms(log: (line: string) => void): Promise<void> {
  await standInMirror(log);
  await installControlPlane(log);
  await installKwok(log);
  await installHelm(log);
  for (const version of [KARPENTER_VERSION, OLDER_KARPENTER_VERSION]) {
    await installKarpenterController(version, log);
  }
  // After the controllers, whose packages they share.
  for (const release of Object.keys(JUDGES)) {
    await installJudge(release, log);
  }
  await installPromql(log);
  await installTerraformFloor(log);
  await installOpenTofu(log);
}

export default async function install(): Promise<void> {
  requireTools();
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  await Promise.all([installMoto(log), installGoPrograms(log)]);
}
