/** Stands between Terraform and the local AWS, and lets a call go wrong. */
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { LocalAws } from "../cloud/local-aws";
import { awsCall, callKey, expired, isChange, refusal, throttled, type AwsCall, type Refusal } from "./aws-call";
import type { Fault } from "./fault";

/** A slow answer comes this much later. */
const SLOW_MS = 2_000;
/** What an answer says of the connection that it came by. */
const OF_A_CONNECTION = ["transfer-encoding", "connection", "content-length"];
/** So often a service does not know a role that was just made. */
const NOT_SEEN_YET = 3;

/** What was asked while a command ran. */
export interface Seen {
  /** The calls by their keys, each once, in the order of their first time. */
  readonly keys: readonly string[];
  /** Those of them that change anything. */
  readonly changes: readonly string[];
  /** How many requests met the fault. */
  readonly hits: number;
}

/** A proxy before one account. */
export class FaultProxy {
  private fault: Fault | undefined;
  private kill: () => void = () => undefined;
  private readonly keys = new Map<string, boolean>();
  private hits = 0;
  private begun = false;
  private open = 0;

  private constructor(
    private readonly aws: LocalAws,
    private readonly server: Server,
  ) {
    server.on("request", (asked, answer) => void this.answer(asked, answer));
  }

  static async start(aws: LocalAws): Promise<FaultProxy> {
    const server = createServer({ keepAlive: true });
    server.listen(0, "127.0.0.1").unref();
    await once(server, "listening");
    return new FaultProxy(aws, server);
  }

  /** What a program needs to ask the account by this way. */
  env(): Record<string, string> {
    return { ...this.aws.env(), AWS_ENDPOINT_URL: this.endpoint };
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get region(): string {
    return this.aws.region;
  }

  /** Forgets what was asked; from now on this goes wrong. `kill` ends Terraform. */
  begin(fault?: Fault, kill: () => void = () => undefined): void {
    this.fault = fault;
    this.kill = kill;
    this.keys.clear();
    this.hits = 0;
    this.begun = false;
  }

  /** Waits until nothing is being asked, lets everything work again, and tells what was asked. */
  async end(): Promise<Seen> {
    while (this.open > 0) {
      await pause(20);
    }
    const all = [...this.keys];
    const seen = {
      keys: all.map(([key]) => key),
      changes: all.filter(([, change]) => change).map(([key]) => key),
      hits: this.hits,
    };
    this.begin();
    return seen;
  }

  /** Ends it. May be called more than once. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    this.open += 1;
    try {
      const body = await bodyOf(asked);
      const call = awsCall(asked.method ?? "GET", asked.url ?? "/", asked.headers, body.toString());
      this.keys.set(callKey(call), isChange(call));
      const fault = this.faultOf(call);
      if (fault === undefined) {
        send(answer, await this.forward(asked, body));
      } else {
        this.hits += 1;
        await this.goWrong(fault, call, answer, () => this.forward(asked, body));
      }
    } catch {
      // Whoever asked is gone, or the account is: a broken connection says so.
      answer.destroy();
    } finally {
      this.open -= 1;
    }
  }

  /** The fault, where this call meets it. */
  private faultOf(call: AwsCall): Fault | undefined {
    const { fault } = this;
    if (fault === undefined) {
      return undefined;
    }
    const isAt = fault.at === callKey(call);
    if (fault.kind === "role not seen yet") {
      return isAt && this.hits < NOT_SEEN_YET ? fault : undefined;
    }
    if (!this.begun) {
      this.begun = isAt;
      return isAt ? fault : undefined;
    }
    return goesOn(fault) ? fault : undefined;
  }

  private async goWrong(
    { kind }: Fault,
    call: AwsCall,
    answer: ServerResponse,
    forward: () => Promise<Refusal>,
  ): Promise<void> {
    switch (kind) {
      case "throttled":
        return send(answer, throttled(call));
      case "500":
        return send(answer, refusal(call, 500, "InternalFailure", "An internal error has occurred"));
      case "503":
        return send(answer, refusal(call, 503, "ServiceUnavailable", "Service is unable to handle request"));
      case "credentials expired":
        return send(answer, expired(call));
      case "role not seen yet":
        return send(answer, notSeenYet(call));
      case "slow":
        await pause(SLOW_MS);
        return send(answer, await forward());
      case "answer lost":
        await forward();
        return void answer.destroy();
      case "reset":
        return void answer.destroy();
      case "killed after":
        if (this.hits === 1) {
          await forward();
        }
        this.kill();
        return void answer.destroy();
      case "killed before":
        this.kill();
        return void answer.destroy();
    }
  }

  /** What the account answers. */
  private forward(asked: IncomingMessage, body: Buffer): Promise<Refusal> {
    const { method, url, headers } = asked;
    return new Promise((resolve, reject) => {
      // The `Host` is kept: the account names its queues by it.
      const passed = request(this.aws.endpoint + (url ?? "/"), { method, headers, agent: false }, (response) => {
        bodyOf(response).then((text) => {
          const kept = Object.fromEntries(
            Object.entries(response.headers).filter(([name]) => !OF_A_CONNECTION.includes(name)),
          );
          resolve({
            status: response.statusCode ?? 502,
            headers: kept as Record<string, string>,
            body: text.toString(),
          });
        }, reject);
      });
      passed.on("error", reject);
      passed.end(body);
    });
  }
}

/** Whether later calls meet it too. A dead Terraform's provider may still have some under way. */
function goesOn({ kind, length }: Fault): boolean {
  return length === "to the end" || kind === "credentials expired" || kind.startsWith("killed");
}

/** What EKS says of a role that it has not heard of. */
function notSeenYet(call: AwsCall): Refusal {
  const message = call.action.endsWith("fargate-profiles")
    ? "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal"
    : "The specified principalArn is invalid: invalid principal";
  return refusal(call, 400, "InvalidParameterException", message);
}

function send(answer: ServerResponse, { status, headers, body }: Refusal): void {
  answer.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  answer.end(body);
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
