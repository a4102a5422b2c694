import type { SpecNode } from "./spec-node.js";

/** The one server of the spec: where Meta's Graph API is, and in which version it is spoken to. */
export interface Server {
  readonly origin: string;
  readonly version: string;
  /** Last days of the versions, as the spec has them. */
  readonly versionEnds: SpecNode;
  /** Calls an hour by access tier, as the spec has them. */
  readonly hourlyCalls: SpecNode;
}

/** Reads the one server. */
export function server(document: SpecNode): Server {
  const [only, second] = document.at("servers").items();
  if (only === undefined || second !== undefined)
    return document.at("servers").fail("exactly one server is needed");
  const url = only.at("url");
  const parts = /^(https:\/\/[a-z.]+)\/(v\d+\.\d+)$/.exec(url.text());
  const [, origin, version] = parts ?? [];
  if (origin === undefined || version === undefined)
    return url.fail("an origin and a version such as `https://graph.example.com/v1.0` are needed");
  const versionEnds = only.at("x-version-ends");
  if (!versionEnds.entries().some(([known]) => known === version))
    return versionEnds.fail(
      `\`${version}\` is needed here: the last day of either schedule, null while Meta has named none`,
    );
  return {
    origin,
    version,
    versionEnds,
    hourlyCalls: only.at("x-hourly-calls"),
  };
}
