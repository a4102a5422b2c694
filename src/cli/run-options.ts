import type { MirrorWords } from "../sync/mirror/mirror-rules.js";
import type { RejectionTolerance } from "./options.js";

/** Options that every command takes. */
export interface CommonOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  readonly configFile: string | undefined;
  readonly envFile: string | undefined;
  /** The store, as it was given. */
  readonly store: string | undefined;
}

/** Where the records of a run come from. */
export type RunSource =
  | { readonly kind: "sync"; readonly file: string }
  | {
      readonly kind: "records";
      /** A shipped name or a path. */
      readonly mapping: string;
      readonly binding: string;
      /** A file, or `-` for standard input. */
      readonly records: string;
    };

/** Which Meta a run talks to. */
export type EmulatorChoice =
  | { readonly kind: "none" }
  /** One of its own, in memory, for this run. */
  | { readonly kind: "own" }
  | { readonly kind: "at"; readonly url: string };

/** What `plan` and `sync` have in common. */
export interface RunOptions extends CommonOptions {
  readonly source: RunSource;
  readonly emulator: EmulatorChoice;
  /** The frozen clock, in milliseconds. */
  readonly now: number | undefined;
  readonly tolerance: RejectionTolerance;
  /** Sends again what earlier runs have delivered. */
  readonly resend: boolean;
  /** What is said of a mirror. */
  readonly words: MirrorWords;
  /** Sends events to the pixel that they go to by now, though another one has them. */
  readonly replay: boolean;
}
