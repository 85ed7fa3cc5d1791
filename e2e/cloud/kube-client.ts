/** A small client of the Kubernetes API: what tests ask of it, with server-side apply, and no kubectl. */
import { Agent, request } from "node:https";

/** Any object of Kubernetes. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeMetadata;
  // Objects differ per kind, and tests look deep into them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [field: string]: any;
}

/** The part that all objects have. */
export interface KubeMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly [field: string]: unknown;
}

/** Names one object, or with no name all of a kind. */
export interface KubeReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The API's certificate authority and who the client is. */
export interface KubeCredentials {
  readonly ca: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
}

/** Something wrong with an object. */
export interface KubeCause {
  /** The path of the field, `spec.limits.cpu`. */
  readonly field: string;
  readonly message: string;
}

/** The API refused a request: its own words, and its reason ("NotFound", "Invalid", "TooManyRequests", …). */
export class KubeError extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    /** What is wrong with an object, field by field. */
    readonly causes: readonly KubeCause[] = [],
  ) {
    super(message);
    this.name = "KubeError";
  }
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** How the API says that it refuses. */
interface KubeStatus {
  readonly reason: string;
  readonly message: string;
  readonly details?: { readonly causes?: readonly KubeCause[] };
}

type Query = Readonly<Record<string, string | undefined>>;

/** How objects are applied. */
export interface ApplyOptions {
  /** Everything is checked by the server, nothing is kept. */
  readonly dryRun?: boolean;
  /** Who owns the fields that are set. */
  readonly fieldManager?: string;
  /** Also write the `status` part of an object. */
  readonly subresource?: "status";
}

const REQUEST_TIMEOUT_MS = 60_000;

/** True for an error that says that the object is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof KubeError && error.code === 404;
}

export class KubeClient {
  private readonly agent: Agent;
  private readonly resources = new Map<string, readonly ApiResource[]>();

  constructor(
    readonly endpoint: string,
    private readonly credentials: KubeCredentials,
  ) {
    const { ca, cert, key } = credentials;
    this.agent = new Agent({ ca, cert, key, keepAlive: true });
  }

  /** One request of any kind. An object as body is sent as JSON. */
  async request<T = unknown>(
    method: string,
    path: string,
    {
      query = {},
      body,
      contentType = "application/json",
    }: { query?: Query; body?: unknown; contentType?: string } = {},
  ): Promise<T> {
    const url = new URL(path, this.endpoint);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, value);
      }
    }
    const content = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const { code, text } = await new Promise<{ code: number; text: string }>((resolve, reject) => {
      const sent = request(url, {
        method,
        agent: this.agent,
        timeout: REQUEST_TIMEOUT_MS,
        headers: {
          accept: "application/json",
          ...(content !== undefined && { "content-type": contentType, "content-length": Buffer.byteLength(content) }),
          ...(this.credentials.token !== undefined && { authorization: `Bearer ${this.credentials.token}` }),
        },
      });
      sent.once("error", reject);
      sent.once("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer in ${REQUEST_TIMEOUT_MS} ms`)));
      sent.once("response", (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.once("error", reject);
        response.once("end", () => resolve({ code: response.statusCode ?? 0, text }));
      });
      sent.end(content);
    });
    if (code >= 200 && code < 300) {
      return parsed(text) as T;
    }
    const status = parsed(text) as Partial<KubeStatus>;
    const { reason = "", message = `${method} ${path}: ${code} ${text}` } = status;
    throw new KubeError(code, reason, message, status.details?.causes);
  }

  /** Server-side apply, in the given order. Returns the objects as the server keeps (or, dry, would keep) them. */
  async apply(objects: KubeObject | readonly KubeObject[], options: ApplyOptions = {}): Promise<KubeObject[]> {
    const applied: KubeObject[] = [];
    for (const object of [objects].flat() as KubeObject[]) {
      const { apiVersion, kind } = object;
      const { name, namespace } = object.metadata;
      const path = await this.path({ apiVersion, kind, name, namespace });
      applied.push(
        await this.request<KubeObject>("PATCH", options.subresource ? `${path}/${options.subresource}` : path, {
          query: {
            fieldManager: options.fieldManager ?? "e2e",
            force: "true",
            fieldValidation: "Strict",
            dryRun: options.dryRun ? "All" : undefined,
          },
          body: object,
          contentType: "application/apply-patch+yaml",
        }),
      );
    }
    return applied;
  }

  /** Asks whether the API would create an object; nothing is kept. Throws what it says against it. */
  async tryCreate(object: KubeObject): Promise<void> {
    const { apiVersion, kind, metadata } = object;
    const path = await this.path({ apiVersion, kind, namespace: metadata.namespace }, true);
    await this.request("POST", path, { query: { dryRun: "All", fieldValidation: "Strict" }, body: object });
  }

  /** The object, or an error. */
  async get(reference: KubeReference & { readonly name: string }): Promise<KubeObject> {
    return this.request<KubeObject>("GET", await this.path(reference));
  }

  /** The object, or undefined if there is none (or not even its kind). */
  async find(reference: KubeReference & { readonly name: string }): Promise<KubeObject | undefined> {
    try {
      return await this.get(reference);
    } catch (error) {
      if (isNotFound(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** All objects of a kind, of one namespace or of all. A kind that the server does not know has none. */
  async list(reference: KubeReference, selector: { labels?: string; fields?: string } = {}): Promise<KubeObject[]> {
    const { apiVersion, kind } = reference;
    try {
      const list = await this.request<{ items: Omit<KubeObject, "apiVersion" | "kind">[] }>(
        "GET",
        await this.path(reference, true),
        { query: { labelSelector: selector.labels, fieldSelector: selector.fields } },
      );
      // The server leaves out what is the same for every item.
      return list.items.map((item) => ({ ...item, apiVersion, kind }) as KubeObject);
    } catch (error) {
      if (isNotFound(error)) {
        return [];
      }
      throw error;
    }
  }

  /** A JSON merge patch; `subresource` is for example "status" or "scale". */
  async patch(reference: KubeReference & { name: string }, change: object, subresource?: string): Promise<KubeObject> {
    const path = await this.path(reference);
    return this.request<KubeObject>("PATCH", subresource ? `${path}/${subresource}` : path, {
      body: change,
      contentType: "application/merge-patch+json",
    });
  }

  /** Asks for the deletion, in the background as kubectl does. An object that is not there is as good as deleted. */
  async delete(reference: KubeReference & { readonly name: string }): Promise<void> {
    try {
      await this.request("DELETE", await this.path(reference), { body: { propagationPolicy: "Background" } });
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
    }
  }

  /** Asks for the eviction of a pod. A disruption budget that forbids it answers with code 429. */
  async evict(namespace: string, name: string): Promise<void> {
    await this.request("POST", `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
      body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } },
    });
  }

  /** A token of a service account, as its pods get one. */
  async token(
    namespace: string,
    serviceAccount: string,
    options: { readonly audience?: string; readonly expirationSeconds?: number } = {},
  ): Promise<string> {
    const made = await this.request<{ status: { token: string } }>(
      "POST",
      `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`,
      {
        body: {
          apiVersion: "authentication.k8s.io/v1",
          kind: "TokenRequest",
          spec: {
            audiences: options.audience === undefined ? [] : [options.audience],
            expirationSeconds: options.expirationSeconds ?? 3600,
          },
        },
      },
    );
    return made.status.token;
  }

  /**
   * Waits until `look` returns something other than undefined or false, and returns that. What it throws is taken for "not
   * yet", and told if the time runs out.
   */
  async waitFor<T>(
    what: string,
    look: () => Promise<T | undefined | false>,
    { timeoutMs = 60_000, intervalMs = 100 }: { readonly timeoutMs?: number; readonly intervalMs?: number } = {},
  ): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      let last: unknown;
      try {
        const found = await look();
        if (found !== undefined && found !== false) {
          return found;
        }
      } catch (error) {
        last = error;
      }
      if (Date.now() > deadline) {
        throw new Error(`waited ${timeoutMs} ms for ${what}${last === undefined ? "" : `: ${String(last)}`}`);
      }
      await new Promise((resolve) => setTimeout(resolve, intervalMs));
    }
  }

  /** Closes the connections. */
  close(): void {
    this.agent.destroy();
  }

  /** The path of an object, or of all objects of its kind. */
  private async path(reference: KubeReference, ofAll = false): Promise<string> {
    const { apiVersion, kind, namespace, name } = reference;
    const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = await this.resource(base, apiVersion, kind);
    const parts = [base];
    if (resource.namespaced && (namespace !== undefined || !ofAll)) {
      parts.push("namespaces", namespace ?? "default");
    }
    parts.push(resource.name);
    if (!ofAll) {
      parts.push(encodeURIComponent(name as string));
    }
    return parts.join("/");
  }

  private async resource(base: string, apiVersion: string, kind: string): Promise<ApiResource> {
    const wanted = (list: readonly ApiResource[]): ApiResource | undefined =>
      list.find((entry) => entry.kind === kind && !entry.name.includes("/"));
    // What is known is not asked for again, but a kind that is not may have been defined in the meantime.
    const found = wanted(this.resources.get(base) ?? []) ?? wanted(await this.discover(base));
    if (found) {
      return found;
    }
    throw new KubeError(404, "NotFound", `the server knows no ${kind} in ${apiVersion}`);
  }

  private async discover(base: string): Promise<readonly ApiResource[]> {
    const { resources } = await this.request<{ resources: ApiResource[] }>("GET", base);
    this.resources.set(base, resources);
    return resources;
  }
}

/** The API answers in JSON, its health checks in words. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
