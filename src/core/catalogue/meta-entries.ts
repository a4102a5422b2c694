import type { EvidenceCode } from "../outcome.js";
import { blocked, finding, type Entry } from "./entry.js";

/** What an attempt at Meta proved. */
export const EVIDENCE = {
  "meta.auth_failed": blocked(
    "Meta refuses the token, or the proof that goes with it. The run has stopped.",
    "See `retl-meta doctor`; a new token is the usual remedy.",
  ),
  "meta.permission_denied": blocked(
    "The token, a permission, terms or the account's standing forbid the call, or the API version has ended. The run has stopped.",
    "Do what Meta's code, below, asks for; `retl-meta doctor` finds which it is.",
  ),
  "meta.rejected": finding(
    "Meta refused a request, or records in it, for what it holds.",
    "See Meta's code, and `retl-meta rejects list`.",
  ),
  "meta.throttled": finding(
    "A rate limit of the account or pixel is used up. The run waits as long as Meta says; what it could not send is left for the next one.",
    "Run again later; if it is so each day, spread the schedules.",
  ),
  "meta.transient": finding(
    "Meta had trouble of its own, in every attempt.",
    "Run again; if it lasts, see Meta's status page.",
  ),
  "meta.transport": finding(
    "Meta could not be reached, so nothing was sent.",
    "Check the network and its proxy, and run again.",
  ),
  "meta.unreadable": finding(
    "No answer came, or none that can be read: the request may have taken effect.",
    "Run again; what may be repeated is repeated, and the rest waits for your word.",
  ),
} satisfies Readonly<Record<EvidenceCode, Entry>>;

/** Why an audience gets nothing; the others of the run go on. */
export const TARGET = {
  "target.several": finding(
    "Several audiences of the ad account have the name.",
    "Say under `targets` which id is meant.",
  ),
  "target.wrong_subtype": finding(
    "The only audience of the name takes no uploads.",
    "Use another name, or say under `targets` which id is meant.",
  ),
  "target.not_value_based": finding(
    "The mapping writes `LOOKALIKE_VALUE`, and the audience is not value-based.",
    "Use another name, and a value-based audience is created.",
  ),
  "target.same_audience": finding(
    "Two names of the run stand for one audience, and each would undo the other.",
    "Keep one of the names.",
  ),
  "target.owned": finding(
    "Another sync of this store changes the audience.",
    "Let one sync list everybody, or hand the audience over with `targets release`.",
  ),
  "target.in_use": finding(
    "A run of records to the audience has not ended.",
    "Run the mirror again once it has.",
  ),
  "target.missing": finding(
    "The audience does not exist any more, or the token may not see it.",
    "`targets forget` lets the next run look its name up, or create it.",
  ),
  "target.guarded": finding(
    "The removal guard left the audience as it is: more people would leave it than `removal_guard` allows, or all.",
    "Look at the source and the mapping first; if they really left, `--allow-removals` lets it pass once.",
  ),
  "target.gone": finding(
    "An audience that people are to be taken out of is at Meta no more, or out of the token's sight.",
    "If it is of another ad account, use that one's token; if it was deleted, say so as the message shows.",
  ),
};

/** What a run finds in what it would send. */
export const RUN = {
  "run.unfit_request": finding(
    "A plan has a request whose body does not fit Meta's spec; it would be refused as a whole.",
    "Look at the mapping's `request` section, where the message points.",
  ),
};
