import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Clock } from "../core/ports.js";
import { createEmulator, type Emulator } from "./emulator.js";
import type { EmulatorOptions } from "./options.js";
import { readRequest } from "./read-request.js";

/** How an emulator is served; everything has a default. */
export interface ServeOptions extends Partial<EmulatorOptions> {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Bodies above so many bytes (64 MiB when missing) get HTTP 413 with a page, as from a proxy. */
  readonly maxBodyBytes?: number;
}

/** An emulator that listens on this machine. */
export interface RunningEmulator extends Emulator {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Starts an emulator on loopback; rejects when the port is taken.
 *
 * @example const emulator = await startEmulator({ port: 4025 });
 */
export async function startEmulator(options: ServeOptions = {}): Promise<RunningEmulator> {
  const emulator = createEmulator({ clock: Date.now, matching: "cell", ...options });
  const limit = options.maxBodyBytes ?? MAX_BODY_BYTES;
  const server = createServer((incoming, outgoing) => {
    answer(emulator, incoming, outgoing, limit).catch(() => outgoing.destroy());
  });
  const port = await listen(server, options.port ?? 0);
  return {
    ...emulator,
    url: `http://${LOOPBACK}:${String(port)}`,
    port,
    close: () => close(server),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

async function answer(
  emulator: Emulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  limit: number,
): Promise<void> {
  const request = await readRequest(incoming, limit);
  const response = request === undefined ? tooLarge() : await emulator.handle(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

function tooLarge(): Response {
  return new Response("<html><body>Request Entity Too Large</body></html>", {
    status: 413,
    headers: { "content-type": "text/html", connection: "close" },
  });
}
