import type { Io } from "./io.js";
import type { Talk } from "./talk.js";

/** Aborts at the first Ctrl-C; the next one meets no handler any more and ends the process. */
export function interruption(io: Io, talk: Talk): AbortSignal {
  const controller = new AbortController();
  void io.interrupted().then(() => {
    controller.abort();
    return talk.note(
      "Interrupted: no request starts any more, and open ones are waited for. Ctrl-C again ends at once; what is open then counts as unanswered.",
    );
  });
  return controller.signal;
}
