import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../core/ports.js";
import { createEmulator, type Emulator } from "./emulator.js";
import type { Reply } from "./faults/fault.js";
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
export interface RunningEmulator extends Omit<Emulator, "receive"> {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts open connections. */
  stop(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Starts an emulator on loopback, for any client of Meta by its `url`, and for a destination by its
 * `handle`, which is a transport. Each has a state of its own; docs/emulator.md is its guide.
 *
 * @throws what `listen` throws when the port is taken, and a `RangeError` when `faults` or
 * `callsPerHour` are no numbers of their kind
 * @example
 * const local = await startEmulator();
 * const tested = await loadDestination("retl/meta", { ...options, transport: local.handle });
 * await tested.deliver([order]);
 * console.log(local.state().pixels.map(({ id, stored }) => [id, stored])); // => [["456", 1]]
 * await local.stop();
 */
export async function startEmulator(options: ServeOptions = {}): Promise<RunningEmulator> {
  const emulator = createEmulator({ clock: Date.now, matching: "cell", ...options });
  const limit = options.maxBodyBytes ?? MAX_BODY_BYTES;
  const server = createServer((incoming, outgoing) => {
    answer(emulator, incoming, outgoing, limit).catch(() => outgoing.destroy());
  });
  server.on("clientError", refuseUnread);
  const port = await listen(server, options.port ?? 0);
  return {
    ...emulator,
    url: `http://${LOOPBACK}:${String(port)}`,
    port,
    stop: () => stop(server),
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

function stop(server: Server): Promise<void> {
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
  const request = await readRequest(incoming, outgoing, limit);
  const reply = request === undefined ? tooLarge() : await emulator.receive(request);
  if (reply.kind === "answer") await write(reply.response, outgoing);
  else if (reply.kind === "cut") incoming.socket.resetAndDestroy();
  // On silence the connection stays open until its other end gives up, or the emulator stops.
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

function tooLarge(): Reply {
  const response = new Response("<html><body>Request Entity Too Large</body></html>", {
    status: 413,
    headers: { "content-type": "text/html", connection: "close" },
  });
  return { kind: "answer", response };
}

/**
 * A URL or headers that are too long: Meta's answer to people in the query of a DELETE is a page too.
 * @see https://github.com/facebook/facebook-nodejs-business-sdk/issues/56
 */
function refuseUnread(error: Error, socket: Duplex): void {
  const tooLong = "code" in error && error.code === "HPE_HEADER_OVERFLOW";
  if (!tooLong || !socket.writable) return void socket.destroy();
  const page = "<html><body>Request-URI Too Large</body></html>";
  const head = ["HTTP/1.1 414 URI Too Long", "Content-Type: text/html", "Connection: close"];
  socket.end([...head, `Content-Length: ${String(page.length)}`, "", page].join("\r\n"));
}
