/** The URL of a Postgres database: a secret, since it holds a password. */
import type { ConfigSources } from "./config-sources.js";
import { SecretRef } from "./secret-ref.js";
import { readSecretReference } from "./secret-reference.js";
import type { Reader } from "./section.js";

/** Reads a reference like `env:WAREHOUSE_URL`; nothing is resolved. */
export function readDatabaseUrl(sources: ConfigSources): Reader<SecretRef> {
  return (field, problems) => {
    const origin = readSecretReference("URL")(field, problems);
    if (origin === undefined) return undefined;
    return new SecretRef(origin, sources, {
      key: "database_url",
      name: "a database URL",
      codes: { missing: "missing_database_url", invalid: "invalid_database_url" },
      form: /^postgres(?:ql)?:\/\/\S+$/,
      advice: "Write `postgres://user:password@host:5432/database`, without quotes.",
      place: field.place,
    });
  };
}
