/** A cluster's API over HTTPS, with whatever credentials a kubeconfig or EKS gives. */
import type { RequestOptions } from "node:https";
import { request } from "node:https";
import type * as clientNode from "@kubernetes/client-node" with { "resolution-mode": "import" };
import { once } from "../once";
import { optionalPackages } from "../optional-packages";
import type { ChangeableKubernetes, ObjectMetadata } from "./kubernetes";
import { Unreachable } from "./unreachable";

/** Which cluster, by a kubeconfig. */
export interface KubeconfigOptions {
  /** A file; by default those that kubectl takes. */
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Which cluster, by its endpoint. */
export interface EndpointOptions {
  readonly endpoint: string;
  /** In base64. */
  readonly certificateAuthority: string;
  readonly token: string;
}

type KubeConfig = clientNode.KubeConfig;

const TIMEOUT_MS = 15_000;

/** Loads what is needed to ask a cluster, or says what is missing. */
export async function kubernetesClients(): Promise<typeof clientNode> {
  const name = "@kubernetes/client-node@1";
  return (await optionalPackages({ [name]: () => import("@kubernetes/client-node") }))[name];
}

/** The API of a cluster. Nothing is asked, and no credentials are looked for, before the first question. */
export async function kubernetesAt(
  where: KubeconfigOptions | (() => Promise<EndpointOptions>),
): Promise<KubernetesClient> {
  const { KubeConfig: Config } = await kubernetesClients();
  return new KubernetesClient(
    once(async () => {
      const config = new Config();
      try {
        await load(config, where);
      } catch (problem) {
        throw new Unreachable(`the cluster cannot be asked: ${(problem as Error).message}`);
      }
      return config;
    }),
  );
}

async function load(config: KubeConfig, where: KubeconfigOptions | (() => Promise<EndpointOptions>)): Promise<void> {
  if (typeof where === "function") {
    const { endpoint, certificateAuthority, token } = await where();
    config.loadFromClusterAndUser(
      { name: "eks", server: endpoint, caData: certificateAuthority, skipTLSVerify: false },
      { name: "eks", token },
    );
    return;
  }
  if (where.kubeconfig === undefined) {
    config.loadFromDefault();
  } else {
    config.loadFromFile(where.kubeconfig);
  }
  if (where.context !== undefined) {
    config.setCurrentContext(where.context);
  }
  if (config.getCurrentCluster() === null) {
    throw new Error(`the kubeconfig has no context ${config.getCurrentContext() || "that is current"}`);
  }
}

/** An API server that is asked. */
export class KubernetesClient implements ChangeableKubernetes {
  constructor(private readonly config: () => Promise<KubeConfig>) {}

  /** The URL of the API server. */
  async server(): Promise<string> {
    return (await this.config()).getCurrentCluster()?.server ?? "";
  }

  async get<T>(path: string): Promise<T | undefined> {
    const { code, text } = await this.ask("GET", path);
    return code === 404 ? undefined : answerOf<T>(code, text);
  }

  async list<T>(path: string): Promise<readonly T[]> {
    const found: T[] = [];
    let next = "";
    do {
      const url = `${path}${path.includes("?") ? "&" : "?"}limit=500${next && `&continue=${encodeURIComponent(next)}`}`;
      const page = await this.get<{
        readonly items?: readonly T[];
        readonly metadata?: { readonly continue?: string };
      }>(url);
      found.push(...(page?.items ?? []));
      next = page?.metadata?.continue ?? "";
    } while (next !== "");
    return found;
  }

  async delete(path: string, { uid, resourceVersion }: ObjectMetadata): Promise<void> {
    const { code, text } = await this.ask("DELETE", path, { preconditions: { uid, resourceVersion } });
    if (code !== 404) {
      answerOf(code, text);
    }
  }

  private async ask(method: string, path: string, body?: object): Promise<{ code: number; text: string }> {
    const config = await this.config();
    const text = body === undefined ? "" : JSON.stringify(body);
    const headers = {
      accept: "application/json",
      ...(body && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
    };
    const options: RequestOptions = { method, headers, timeout: TIMEOUT_MS };
    try {
      await config.applyToHTTPSOptions(options);
      return await send(new URL(path, await this.server()), options, text);
    } catch (problem) {
      throw new Unreachable(`${await this.server()} does not answer: ${(problem as Error).message}`);
    }
  }
}

function send(url: URL, options: RequestOptions, body: string): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ code: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} seconds`)));
    asked.on("error", reject);
    asked.end(body);
  });
}

function answerOf<T>(code: number, text: string): T {
  if (code >= 200 && code < 300) {
    return JSON.parse(text) as T;
  }
  throw new Unreachable(`the cluster refuses (${code}): ${messageOf(text)}`);
}

/** The API says why in JSON, what stands before it in words. */
function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message: string }).message;
  } catch {
    return text.slice(0, 200).trim();
  }
}
