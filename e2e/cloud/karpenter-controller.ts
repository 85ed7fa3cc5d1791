/** The real Karpenter controller: a process on loopback, with what its Deployment gives its container. */
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { awsClients } from "./aws-clients";
import { containerEnvironment } from "./container-environment";
import type { ControlPlane } from "./control-plane";
import { Daemon } from "./daemon";
import { freePort } from "./free-port";
import { goInstall } from "./go-install";
import type { KubeObject } from "./kube-client";
import { neutralEnvironment, type LocalAws } from "./local-aws";
import { parsePolicy } from "./policy-document";
import { trusts, type WebIdentity } from "./web-identity";

/** A version whose sources build, and take an endpoint for every AWS API from the environment. */
export const KARPENTER_VERSION = "1.14.3";
/** Another one, to upgrade from. */
export const OLDER_KARPENTER_VERSION = "1.14.0";

const READY_WITHIN_MS = 120_000;
const DAY_S = 24 * 60 * 60;
const AUDIENCE = "sts.amazonaws.com";
const KEYS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
const VERSION_LABEL = "app.kubernetes.io/version";
const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";
/** The emulated AWS has no price list, and the controller asks for it again and again. */
const NOISE = /"controller":"providers\.pricing"/;
/** So many lines say what went wrong; all that are kept are many more. */
const LINES_IN_MESSAGES = 30;

/** The account that it asks. */
export type Asked = Pick<LocalAws, "endpoint" | "env" | "region">;

/** Where the controller runs. */
export interface KarpenterControllerOptions {
  readonly aws: Asked;
  readonly controlPlane: ControlPlane;
  /** @default "karpenter" */
  readonly namespace?: string;
  /** The name of the Deployment, which is that of the Helm release. @default "karpenter" */
  readonly deployment?: string;
  /** Gets each line the controller prints. */
  readonly log?: (line: string) => void;
}

/** Builds the controller if this machine has not got it yet, and returns its path. The first time takes minutes. */
export function installKarpenterController(version: string, log?: (line: string) => void): Promise<string> {
  return goInstall(`github.com/aws/karpenter-provider-aws/cmd/controller@v${version}`, { log });
}

/** A running controller. */
export class KarpenterController {
  private constructor(
    private readonly daemon: Daemon,
    private readonly healthPort: number,
    /** What the process was started with, for tests that look at it. */
    readonly environment: Readonly<Record<string, string>>,
    readonly metricsPort: number,
  ) {}

  /** Starts what the Deployment describes, and waits until it says that it is ready. */
  static async start(options: KarpenterControllerOptions): Promise<KarpenterController> {
    const { aws, controlPlane, namespace = "karpenter", deployment: name = "karpenter" } = options;
    const deployment = await controlPlane.get({ apiVersion: "apps/v1", kind: "Deployment", namespace, name });
    const version = deployment.metadata.labels?.[VERSION_LABEL] as string;
    const program = await installKarpenterController(version, options.log);
    const pod = deployment.spec.template as Pick<KubeObject, "metadata" | "spec">;
    const container = pod.spec.containers[0];
    const serviceAccount = (pod.spec.serviceAccountName ?? "default") as string;
    const [metricsPort, healthPort] = [await freePort(), await freePort()];
    const environment = {
      ...containerEnvironment(container, {
        "metadata.name": `${name}-${randomUUID().slice(0, 8)}`,
        "metadata.namespace": namespace,
        "spec.serviceAccountName": serviceAccount,
      }),
      ...(await awsEnvironment(aws, controlPlane, namespace, serviceAccount)),
      // The account's own token: what the chart's roles do not allow fails here too.
      KUBECONFIG: await controlPlane.kubeconfigOf(namespace, serviceAccount),
      METRICS_PORT: String(metricsPort),
      HEALTH_PROBE_PORT: String(healthPort),
      // Alone it is the leader, and need not wait until the lease of one before it has run out.
      DISABLE_LEADER_ELECTION: "true",
    };
    const daemon = new Daemon(program, (container.args ?? []) as string[], {
      env: { ...neutralEnvironment(), ...environment },
      log: options.log,
    });
    const controller = new KarpenterController(daemon, healthPort, environment, metricsPort);
    try {
      await controller.waitUntilReady();
      return controller;
    } catch (error) {
      await controller.stop();
      throw error;
    }
  }

  /** The process id of the controller's guard, which lives as long as the controller. */
  get pid(): number | undefined {
    return this.daemon.pid;
  }

  /** False when it has ended, which it should not: `lastLines` has the reason. */
  get isRunning(): boolean {
    return !this.daemon.hasEnded;
  }

  /** The last lines it printed, one JSON object each. */
  get lastLines(): string {
    return this.daemon.lastLines;
  }

  /** Lets an error of what waits for the controller's work say what the controller said. */
  async explain<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw new Error(
        `${String(error)}\nKarpenter ${this.isRunning ? "runs" : "has ended"}, and said last:\n${this.tail}`,
      );
    }
  }

  /** Ends it and waits until it is gone. May be called more than once. */
  stop(): Promise<void> {
    return this.daemon.stop();
  }

  private get tail(): string {
    const lines = this.lastLines.split("\n").filter((line) => !NOISE.test(line));
    return lines.slice(-LINES_IN_MESSAGES).join("\n");
  }

  private async waitUntilReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline && this.isRunning) {
      const ready = await fetch(`http://127.0.0.1:${this.healthPort}/readyz`, {
        signal: AbortSignal.timeout(5_000),
      }).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Karpenter ${this.isRunning ? "did not become ready" : "ended"}\n${this.tail}`);
  }
}

/** What the EKS webhook puts into a pod whose service account names a role; without one, the account's administrator. */
async function awsEnvironment(
  aws: Asked,
  controlPlane: ControlPlane,
  namespace: string,
  name: string,
): Promise<Record<string, string>> {
  const account = await controlPlane.get({ apiVersion: "v1", kind: "ServiceAccount", namespace, name });
  const role = account.metadata.annotations?.[ROLE_ANNOTATION];
  if (role === undefined) {
    return aws.env();
  }
  await requireTrust(aws, role, {
    issuer: controlPlane.issuer,
    subject: `system:serviceaccount:${namespace}:${name}`,
    audience: AUDIENCE,
  });
  const token = await controlPlane.token(namespace, name, { audience: AUDIENCE, expirationSeconds: DAY_S });
  // The control plane's folder, which goes with the control plane.
  const file = join(dirname(controlPlane.kubeconfig), `${namespace}.${name}.aws-token`);
  await writeFile(file, token, { mode: 0o600 });
  const withoutKeys = Object.entries(aws.env()).filter(([key]) => !KEYS.includes(key));
  return {
    ...Object.fromEntries(withoutKeys),
    AWS_ROLE_ARN: role,
    AWS_WEB_IDENTITY_TOKEN_FILE: file,
    // Go's SDK makes its client for tokens before it has read AWS_ENDPOINT_URL.
    AWS_ENDPOINT_URL_STS: aws.endpoint,
  };
}

/** The emulated STS gives any role to anyone; the real one would answer with AccessDenied, and the controller would end. */
async function requireTrust(aws: Asked, roleArn: string, identity: WebIdentity): Promise<void> {
  const clients = awsClients(aws);
  try {
    const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName: roleArn.split("/").at(-1) }));
    if (!trusts(parsePolicy(Role?.AssumeRolePolicyDocument ?? ""), identity)) {
      throw new Error(`the role ${roleArn} does not trust ${identity.subject} of ${identity.issuer}`);
    }
  } finally {
    clients.destroy();
  }
}
