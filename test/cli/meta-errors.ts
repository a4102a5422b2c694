/** Meta's errors as they come over the wire, and what follows from each. */
import { expect } from "vitest";
import type { ErrorClass } from "../../src/generated/errors.js";

export type Reply = readonly [
  status: number,
  body: string | Readonly<Record<string, unknown>>,
  headers?: Readonly<Record<string, string>>,
];

function graphError(status: number, error: Readonly<Record<string, unknown>>, headers = {}): Reply {
  const usual = { type: "OAuthException", is_transient: false, fbtrace_id: "AbCdEf123" };
  return [status, { error: { ...usual, ...error } }, headers];
}

function events(count: number): Reply {
  return [200, { events_received: count, messages: [], fbtrace_id: "Ok" }];
}

function rows(count: number): Reply {
  return [200, { audience_id: "77", num_received: count, num_invalid_entries: 0 }];
}

const HTML =
  "<html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>";

/** What Meta answers to two records one after the other, and what is seen of it. */
export interface Case {
  readonly surface: "events" | "custom_audiences";
  /** The first is the error. */
  readonly replies: readonly Reply[];
  readonly class: ErrorClass;
  /** Of each attempt. */
  readonly outcomes: readonly string[];
  /** Of each request in the ledger. */
  readonly states: readonly string[];
  /** The exit code. */
  readonly code: number;
  /** The lines of the report about failures. */
  readonly wrong: readonly string[];
  readonly stderr?: string;
}

const STOPPED = "  The run stopped there.";

export const META_ERRORS: Readonly<Record<string, Case>> = {
  "an expired token": {
    surface: "events",
    replies: [
      graphError(400, {
        message: "Error validating access token: Session has expired on Thursday, 30-Apr-26.",
        code: 190,
        error_subcode: 463,
      }),
    ],
    class: "account",
    outcomes: ["blocked"],
    states: ["1-1 failed"],
    code: 3,
    wrong: [
      "  456: The access token has expired (code 190/463). Make a new access token; one of a system user can be made without an end.",
      STOPPED,
    ],
  },
  "terms that nobody accepted": {
    surface: "custom_audiences",
    replies: [
      graphError(403, {
        message: "(#200) To create or edit an audience, agree to the Custom Audience terms",
        code: 200,
        error_subcode: 1_870_034,
        error_user_title: "Custom Audience Terms Not Accepted",
      }),
    ],
    class: "account",
    outcomes: ["blocked"],
    states: ["1-1 failed"],
    code: 3,
    wrong: [
      "  VIP: Nobody has accepted the custom audience terms for this ad account (code 200/1870034). Let an admin accept them at https://business.facebook.com/ads/manage/customaudiences/tos/?act= followed by the ad account's number.",
      STOPPED,
    ],
  },
  "an API version that has ended": {
    surface: "custom_audiences",
    replies: [
      graphError(400, {
        message: "(#2635) You are calling a deprecated version of the Ads API.",
        code: 2635,
      }),
    ],
    class: "account",
    outcomes: ["blocked"],
    states: ["1-1 failed"],
    code: 3,
    wrong: [
      "  VIP: The API version of the request has ended (code 2635). Update this software, or set `api_version` to a version that still lives.",
      STOPPED,
    ],
  },
  "an audience that takes no update": {
    surface: "custom_audiences",
    replies: [
      graphError(400, { message: "(#2650) Failed to update the custom audience", code: 2650 }),
    ],
    class: "target",
    outcomes: ["blocked"],
    states: ["1-1 failed"],
    code: 1,
    wrong: [
      "  VIP: The audience could not be updated, perhaps because it was filled in another format before (code 2650). Use the same kind of columns as in earlier uploads, or make a new audience.",
    ],
  },
  "a flagged audience": {
    surface: "custom_audiences",
    replies: [
      graphError(400, {
        message: "Invalid parameter",
        code: 100,
        error_subcode: 1_713_230,
        error_user_title: "Upload to flagged audience blocked",
      }),
    ],
    class: "target",
    outcomes: ["blocked"],
    states: ["1-1 failed"],
    code: 1,
    wrong: [
      "  VIP: Meta's integrity policy flagged the audience, which takes no more people (code 100/1713230). Make a new audience whose name and description tell nothing about health or money.",
    ],
  },
  "a path that Meta cannot read": {
    surface: "events",
    replies: [graphError(400, { message: "Unknown path components: /events", code: 2500 })],
    class: "request",
    outcomes: ["rejected"],
    states: ["1-1 unknown"],
    code: 1,
    wrong: [
      "  456: Meta could not read the path or the fields of the request (code 2500). Check `api_version` and the ids in the configuration, and otherwise report this as a bug.",
    ],
  },
  "the limit of the use case": {
    surface: "custom_audiences",
    replies: [
      graphError(
        400,
        { message: "(#80003) There have been too many calls to this ad-account.", code: 80_003 },
        {
          "x-business-use-case-usage":
            '{"1":[{"type":"custom_audience","call_count":100,"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":19}]}',
        },
      ),
      rows(2),
    ],
    class: "throttle",
    outcomes: ["retryable", "succeeded"],
    states: ["1-1 succeeded"],
    code: 0,
    wrong: [],
    stderr: "VIP waits 1140 s, until 2026-04-30T12:19:00Z: Meta's rate limit for it is used up.\n",
  },
  "the limit of the app, without a time": {
    surface: "events",
    replies: [
      graphError(400, { message: "(#341) Application limit reached", code: 341 }),
      events(2),
    ],
    class: "throttle",
    outcomes: ["retryable", "succeeded"],
    states: ["1-1 succeeded"],
    code: 0,
    wrong: [],
    stderr: "456 waits 68 s, until 2026-04-30T12:01:07Z: Meta's rate limit for it is used up.\n",
  },
  "an event that is too old for Meta": {
    surface: "events",
    replies: [
      graphError(400, {
        message: "Invalid parameter",
        code: 100,
        error_subcode: 2_804_003,
        error_data: { blame_field_specs: [["data", 1, "event_time"]] },
        error_user_title: "Event Timestamp Too Old",
        error_user_msg: "The timestamp of this event is too far in the past.",
      }),
      graphError(400, {
        message: "Invalid parameter",
        code: 100,
        error_subcode: 2_804_003,
        error_data: { blame_field_specs: [["data", 0, "event_time"]] },
        error_user_title: "Event Timestamp Too Old",
        error_user_msg: "The timestamp of this event is too far in the past.",
      }),
      events(1),
    ],
    class: "record",
    outcomes: ["rejected", "rejected", "succeeded"],
    states: ["1-1 split", "1-1/1 rejected", "1-1/2 succeeded"],
    code: 1,
    wrong: [
      "  456: The event is older than Meta accepts (code 100/2804003). Send events sooner; `event_time` is in Unix seconds and in UTC.",
    ],
  },
  "too much data": {
    surface: "events",
    replies: [
      graphError(500, {
        message: "Please reduce the amount of data you're asking for, then retry your request",
        code: 1,
      }),
      events(1),
      events(1),
    ],
    class: "batch",
    outcomes: ["rejected", "succeeded", "succeeded"],
    states: ["1-1 split", "1-1/1 succeeded", "1-1/2 succeeded"],
    code: 0,
    wrong: [],
  },
  "a body that a proxy finds too large": {
    surface: "custom_audiences",
    replies: [[413, HTML], rows(1), rows(1)],
    class: "batch",
    outcomes: ["rejected", "succeeded", "succeeded"],
    states: ["1-1 split", "1-1/1 succeeded", "1-1/2 succeeded"],
    code: 0,
    wrong: [],
  },
  "an HTML page instead of an answer": {
    surface: "custom_audiences",
    replies: [[502, HTML], rows(2)],
    class: "unknown",
    outcomes: ["unknown", "succeeded"],
    states: ["1-1 succeeded"],
    code: 0,
    wrong: [],
    stderr:
      "VIP waits 120 s, until 2026-04-30T12:02:00Z: the answer to its last request was lost, and that request may still arrive.\n",
  },
  "nothing but HTML pages": {
    surface: "events",
    replies: Array.from({ length: 6 }, () => [502, HTML] as const),
    class: "unknown",
    outcomes: Array.from({ length: 6 }, () => "unknown"),
    states: ["1-1 unknown"],
    code: 1,
    wrong: [
      "  456: Meta's answer is not JSON (HTTP 502). It is unknown whether the request took effect; run again. (meta.unreadable)",
    ],
    stderr: expect.stringContaining("its last request failed and is tried again"),
  },
};
