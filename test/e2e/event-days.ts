/** A table of orders that is synced day after day: its file, its store, and Meta in the shape of an emulator. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import nock from "nock";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.js";
import { isJsonObject, parseJson, type JsonObject } from "../../src/core/json.js";
import { cli, type CliRun } from "./cli.js";

const GRAPH = "https://graph.facebook.com";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Noon of day 0. */
const NOON = Date.UTC(2026, 3, 30, 12);

/** One row of the table. */
export interface Order {
  readonly id: string;
  /** Days before or after noon of day 0. */
  readonly day: number;
  /** An address of its own when missing. */
  readonly email?: string;
  readonly name?: string;
}

/** How a sync is configured. */
export interface Settings {
  readonly pixel: string;
  readonly actionSource: string;
  readonly routes: Readonly<Record<string, string>>;
}

const USUAL: Settings = { pixel: "456", actionSource: "website", routes: {} };

/** The world of one test. */
export class Days {
  /** Takes requests, and its answers are lost. */
  losesAnswers = false;
  /** Ids of events that Meta refuses for themselves, for a reason that nobody foresees. */
  refuses: readonly string[] = [];
  settings: Settings = USUAL;
  private orders: readonly Order[] = [];
  private now = NOON;
  private readonly meta: Emulator = createEmulator({ clock: () => this.now, matching: "cell" });

  private constructor(private readonly folder: string) {
    nock(GRAPH)
      .persist()
      .post(/./)
      .reply((uri, body) => this.answer(uri, body));
  }

  static async begin(): Promise<Days> {
    return new Days(await mkdtemp(path.join(tmpdir(), "retl-meta-days-")));
  }

  async end(): Promise<void> {
    nock.cleanAll();
    await rm(this.folder, { recursive: true });
  }

  /** More rows in the table; those that were there stay. */
  add(...orders: readonly Order[]): void {
    this.orders = [...this.orders, ...orders];
  }

  /** A row leaves the table, or comes back as another one. */
  replace(id: string, ...orders: readonly Order[]): void {
    this.orders = [...this.orders.filter((order) => order.id !== id), ...orders];
  }

  /** Runs a command at noon of a day. */
  async on(day: number, ...argv: readonly string[]): Promise<CliRun> {
    this.now = NOON + day * DAY;
    await writeFile(path.join(this.folder, "orders.csv"), this.table());
    await writeFile(path.join(this.folder, "orders.yaml"), syncFile(this.settings));
    return cli(argv, {
      cwd: this.folder,
      now: this.now,
      env: { DESTINATIONS__META__ACCESS_TOKEN: "planted-token-51c8" },
    });
  }

  /** Syncs at noon of a day; gives the exit code, and where the records ended up. */
  async sync(day: number, ...flags: readonly string[]): Promise<readonly [number, JsonObject]> {
    const { code, stdout } = await this.on(day, "sync", "orders.yaml", "--json", ...flags);
    const result = parseJson(stdout);
    const records = result.ok && isJsonObject(result.value) ? result.value["records"] : undefined;
    if (!isJsonObject(records)) throw new Error(`no result: ${stdout}`);
    return [code, Object.fromEntries(Object.entries(records).filter(([, count]) => count !== 0))];
  }

  /** The ids of the events that count at a pixel, in the order in which they came. */
  counted(pixel = "456"): readonly (string | undefined)[] {
    const { pixels } = this.meta.state();
    return pixels.find(({ id }) => id === pixel)?.events.map((event) => event.event_id) ?? [];
  }

  /** How many events came to a pixel, repeats among them. */
  received(pixel = "456"): number {
    return this.meta.state().pixels.find(({ id }) => id === pixel)?.counts.received ?? 0;
  }

  private async answer(uri: string, body: nock.Body): Promise<[number, string]> {
    const text = JSON.stringify(body);
    if (this.refuses.some((id) => text.includes(`"event_id":"${id}"`))) return REFUSED;
    const headers = { "content-type": "application/json", authorization: "Bearer any" };
    const request = new Request(`${GRAPH}${uri}`, { method: "POST", headers, body: text });
    const response = await this.meta.handle(request);
    return this.losesAnswers ? LOST : [response.status, await response.text()];
  }

  private table(): string {
    const rows = this.orders.map(({ id, day, email = `${id}@example.test`, name = "Lead" }) =>
      [id, name, new Date(NOON + day * DAY).toISOString(), email].join(","),
    );
    return ["id,name,at,email", ...rows, ""].join("\n");
  }
}

const LOST: [number, string] = [502, "<html></html>"];

const REFUSED: [number, string] = [
  400,
  JSON.stringify({
    error: {
      message: "Invalid parameter",
      type: "OAuthException",
      code: 100,
      error_subcode: 2804050,
    },
  }),
];

function syncFile({ pixel, actionSource, routes }: Settings): string {
  return `sync: orders
source: {file: orders.csv}
event:
  key: {event_id: id}
  event_name: name
  occurred_at: at
  identifiers: {email: email}
destination:
  mapping: events.meta
  credential_namespace: destinations.meta
  config:
    ad_account_id: "1"
    pixel_id: "${pixel}"
    action_source: ${actionSource}
    event_routes: ${JSON.stringify(routes)}
`;
}
