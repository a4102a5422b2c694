import { badInput, blocked } from "./entry.js";

/** Sync files, binding files and where their values come from. */
export const CONFIG = {
  "config.missing_token": blocked(
    "There is no access token where the binding looks for one. Nothing was sent.",
    "Set the variable or the entry of `retl.toml` that the message names; a variable may be in the file of `--env-file`.",
  ),
  "config.invalid_token": blocked(
    "What stands where the token should be cannot be one. Nothing was sent.",
    "Look for quotes, line ends and blanks in it: a token is one word of printable ASCII.",
  ),
  "config.secret_function": blocked(
    "The function that gives the token threw an error.",
    "Make it return the token as text, at once.",
  ),
  "config.literal_secret": badInput(
    "A secret stands in a file, or something that is no reference stands where one is needed.",
    "Put the secret into a variable and write `env:NAME`; replace a token that stood in a file.",
  ),
  "config.missing_database_url": badInput(
    "There is no URL of the source's database in the variable that the sync file names.",
    "Set the variable, in the environment or in the file of `--env-file`.",
  ),
  "config.invalid_database_url": badInput(
    "What the variable of the source's database holds is no URL of PostgreSQL.",
    "Write `postgres://user:password@host:5432/database`, what is special in it in percent-encoding.",
  ),
  "config.unreadable_file": badInput(
    "A file that is named cannot be read, or is not there.",
    "Check its path and its permissions.",
  ),
  "config.toml": badInput(
    "The TOML file cannot be read as TOML, or holds a value that is no text.",
    "Mend it at the place that is named.",
  ),
  "config.missing_key": badInput("A key that is needed is missing.", "Add it as the message says."),
  "config.unknown_key": badInput(
    "A key has no meaning where it stands.",
    "Correct its spelling, or remove it.",
  ),
  "config.wrong_type": badInput(
    "A value has another type than its key takes: a map where text is needed, text where a list is.",
    "Write what the message asks for.",
  ),
  "config.invalid_value": badInput(
    "A value has the right type and no meaning for its key.",
    "Write one of what the message lists.",
  ),
  "config.access_token": badInput(
    "An access token stands in a configuration.",
    "Remove it, replace that token, and set `credential_namespace`, or a reference like `env:NAME` in `credentials`.",
  ),
  "config.base_url": badInput(
    "A configuration would have requests sent elsewhere; they carry a token and go to Meta only.",
    "Remove it; for tests use `--emulator`, or a `transport` in code.",
  ),
  "config.transport": badInput(
    "`transport` stands in a file, or is no function.",
    "Pass a `fetch`-compatible function in code, beside `config`.",
  ),
  "config.unknown_zone": badInput(
    "`zone` names no time zone.",
    "Write a name such as `Europe/Berlin` or `UTC`.",
  ),
  "config.declaration": badInput(
    "A sync file has neither or both of `state` and `event`.",
    "Keep one: `state` for people, `event` for conversions.",
  ),
  "config.not_a_sync_file": badInput(
    "A mapping was given where a sync file is needed.",
    "Name the sync file, which names its mapping.",
  ),
  "config.source": badInput(
    "`source` does not say what to read, or says it twice.",
    "Give one of a file, or a database with `sql`.",
  ),
  "config.replace_removes": badInput(
    "`mode: replace` stands beside `operations` without `remove`, and whoever is replaced is removed.",
    "Remove one of the two.",
  ),
  "config.operations_listed": badInput(
    "A key of a mirror stands beside `operation_column`, whose rows say themselves what to do.",
    "Remove one of the two.",
  ),
  "config.not_a_mapping": badInput(
    "The file that is named as a mapping is none.",
    "Name a mapping file, or a shipped mapping.",
  ),
  "config.unknown_mapping": badInput(
    "No mapping has the name that is given.",
    "Correct it, or give the path of a file.",
  ),
  "config.unknown_destination": badInput(
    "No destination is registered under the name that is asked for.",
    "Register it, or correct the name; this one is `retl/meta`.",
  ),
};
