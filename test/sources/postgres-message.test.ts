import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { isLost, readingMessage, sqlMessage } from "../../src/sources/postgres/server-message.js";

function said(message: string, code = "22P02", more: object = {}): Error {
  return Object.assign(new postgres.PostgresError(""), { message, code, ...more });
}

describe("a server's message while rows are read", () => {
  it.each([
    ['invalid input syntax for type integer: "Anna"', "invalid input syntax for type integer: '…'"],
    [
      "ungültige Eingabesyntax für Typ integer: »Anna«",
      "ungültige Eingabesyntax für Typ integer: '…'",
    ],
    ["Wert „Anna“ ist falsch", "Wert '…'"],
    [
      "syntaxe en entrée invalide pour l'entier : « Anna »",
      "syntaxe en entrée invalide pour l'entier : '…'",
    ],
    ["can't read 'Anna'", "can't read '…'"],
    ["no person 4930123456 here", "no person [redacted] here"],
    ["bigint out of range", "bigint out of range"],
    ["two\nlines\u0007", "two lines·"],
  ])("%j keeps no value", (message, expected) => {
    const detail = "Key (email)=(anna@example.test) is there.";
    const error = said(message, "22P02", { detail, where: "anna@example.test" });
    expect(readingMessage(error)).toBe(`${expected} (SQLSTATE 22P02)`);
  });

  it("is its code alone where the server only passes on what others wrote", () => {
    expect(readingMessage(said("Anna", "P0001"))).toBe(
      "the server refuses to go on (SQLSTATE P0001)",
    );
  });

  it("is not what the driver says, which names hosts", () => {
    const codes = ["ECONNRESET", "EPIPE", "CONNECTION_CLOSED", "CONNECTION_DESTROYED"];
    for (const code of codes) {
      const error = Object.assign(new Error("write to db.example.test"), { code });
      expect([isLost(error), readingMessage(error)]).toEqual([true, "the connection was lost"]);
    }
    const other = Object.assign(new Error("db.example.test"), { code: "ERR_TLS" });
    expect(readingMessage(other)).toBe("the connection failed (ERR_TLS)");
    expect(sqlMessage("db.example.test", "SELECT 1")).toBe("the connection failed");
  });
});

describe("a server's message about SQL", () => {
  it("is whole where it quotes the SQL, and cut where it may quote a value", () => {
    expect(sqlMessage(said('relation "orders" does not exist', "42P01"), "TABLE orders")).toBe(
      'relation "orders" does not exist (SQLSTATE 42P01)',
    );
    expect(sqlMessage(said('invalid input: "Anna"'), "TABLE orders")).toBe(
      "invalid input: '…' (SQLSTATE 22P02)",
    );
  });
});
