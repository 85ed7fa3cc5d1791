import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { ModuleStack } from "../lib/module";
import { AwsAuthModule } from "./aws-auth";
import { ControllerModule } from "./controller";
import { ControllerIdentityModule } from "./controller-identity";
import { DiscoveryTagsModule } from "./discovery-tags";
import { FargateLoggingModule } from "./fargate-logging";
import { FargateProfileModule } from "./fargate-profile";
import { InputCheckModule } from "./input-check";
import { InterruptionQueueModule } from "./interruption-queue";
import { MonitoringModule } from "./monitoring";
import { NodeIdentityModule } from "./node-identity";
import { NodePoolsModule } from "./node-pools";
import { RootModule } from "./root";
import { SmokeTestModule } from "./smoke-test";

/**
 * The published modules, root first.
 *
 * They have an app of their own: in the app that `cdktf deploy` reads they would be offered as deployments.
 */
export function publishedModules(): ModuleStack[] {
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-karpenter-"));
  const app = new App({ outdir: join(outdir, "cdktf.out") });
  rmSync(outdir, { recursive: true });
  const parts = {
    controllerIdentity: new ControllerIdentityModule(app, "controller-identity"),
    fargateProfile: new FargateProfileModule(app, "fargate-profile"),
    fargateLogging: new FargateLoggingModule(app, "fargate-logging"),
    nodeIdentity: new NodeIdentityModule(app, "node-identity"),
    interruptionQueue: new InterruptionQueueModule(app, "interruption-queue"),
    discoveryTags: new DiscoveryTagsModule(app, "discovery-tags"),
    controller: new ControllerModule(app, "controller"),
    nodePools: new NodePoolsModule(app, "node-pools"),
    monitoring: new MonitoringModule(app, "monitoring"),
  };
  const beside = [
    new InputCheckModule(app, "input-check"),
    new AwsAuthModule(app, "aws-auth"),
    new SmokeTestModule(app, "smoke-test"),
  ];
  return [new RootModule(app, "karpenter", parts), ...Object.values(parts), ...beside];
}
