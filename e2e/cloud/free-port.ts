import { createServer } from "node:net";

/**
 * A loopback port that nobody listens on. Another program may still take it before it is used: whoever starts a server
 * on it tries again with a new one when the server does not come up.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") {
        server.close();
        reject(new Error("the system gave no port"));
        return;
      }
      server.close(() => resolve(address.port));
    });
  });
}
