/** Every command by name. Its module is loaded when it is the one that was asked for, and not before. */
import type { CommandEntry } from "./command-entry.js";

/** In the order in which help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "begin a project: sync files, mappings and sample data that work as they are",
    load: async () => (await import("./commands/init.js")).initCommand,
  },
  {
    name: "check",
    summary: "check mapping and sync files: their shape, examples and columns",
    load: async () => (await import("./commands/check.js")).checkCommand,
  },
  {
    name: "explain",
    summary: "tell what a code beside a message means, or one of Meta's, and what to do",
    load: async () => (await import("./commands/explain.js")).explainCommand,
  },
  {
    name: "plan",
    summary: "show what would be sent; nothing is",
    load: async () => (await import("./commands/plan.js")).planCommand,
  },
  {
    name: "sync",
    summary: "deliver to Meta, or to an emulator",
    load: async () => (await import("./commands/sync.js")).syncCommand,
  },
  {
    name: "status",
    summary: "show what was delivered, what is open, and what needs you",
    load: async () => (await import("./commands/status.js")).statusCommand,
  },
  {
    name: "ledger",
    summary: "list requests, look at one, send it again or give it up",
    load: async () => (await import("./commands/ledger.js")).ledgerCommand,
  },
  {
    name: "rejects",
    summary: "list records that were refused; export them, or send them again",
    load: async () => (await import("./commands/rejects.js")).rejectsCommand,
  },
  {
    name: "targets",
    summary: "list audiences that are known by name; forget, distrust or release one",
    load: async () => (await import("./commands/targets.js")).targetsCommand,
  },
  {
    name: "audiences",
    summary: "list an ad account's audiences at Meta: state, flags, sizes, and which are known",
    load: async () => (await import("./commands/audiences.js")).audiencesCommand,
  },
  {
    name: "forget",
    summary: "remove people from every managed audience, and keep them out from now on",
    load: async () => (await import("./commands/forget.js")).forgetCommand,
  },
  {
    name: "doctor",
    summary: "look at token, ad account, audiences, pixels, API version, clock and store",
    load: async () => (await import("./commands/doctor.js")).doctorCommand,
  },
  {
    name: "emulator",
    summary: "run a local Graph API for tests and demos; prints its URL",
    load: async () => (await import("./commands/emulator.js")).emulatorCommand,
  },
  {
    name: "completion",
    summary: "print a script by which a shell completes commands, options and their values",
    load: async () => (await import("./commands/completion.js")).completionOf(COMMANDS),
  },
];
