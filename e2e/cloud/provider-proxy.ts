/** Stands between Terraform and a provider that runs, and tells Terraform of those types only that a test uses. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import {
  connect,
  constants,
  createServer,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { withTypes } from "./provider-schema";

const SCHEMA = "/tfplugin5.Provider/GetSchema";
/** gRPC puts a byte for the compression and four for the length before each message. */
const FRAME_HEADER_BYTES = 5;
/** The schema of AWS has some 20 MB; a window below that would only make it wait. */
const WINDOW_BYTES = 2 ** 25;

/** A proxy for one provider, on a socket of its own. What it does not know it hands on, byte for byte. */
export class ProviderProxy {
  private readonly types = new Set<string>();
  private readonly sessions = new Set<ServerHttp2Session>();
  private schema: Promise<Buffer> | undefined;

  private constructor(
    readonly socket: string,
    private readonly folder: string,
    private readonly server: Http2Server,
    private readonly provider: ClientHttp2Session,
  ) {
    server.on("session", (session) => {
      this.sessions.add(session);
      session.once("close", () => this.sessions.delete(session));
    });
    server.on("stream", (stream, headers) => {
      stream.on("error", () => undefined);
      if (headers[constants.HTTP2_HEADER_PATH] === SCHEMA) {
        void this.answerSchema(stream, headers);
      } else {
        this.handOn(stream, headers);
      }
    });
  }

  /** Starts before the provider on this Unix socket. */
  static async start(providerSocket: string): Promise<ProviderProxy> {
    const folder = await mkdtemp(join(tmpdir(), "provider-proxy-"));
    const provider = connect("http://localhost", {
      createConnection: () => createConnection(providerSocket),
      settings: { initialWindowSize: WINDOW_BYTES },
    });
    // A provider that ends closes the connection: each call then fails by itself.
    provider.on("error", () => undefined);
    await once(provider, "connect");
    provider.setLocalWindowSize(WINDOW_BYTES);
    // The connection alone must not keep Node alive.
    provider.unref();
    const server = createServer();
    const socket = join(folder, "socket");
    server.listen(socket).unref();
    await once(server, "listening");
    return new ProviderProxy(socket, folder, server, provider);
  }

  /** Adds to the types that Terraform is told of. */
  tellOf(types: Iterable<string>): void {
    for (const type of types) {
      this.types.add(type);
    }
  }

  /** Ends it. May be called more than once. */
  async stop(): Promise<void> {
    this.server.close();
    for (const session of this.sessions) {
      session.destroy();
    }
    this.provider.destroy();
    await rm(this.folder, { recursive: true, force: true });
  }

  private handOn(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const call = this.provider.request(headers);
    joinEnds(stream, call);
    stream.pipe(call);
    call.pipe(stream, { end: false });
    call.once("response", (answer, flags) => {
      const alone = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      stream.respond(answer, alone ? { endStream: true } : { waitForTrailers: true });
    });
    let trailers: IncomingHttpHeaders = {};
    call.once("trailers", (found) => (trailers = found));
    stream.once("wantTrailers", () => stream.sendTrailers(trailers));
    call.once("end", () => stream.end());
  }

  private async answerSchema(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    stream.resume();
    try {
      this.schema ??= this.askSchema(headers);
      const message = withTypes(await this.schema, (type) => this.types.has(type));
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(framed(message));
    } catch {
      stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    }
  }

  private async askSchema(headers: IncomingHttpHeaders): Promise<Buffer> {
    const call = this.provider.request(headers);
    call.end(framed(Buffer.alloc(0)));
    const parts: Buffer[] = [];
    for await (const part of call) {
      parts.push(part as Buffer);
    }
    return Buffer.concat(parts).subarray(FRAME_HEADER_BYTES);
  }
}

function framed(message: Buffer): Buffer {
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

/** When one side gives up, so does the other. */
function joinEnds(stream: ServerHttp2Stream, call: ClientHttp2Stream): void {
  call.on("error", () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  stream.once("aborted", () => call.close(constants.NGHTTP2_CANCEL));
}
