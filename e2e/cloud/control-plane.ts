/** A Kubernetes control plane of one's own: the real etcd, API server, controllers and scheduler, on loopback. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Daemon } from "./daemon";
import { goBuild } from "./go-install";
import { KubeClient, type KubeReference } from "./kube-client";
import { neutralEnvironment } from "./local-aws";

const SOURCES = join(__dirname, "..", "control-plane");
const READY_WITHIN_MS = 120_000;

/** How a control plane is started. */
export interface ControlPlaneOptions {
  /** The URL that service account tokens name as their issuer: the OIDC issuer of an EKS cluster. */
  readonly issuer?: string;
  /** Gets the progress and each warning and error that is printed. */
  readonly log?: (line: string) => void;
}

/** What the program prints when it is ready. */
interface Ready {
  readonly endpoint: string;
  readonly kubeconfig: string;
  readonly certificateAuthority: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
  readonly issuer: string;
  readonly version: string;
}

/** Builds the program if this machine has not got it yet, and returns its path. The first time takes minutes. */
export async function installControlPlane(log?: (line: string) => void): Promise<string> {
  const module = await readFile(join(SOURCES, "go.mod"), "utf8");
  const version = /k8s\.io\/kubernetes (v1\.(\d+)\.\d+)/.exec(module) as RegExpExecArray;
  const variable = "k8s.io/component-base/version.";
  // Kubernetes' own build puts its version in like this: charts and clients look at it.
  const ldflags = { gitVersion: version[1], gitMajor: "1", gitMinor: version[2], gitTreeState: "clean" };
  return goBuild("control-plane", SOURCES, {
    ldflags: Object.entries(ldflags).map(([name, value]) => `-X ${variable}${name}=${value}`),
    log,
  });
}

/** A running control plane, and a client of it that may do everything. */
export class ControlPlane extends KubeClient {
  private constructor(
    private readonly daemon: Daemon,
    private readonly folder: string,
    private readonly ready: Ready,
    /** The certificate authority of the API, in PEM. */
    readonly caCertificate: string,
    client: { readonly cert: string; readonly key: string },
  ) {
    super(ready.endpoint, { ca: caCertificate, ...client });
  }

  /** Starts it, and waits until pods can be made. They are scheduled once there are nodes. */
  static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const program = await installControlPlane(options.log);
    const folder = await mkdtemp(join(tmpdir(), "cdktf-karpenter-control-plane-"));
    const args = ["-folder", folder];
    if (options.issuer !== undefined) {
      args.push("-issuer", options.issuer);
    }
    let firstLine: (line: string) => void;
    const printed = new Promise<string>((resolve) => (firstLine = resolve));
    const daemon = new Daemon(program, args, {
      env: neutralEnvironment(),
      endsWithStdin: true,
      onOutput: (line) => firstLine(line),
      log: options.log,
    });
    try {
      const ready = JSON.parse(await firstOf(printed, daemon)) as Ready;
      const read = (path: string): Promise<string> => readFile(path, "utf8");
      const [ca, cert, key] = await Promise.all(
        [ready.certificateAuthority, ready.clientCertificate, ready.clientKey].map(read),
      );
      options.log?.(`Kubernetes ${ready.version} answers on ${ready.endpoint}`);
      return new ControlPlane(daemon, folder, ready, ca as string, { cert: cert as string, key: key as string });
    } catch (error) {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The path of the administrator's kubeconfig. */
  get kubeconfig(): string {
    return this.ready.kubeconfig;
  }

  /** What kubectl, helm, Terraform's providers and the Karpenter controller need in their environment to find it. */
  env(): Record<string, string> {
    return {
      KUBECONFIG: this.kubeconfig,
      KUBE_CONFIG_PATH: this.kubeconfig,
      // Clients keep on disk what a server knows, under its port, which another control plane may have had before.
      KUBECACHEDIR: join(this.folder, "cache"),
    };
  }

  /** The issuer of service account tokens. */
  get issuer(): string {
    return this.ready.issuer;
  }

  /** The version of Kubernetes, for example v1.36.3. */
  get version(): string {
    return this.ready.version;
  }

  /** The process id of the control plane. */
  get pid(): number | undefined {
    return this.daemon.pid;
  }

  /** The last warnings and errors that were printed, for the message of a failed test. */
  get lastLines(): string {
    return this.daemon.lastLines;
  }

  /** Writes a kubeconfig for a service account: a program that uses it may do what the account's roles allow. */
  async kubeconfigOf(namespace: string, serviceAccount: string): Promise<string> {
    const token = await this.token(namespace, serviceAccount, { expirationSeconds: 24 * 60 * 60 });
    const path = join(this.folder, `${namespace}.${serviceAccount}.kubeconfig`);
    const cluster = {
      server: this.endpoint,
      "certificate-authority-data": Buffer.from(this.caCertificate).toString("base64"),
    };
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "local", cluster }],
      users: [{ name: serviceAccount, user: { token } }],
      contexts: [{ name: "local", context: { cluster: "local", user: serviceAccount, namespace } }],
      "current-context": "local",
    };
    // JSON is YAML too.
    await writeFile(path, JSON.stringify(config, null, 2), { mode: 0o600 });
    return path;
  }

  /** Deletes an object and waits until it is gone, finalizers and all. */
  async deleteAndWait(reference: KubeReference & { readonly name: string }, timeoutMs?: number): Promise<void> {
    await this.delete(reference);
    const what = `${reference.kind} ${reference.name} to be gone`;
    await this.waitFor(what, async () => (await this.find(reference)) === undefined, { timeoutMs });
  }

  /** Ends it and waits until it is gone, with all that it held. May be called more than once. */
  async stop(): Promise<void> {
    this.close();
    await this.daemon.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The first line that is printed, or what went wrong instead. */
async function firstOf(line: Promise<string>, daemon: Daemon): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), READY_WITHIN_MS)));
  const found = await Promise.race([line, daemon.exited.then(() => undefined), late]);
  clearTimeout(timer);
  if (found === undefined) {
    throw new Error(`the control plane did not start\n${daemon.lastLines}`);
  }
  return found;
}
