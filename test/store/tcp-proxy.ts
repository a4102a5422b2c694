/** A way to a server that can be cut without its client hearing of it. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** An open way. */
export interface TcpProxy {
  /** The same URL, by this way. */
  readonly url: string;
  /** The server sees its clients gone; they see nothing, and hear nothing any more. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** Opens a way to the server of a URL. */
export async function tcpProxy(url: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(url);
  const clients = new Set<Socket>();
  const servers = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect(Number(port), hostname);
    clients.add(client);
    servers.add(server);
    client.on("data", (bytes) => server.write(bytes));
    server.on("data", (bytes) => client.write(bytes));
    client.on("error", () => undefined).on("close", () => server.destroy());
    server.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new TypeError("a port has a number");
  return {
    url: url.replace(`:${port}/`, `:${String(address.port)}/`),
    cut: () => {
      for (const server of servers) server.destroy();
    },
    close: async () => {
      for (const client of clients) client.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
}
