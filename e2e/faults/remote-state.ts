/** A remote state: Terraform keeps it at a URL, and saves it seldom while it works. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One state, in memory. */
export class RemoteState {
  private text: string | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<RemoteState> {
    const server = createServer();
    const state = new RemoteState(server);
    server.on("request", (asked, answer) => {
      if (asked.method === "POST") {
        const parts: Buffer[] = [];
        asked.on("data", (part: Buffer) => parts.push(part));
        // One whose sender was killed has no end, and changes nothing.
        asked.on("end", () => {
          state.text = Buffer.concat(parts).toString();
          answer.end();
        });
      } else {
        answer.statusCode = state.text === undefined ? 404 : 200;
        answer.end(state.text);
      }
    });
    server.listen(0, "127.0.0.1").unref();
    await once(server, "listening");
    return state;
  }

  /** What Terraform needs in its environment to find it. */
  env(): Record<string, string> {
    return { TF_HTTP_ADDRESS: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/state` };
  }

  /** Loses it. */
  lose(): void {
    this.text = undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
