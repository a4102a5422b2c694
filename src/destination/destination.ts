/** What the library's object can do: a binding and a mapping, ready to plan and deliver records. */
import type { Binding } from "../config/binding.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Rejection } from "../core/record.js";
import type { Result } from "../core/result.js";
import type { RunEvent } from "../delivery/run-event.js";
import type { RunResult } from "../delivery/run-result.js";
import type { CheckedMapping } from "../mapping/form.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { ForgetOptions, ForgottenPeople, People } from "./forget-people.js";
import type { SurfaceDescription } from "./surfaces.js";

/**
 * Contract records in any iterable: an array, a generator, rows as they are read. Each is held to the
 * contract when it is its turn ({@link EventRecord}, {@link StateRecord}); what it does not hold is
 * rejected, and the others go on. They are read as requests leave, so that a source of any size has room;
 * what stands in an array must not be changed before the run is over.
 */
export type Records = Iterable<unknown> | AsyncIterable<unknown>;

/** How records are planned. */
export interface PlanOptions {
  /** Freezes the clock of age checks, in milliseconds; a plan without it checks no age. */
  readonly now?: number;
  /** Sends again what earlier runs have delivered. */
  readonly resend?: boolean;
  /**
   * Hears of each rejected record, and is waited for. It sees each of them, where the result has counts and
   * one example a reason. An error that it throws in `deliver` is thrown on after the run.
   */
  readonly onRejection?: (rejection: Rejection) => Promise<void> | void;
}

/** How records are delivered. */
export interface DeliverOptions extends PlanOptions {
  /** Plans and checks everything, and sends nothing; `signal` and `onEvent` are of no use then. */
  readonly dryRun?: boolean;
  /** Interrupts: no request starts any more, open ones are settled, the result says `interrupted`. */
  readonly signal?: AbortSignal;
  /**
   * Hears what happens while it happens: records read, requests planned, exchanges, waits, limits used.
   * Figures and names of targets, never records. An error that it throws is thrown on after the run.
   */
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * One configured destination, as `loadDestination` makes it. In the examples `meta` is one for events,
 * and `order` an {@link EventRecord}.
 */
export interface Destination {
  /** By what it was loaded: `retl/meta`. */
  readonly ref: string;
  /** What either surface takes; which one this destination is for is `mapping.surface`. */
  readonly surfaces: readonly SurfaceDescription[];
  /** How requests are authorised; the token is resolved when a request leaves. */
  readonly auth: { readonly mode: "bearer"; readonly credential: "access_token" };
  readonly binding: Binding;
  readonly mapping: CheckedMapping;
  /**
   * The requests that delivering these records would send first, by what the store knows of earlier
   * runs. Audiences are looked up, if a token is there; none is created, and nothing is written.
   *
   * @throws {StoreFailure} when the store cannot be read
   * @example
   * for await (const { method, path, recordCount } of meta.plan([order]))
   *   console.log(`${method} ${path}: ${recordCount} records`);
   */
  plan(records: Records, options?: PlanOptions): AsyncGenerator<RequestPlan, void, undefined>;
  /**
   * Delivers records and reports what became of each. What the store knows as delivered is not sent
   * again. Runs of one destination wait for each other, since a store serves one at a time. Whatever
   * Meta answers is in the result, and nothing of it is thrown.
   *
   * @throws {StoreFailure} when the store fails in the middle, or another process runs this sync: a run
   * that cannot write down what it does must not go on. The next one completes it.
   * @example
   * const { status, records } = await meta.deliver([order]);
   * console.log(status); // => "succeeded"
   * console.log(records.acknowledged, records.rejected); // => 1, 0
   */
  deliver(records: Records, options?: DeliverOptions): Promise<RunResult>;
  /**
   * Erases people, as `retl-meta forget` does: writes their suppression down, so that later runs of this
   * store leave them out, and removes them from every audience to which the store has ever added
   * anybody. For destinations of audiences with a store.
   *
   * @returns what came of it, which is no success while anything is open; or why nothing was done
   * @throws {StoreFailure} as `deliver` does
   * @see https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences#remove-customers
   * @example
   * const audiences = await loadDestination("retl/meta", {
   *   mapping: "custom_audiences",
   *   config: { adAccountId: "act_1" },
   *   credentials: { accessToken: "env:META_ACCESS_TOKEN" },
   *   store: memoryStore(),
   *   transport: emulator.handle,
   * });
   * const ann = [{ type: "email", value: "ann@example.test" }];
   * await audiences.deliver([{ operation: "upsert", target: "VIP", key: { id: 7 }, identifiers: ann }]);
   * const erased = await audiences.forget([{ identifiers: ann }]);
   * console.log(erased.ok && erased.value.status); // => "succeeded"
   * console.log(emulator.state().audiences[0]?.held); // => []
   */
  forget(
    people: People,
    options?: ForgetOptions,
  ): Promise<Result<ForgottenPeople, readonly Diagnostic[]>>;
  /**
   * Ends the suppression of people who have agreed again; nothing is sent by it.
   *
   * @returns of how many identifiers it ended, or why nothing was done
   */
  liftSuppression(people: People): Promise<Result<number, readonly Diagnostic[]>>;
}
