/** What was looked at and found, as a person reads it. */
import { safeName } from "../core/redact.js";
import { ACCOUNT_STATUSES } from "../generated/constants.js";
import { instant } from "../report/instant.js";
import { counted } from "../report/table.js";
import type { AskedMeta, Facts, MetaFacts, StoreFacts } from "./facts.js";
import { manualPlace, type Finding, type Severity } from "./finding.js";
import { endsOf } from "./judge-version.js";
import { meaningOf } from "./meaning.js";

/** Facts in a table, then each finding with its remedy, then how many there are. */
export function doctorText({ meta, store }: Facts, findings: readonly Finding[]): string {
  const rows = [
    ...(meta.kind === "asked" ? askedRows(meta) : []),
    ["API version", versionText(meta)],
    ["store", storeText(store)],
  ];
  const table = rows.map(([title = "", value = ""]) => `${title.padEnd(12)} ${value}`).join("\n");
  return `${[table, ...findings.map(findingText), total(findings)].join("\n\n")}\n`;
}

function askedRows(meta: AskedMeta): readonly (readonly string[])[] {
  const { audiences, pixels, surfaces } = meta;
  return [
    ["token", tokenText(meta)],
    ["ad account", accountText(meta)],
    ...(surfaces.includes("custom_audiences") ? [["audiences", foundText(audiences.known)]] : []),
    ...(surfaces.includes("events") ? [["pixels", foundText(pixels)]] : []),
    ["clock", clockText(meta)],
  ];
}

function foundText(all: readonly { readonly state: { readonly kind: string } }[]): string {
  if (all.length === 0) return "none known here yet";
  const found = all.filter(({ state }) => state.kind === "known");
  return `${String(found.length)} of ${String(all.length)} found`;
}

function tokenText({ token, permissions }: AskedMeta): string {
  if (token.kind === "known") {
    const { type = "of an unknown type", isValid, expiresAt, permissions: may } = token.value;
    const end = expiresAt === undefined ? "without end" : `until ${instant(expiresAt * 1000)}`;
    return isValid ? [type, end, ...may].join(", ") : "not valid";
  }
  return permissions.kind === "known" ? permissions.value.join(", ") : "not known";
}

function accountText({ account, adAccountId }: AskedMeta): string {
  if (account.kind !== "known") return `${adAccountId}, not known`;
  const { name, status, termsAccepted } = account.value;
  return [
    adAccountId,
    ...(name === undefined ? [] : [`"${safeName(name)}"`]),
    ...(status === undefined ? [] : [meaningOf(ACCOUNT_STATUSES, status)]),
    ...(termsAccepted === true ? ["terms accepted"] : []),
  ].join(", ");
}

function clockText({ clockAheadMs }: AskedMeta): string {
  if (clockAheadMs === undefined) return "not compared";
  const seconds = Math.round(Math.abs(clockAheadMs) / 1000);
  if (seconds <= 1) return "as Meta's";
  return `${String(seconds)} s ${clockAheadMs > 0 ? "ahead of" : "behind"} Meta's`;
}

function versionText({ apiVersion }: MetaFacts): string {
  const ends = endsOf(apiVersion);
  if (ends === undefined) return apiVersion;
  const until = (end: string | null) => (end === null ? "no end known" : `until ${end}`);
  return `${apiVersion}; events: ${until(ends.graph)}; audiences: ${until(ends.marketing)}`;
}

function storeText(store: StoreFacts): string {
  switch (store.kind) {
    case "none":
      return `${store.name}: none yet`;
    case "in_memory":
      return "in memory, for this command";
    case "unusable":
      return `${store.name}: cannot be used`;
    case "open": {
      const { name, bytes, openRequests } = store;
      const size = bytes === undefined ? [] : [`${(bytes / 1e6).toFixed(1)} MB`];
      return [`${name}: opens`, ...size, counted(openRequests, "open request")].join(", ");
    }
  }
}

function findingText({ code, severity, message, remedy, page }: Finding): string {
  return [
    `${severity}: ${message} (${code})`,
    `  ${remedy}`,
    ...(page === undefined ? [] : [`  Meta: ${page}`]),
    `  More: ${manualPlace(code)}`,
  ].join("\n");
}

function total(findings: readonly Finding[]): string {
  const of = (severity: Severity) =>
    findings.filter((finding) => finding.severity === severity).length;
  const [blocked, warnings, notes] = [of("blocked"), of("warning"), of("note")];
  const noted = notes === 0 ? "" : `, ${counted(notes, "note")}`;
  if (blocked + warnings === 0) return `Nothing is wrong${noted}.`;
  const told = [
    ...(blocked === 0
      ? []
      : [`${counted(blocked, "finding")} that ${blocked === 1 ? "stops" : "stop"} a run`]),
    ...(warnings === 0 ? [] : [counted(warnings, "warning")]),
    ...(notes === 0 ? [] : [counted(notes, "note")]),
  ];
  return `${told.join(", ")}.`;
}
