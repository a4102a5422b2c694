/** What a server says, in one line, without values of rows and without anything of its URL. */
import postgres from "postgres";
import { lineAndColumn } from "../../core/diagnostic.js";
import { createRedactor, hidingIdentifiers, safeName } from "../../core/redact.js";
import { ConnectionLost, DECLARE } from "./connection.js";

/** Whether the server gave up on a statement: its time was over, or somebody cancelled it. */
export function isCancelled(error: unknown): boolean {
  return codeOf(error) === "57014";
}

/** Whether the connection is gone, for whatever reason. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return error instanceof ConnectionLost || /^(?:CONNECTION_|E[A-Z]+$|57P0|08|25P0[34])/.test(code);
}

/** An error before any row is read: what it quotes is the SQL, or a name in it. */
export function sqlMessage(error: unknown, sql: string): string {
  if (!(error instanceof postgres.PostgresError)) return driverMessage(error);
  const { code, position, hint = "", routine } = error;
  if (code === "42601" && routine === "exec_parse_message") return "it is more than one statement";
  if (!SQL_CLASSES.test(code) || routine === RAISED) return readingMessage(error);
  const place = placeIn(sql, Number(position));
  const advice = hint === "" ? "" : ` ${oneLine(hint)}`;
  return safeName(`${oneLine(error.message)}${place} (SQLSTATE ${code})${advice && `.${advice}`}`);
}

/** An error while rows are read: its text is cut at what may be a value, details are left out. */
export function readingMessage(error: unknown): string {
  if (!(error instanceof postgres.PostgresError)) return driverMessage(error);
  const { code, routine } = error;
  if (!SERVER_CLASSES.test(code) || routine === RAISED)
    return `the server refuses to go on (SQLSTATE ${code})`;
  return safeName(`${withoutValues(oneLine(error.message))} (SQLSTATE ${code})`);
}

/** Syntax, names, rights, and what the server cannot do. */
const SQL_CLASSES = /^(?:42|0A|25)/;

/** Whose messages are the server's own; those of functions that somebody wrote may say anything. */
const SERVER_CLASSES = /^(?:0A|08|22|25|40|42|53|54|55|57|58)/;

const hideIdentifiers = hidingIdentifiers(
  createRedactor(() => []),
  [],
);

/** The routine of the server that says what a function was written to say, under any code. */
const RAISED = "exec_stmt_raise";

/** Quotes of every language: a server speaks the one of its settings. An apostrophe is none. */
function withoutValues(message: string): string {
  const quote = message.search(/(?<!\p{L})['’]|["„「『«»“”‘‹›]/u);
  if (quote < 0) return hideIdentifiers(message);
  return `${hideIdentifiers(message.slice(0, quote).trimEnd())} '…'`;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** The driver's own words name hosts; its code says enough. */
export function driverMessage(error: unknown): string {
  if (isLost(error)) return "the connection was lost";
  const code = codeOf(error) ?? "";
  return /^[A-Z0-9_]+$/.test(code) ? `the connection failed (${code})` : "the connection failed";
}

/** The server counts characters from 1, what stands before the query among them; or names no place. */
function placeIn(sql: string, position: number): string {
  if (!Number.isInteger(position)) return "";
  const characters = Array.from(sql).slice(0, Math.max(0, position - 1 - DECLARE.length));
  const { line, column } = lineAndColumn(sql, characters.join("").length);
  return ` at line ${line}, column ${column} of the query`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Why there is no connection, and what to do. */
export interface ConnectionProblem {
  readonly cause: string;
  readonly remedy: string;
}

/** Reads an error of connecting. Nothing that it says is shown: host and names are parts of the URL. */
export function connectionProblem(error: unknown): ConnectionProblem {
  const code = codeOf(error) ?? "";
  const known = CAUSES.find(({ codes }) => codes.includes(code));
  const shown = /^[A-Z0-9_]+$/.test(code) ? ` (${code})` : "";
  return {
    cause: `${known?.cause ?? "the connection fails"}${shown}`,
    remedy: known?.remedy ?? "Check the URL, and whether the server wants `?sslmode=require`.",
  };
}

const CAUSES: readonly (ConnectionProblem & { readonly codes: readonly string[] })[] = [
  {
    codes: ["ECONNREFUSED"],
    cause: "nothing listens at its address",
    remedy: "Check host and port in the URL, and that the server runs.",
  },
  {
    codes: ["ENOTFOUND", "EAI_AGAIN"],
    cause: "its host is not known",
    remedy: "Check the host in the URL; special characters of a password are written like `%40`.",
  },
  {
    codes: ["CONNECT_TIMEOUT", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
    cause: "its server does not answer",
    remedy: "Check host and port in the URL, and whether a firewall stands between.",
  },
  {
    codes: ["28P01"],
    cause: "the server refuses the user or the password",
    remedy: "Check both in the URL; special characters of a password are written like `%40`.",
  },
  {
    codes: ["28000"],
    cause: "the server does not let this user in from here",
    remedy: "Check the user, and whether the server wants `?sslmode=require`.",
  },
  {
    codes: ["3D000"],
    cause: "the server has no database of this name",
    remedy: "Check the name at the end of the URL.",
  },
  {
    codes: ["53300"],
    cause: "the server takes no more connections",
    remedy: "Run again when others have ended, or raise its limit.",
  },
  {
    codes: ["57P03"],
    cause: "the server is starting or shutting down",
    remedy: "Run again when it is up.",
  },
];
