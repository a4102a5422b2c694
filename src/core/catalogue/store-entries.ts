import { badInput } from "./entry.js";

/** The store of what was delivered. */
export const STORE = {
  "store.in_use": badInput(
    "Another process works on the store's file, which is open to one at a time. Nothing was sent.",
    "Wait until that process has ended, or stop it; it frees the file however it ends.",
  ),
  "store.sync_taken": badInput(
    "Another run of the same sync is under way. Nothing was sent.",
    "Wait until it has ended, or stop it; see that schedules do not overlap.",
  ),
  "store.lease_lost": badInput(
    "This run was cut off from its store, and another run has taken its sync over.",
    "Nothing needs mending: the other run goes on. If it was not meant to start, see why this one lost its connection.",
  ),
  "store.connection_lost": badInput(
    "The connection to the store on a server was lost in the middle of a run.",
    "Check the server and the way to it, then run again; what Meta acknowledged until then is known.",
  ),
  "store.failed": badInput(
    "The store could not be read or written in the middle of a run: a full disk, a file that went away, a server that refuses.",
    "Make room, or see what the server's log says, then run again; what Meta acknowledged until then is known.",
  ),
  "store.missing": badInput(
    "There is no store where a command needs one.",
    "Look whether you are in the right folder; `sync` makes a store when it runs, `--store` names another one.",
  ),
  "store.foreign": badInput(
    "The file or the schema is a database of something else.",
    "Give the place of another one; a store is made where there is none.",
  ),
  "store.unwritable": badInput(
    "The store's file or folder cannot be made.",
    "Check its path and who may write there, or give another `--store`.",
  ),
  "store.unreadable": badInput(
    "The store's file cannot be opened, or is damaged.",
    "Check its path, its rights and its disk. If it is damaged, restore it from a backup; without one see what a lost store means before you begin a new one.",
  ),
  "store.newer": badInput("A newer version of this software wrote the store.", "Update this one."),
  "store.older": badInput(
    "An older version wrote the store, and this command only reads.",
    "Run `sync` once, which brings it up to date.",
  ),
  "store.origin": badInput(
    "The store holds what another Meta has acknowledged: an emulator's, or the real one's.",
    "Give the emulator a store of its own; delete one whose emulator is gone.",
  ),
  "store.no_reference": badInput(
    "What `--store` says is neither a path nor a reference.",
    "Write a path, or `env:NAME`.",
  ),
  "store.missing_variable": badInput(
    "The variable that names the store's URL is not set.",
    "Set it, in the environment or in the file of `--env-file`.",
  ),
  "store.invalid_url": badInput(
    "The variable holds no URL of a PostgreSQL database.",
    "Write `postgres://user:password@host:5432/database`, without quotes, what is special in it in percent-encoding.",
  ),
  "store.auth": badInput(
    "The store's server refuses user or password.",
    "Check both in the URL, and whom the server admits from this machine.",
  ),
  "store.unreachable": badInput(
    "The store's server cannot be reached, or takes no connections now.",
    "Check that it runs, its host and port; then run again.",
  ),
  "store.no_database": badInput(
    "The URL names a database that is not there.",
    "Create it, or correct the URL.",
  ),
  "store.rights": badInput(
    "The store's user lacks rights in its database.",
    "Grant it CREATE on the database or a schema `retl_meta` of its own, and TEMPORARY on the database.",
  ),
  "store.read_only": badInput(
    "The store's server takes no writes.",
    "Give the URL of the primary server.",
  ),
  "store.encoding": badInput("The store's database is not in UTF8.", "Give one that is."),
  "store.server_error": badInput(
    "The store's server answers with an error that is not known here.",
    "See the server's log.",
  ),
};
