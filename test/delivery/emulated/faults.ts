/** The ways in which an exchange with Meta goes wrong, on real requests and responses. */
import type { Transport } from "../../../src/core/ports.js";
import type { Chance } from "../../simulation/time/chance.js";
import type { VirtualTime } from "../../simulation/time/virtual-time.js";
import { NEVER, sleepIn } from "../world.js";

/** What may go wrong, each with its share of all exchanges in percent. */
const FAULTS = [
  ["HTTP 500", 5],
  ["reset", 3],
  ["no answer", 2],
  ["HTML", 2],
  ["throttled 80003", 2],
  ["throttled 613", 1],
  ["is_transient", 1],
] as const;

type Fault = (typeof FAULTS)[number][0];

/** Whether Meta had carried the request out when it went wrong. */
const MOMENTS = ["before", "after"] as const;

interface Mishap {
  readonly fault: Fault;
  readonly moment: (typeof MOMENTS)[number];
}

/** Exchanges in the shares above, half of each fault before and half after; most go well. */
function deck(): readonly (Mishap | undefined)[] {
  const mishaps = FAULTS.flatMap(([fault, percent]) =>
    MOMENTS.flatMap((moment) => Array.from({ length: percent }, () => ({ fault, moment }))),
  );
  return Array.from({ length: 200 }, (_, index) => mishaps[index]);
}

/** An exchange, as it is seen from outside. */
export interface LoggedExchange {
  /** Whose limits it counts against. */
  readonly key: string;
  readonly startedAt: number;
  /** Until when Meta then asked to wait. */
  readonly blockedUntil: number | undefined;
  /** How many exchanges of all keys had been answered when it started. */
  readonly answeredBefore: number;
  /** Its own number among the answers; missing when it had none. */
  readonly answer: number | undefined;
}

interface World {
  readonly time: VirtualTime;
  readonly chance: Chance;
  /** The ad account or pixel of a request. */
  readonly keyOf: (request: Request) => string;
  /** After so many milliseconds nobody waits for an answer any more. */
  readonly timeoutMs: number;
}

/** A network and a Meta with faults, and what they did. */
export class FaultyMeta {
  readonly exchanges: LoggedExchange[] = [];
  /** How often each fault occurred. */
  readonly occurred = new Map<string, number>(
    FAULTS.flatMap(([fault]) => MOMENTS.map((moment) => [`${fault}, ${moment}`, 0])),
  );
  private answers = 0;
  /** What becomes of the next exchanges. */
  private dealt: (Mishap | undefined)[] = [];

  constructor(
    private readonly meta: Transport,
    private readonly world: World,
  ) {}

  readonly transport: Transport = async (request) => {
    const { time, chance, keyOf } = this.world;
    const key = keyOf(request);
    const seen = { key, startedAt: time.clock(), answeredBefore: this.answers };
    const number = this.exchanges.length;
    this.exchanges.push({ ...seen, blockedUntil: undefined, answer: undefined });
    const mishap = this.draw();
    await this.pass(chance.between(40, 400));
    const response =
      mishap === undefined ? await this.meta(request) : await this.fail(mishap, request);
    this.exchanges[number] = {
      ...seen,
      blockedUntil: statedUntil(response, time.clock()),
      answer: this.answers,
    };
    this.answers += 1;
    return response;
  };

  /** Shuffled anew whenever all are dealt. */
  private draw(): Mishap | undefined {
    if (this.dealt.length === 0) this.dealt = [...this.world.chance.shuffled(deck())];
    return this.dealt.pop();
  }

  /** Something goes wrong, before Meta carried the request out or after. */
  private async fail({ fault, moment }: Mishap, request: Request): Promise<Response> {
    const name = `${fault}, ${moment}`;
    this.occurred.set(name, (this.occurred.get(name) ?? 0) + 1);
    if (moment === "after") await this.apply(fault, request);
    return this.answerOf(fault);
  }

  /** A request whose answer is lost may take its time, as long as somebody could wait for it. */
  private async apply(fault: Fault, request: Request): Promise<void> {
    if (fault !== "reset" && fault !== "no answer") {
      await this.meta(request);
      return;
    }
    const { time, chance, timeoutMs } = this.world;
    const copy = new Request(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body === null ? null : await request.text(),
    });
    time.in(chance.between(0, timeoutMs - 1_000), () => void this.meta(copy));
  }

  private answerOf(fault: Fault): Promise<Response> {
    switch (fault) {
      case "HTTP 500":
        return Promise.resolve(graphError(500, { code: 1, message: "An unknown error occurred" }));
      case "reset":
        return Promise.reject(
          new TypeError("fetch failed", {
            cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
          }),
        );
      case "no answer":
        return new Promise(() => undefined);
      case "HTML":
        return Promise.resolve(new Response("<html>Sorry</html>", { status: 502 }));
      case "throttled 80003":
        return Promise.resolve(this.useCaseLimit());
      case "throttled 613":
        return Promise.resolve(this.accountLimit());
      case "is_transient":
        return Promise.resolve(
          graphError(400, { code: 1342, message: "Try again", is_transient: true }),
        );
    }
  }

  private useCaseLimit(): Response {
    const minutes = this.world.chance.between(1, 4);
    const usage = {
      "1": [
        {
          type: "custom_audience",
          call_count: 100,
          total_cputime: 40,
          total_time: 60,
          estimated_time_to_regain_access: minutes,
        },
      ],
    };
    const headers = { "x-business-use-case-usage": JSON.stringify(usage) };
    return graphError(400, { code: 80_003, message: "(#80003) Too many calls" }, headers);
  }

  private accountLimit(): Response {
    const seconds = this.world.chance.between(20, 90);
    const usage = { acc_id_util_pct: 100, reset_time_duration: seconds };
    const headers = { "x-ad-account-usage": JSON.stringify(usage) };
    const error = { code: 613, error_subcode: 1_487_742, message: "(#613) Too many calls" };
    return graphError(400, error, headers);
  }

  private pass(ms: number): Promise<void> {
    return sleepIn(this.world.time)(ms, NEVER);
  }
}

function graphError(
  status: number,
  error: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { error: { type: "OAuthException", fbtrace_id: "AfFault", ...error } };
  return Response.json(body, { status, headers });
}

/** Read here without the code under test. */
function statedUntil({ headers }: Response, now: number): number | undefined {
  const minutes = /"estimated_time_to_regain_access":(\d+)/.exec(
    headers.get("x-business-use-case-usage") ?? "",
  )?.[1];
  const seconds = /"reset_time_duration":(\d+)/.exec(headers.get("x-ad-account-usage") ?? "")?.[1];
  if (minutes !== undefined) return now + Number(minutes) * 60_000;
  return seconds === undefined ? undefined : now + Number(seconds) * 1_000;
}

/** The exchanges that started although a stated wait was not over. */
export function tooEarly(exchanges: readonly LoggedExchange[]): readonly LoggedExchange[] {
  return exchanges.filter(({ key, startedAt, answeredBefore }) =>
    exchanges.some(
      (other) =>
        other.key === key &&
        other.answer !== undefined &&
        other.answer < answeredBefore &&
        startedAt < (other.blockedUntil ?? -Infinity),
    ),
  );
}
