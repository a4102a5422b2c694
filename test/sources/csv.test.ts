import path from "node:path";
import { describe, expect, it } from "vitest";
import { failureOf, fileSource, folderWith, opened, PLACE, problemsOf, rowsOf } from "./sources.js";

describe("a CSV file", () => {
  it("is text in every cell, with quotes, line breaks and leading zeros as they are", async () => {
    const folder = await folderWith({
      "a.csv":
        '\uFEFFid,"a ""b"", c",note,big\r\n007,"x, ""y""","one\r\ntwo",12345678901234567890\r\n#8, z ,"",1.50\r\n',
    });
    const source = await opened(fileSource(path.join(folder, "a.csv")));
    expect(source.columns).toEqual([
      { name: "id", type: "VARCHAR" },
      { name: 'a "b", c', type: "VARCHAR" },
      { name: "note", type: "VARCHAR" },
      { name: "big", type: "VARCHAR" },
    ]);
    expect(await rowsOf(source)).toEqual([
      ["007", 'x, "y"', "one\r\ntwo", "12345678901234567890"],
      ["#8", " z ", null, "1.50"],
    ]);
  });

  it("gives the wanted columns in the order asked for, and can be read twice", async () => {
    const folder = await folderWith({ "a.csv": "a,b,c\n1,2,3\n" });
    const source = await opened(fileSource(path.join(folder, "a.csv")));
    expect(await rowsOf(source, ["c", "a"])).toEqual([["3", "1"]]);
    expect(await rowsOf(source, ["b"])).toEqual([["2"]]);
    expect(await rowsOf(source, [])).toEqual([[]]);
  });

  it("keeps names apart that differ in case only", async () => {
    const folder = await folderWith({ "a.csv": "Email,email\nA,b\n" });
    const source = await opened(fileSource(path.join(folder, "a.csv")));
    expect(await rowsOf(source, ["email", "Email"])).toEqual([["b", "A"]]);
  });

  it("may be split at semicolons, tabs or bars when the header has no comma", async () => {
    const folder = await folderWith({
      "semi.csv": "id;price\n1;2,5\n",
      "tab.csv": "id\tprice\n1\t2,5\n",
      "bar.csv": "id|price\n1|2,5\n",
    });
    for (const name of ["semi.csv", "tab.csv", "bar.csv"]) {
      const source = await opened(fileSource(path.join(folder, name)));
      expect(await rowsOf(source, ["id", "price"])).toEqual([["1", "2,5"]]);
    }
  });

  it("may hold a header only", async () => {
    const folder = await folderWith({ "a.csv": "id,email" });
    const source = await opened(fileSource(path.join(folder, "a.csv")));
    expect(source.columns.map(({ name }) => name)).toEqual(["id", "email"]);
    expect(await rowsOf(source)).toEqual([]);
  });

  it("may be packed by gzip", async () => {
    const folder = await folderWith({ "a.csv.gz": "id,email\n01,a\n" });
    const source = await opened(fileSource(path.join(folder, "a.csv.gz")));
    expect(await rowsOf(source)).toEqual([["01", "a"]]);
  });

  it("may be many files: sorted, columns matched by name, a missing one without values", async () => {
    const folder = await folderWith({
      "p-2.csv": "email,id\nb,2\n",
      "p-1.csv": "id,email\n1,a\n",
      "p-3.csv.gz": "id;extra\n3;x\n",
      "p-4.csv": "id,email\n4,d\n",
      "q-1.csv": "id\n9\n",
    });
    const source = await opened(fileSource(path.join(folder, "p-*")));
    expect(source.columns.map(({ name }) => name)).toEqual(["id", "email", "extra"]);
    expect(await rowsOf(source)).toEqual([
      ["1", "a", null],
      ["2", "b", null],
      ["3", null, "x"],
      ["4", "d", null],
    ]);
  });

  it("keeps the order of its rows over many batches", async () => {
    const ids = Array.from({ length: 60_000 }, (_, index) => String(index));
    const folder = await folderWith({
      "a.csv": `id,pad\n${ids.map((id) => `${id},${"x".repeat(30)}`).join("\n")}\n`,
    });
    const source = await opened(fileSource(path.join(folder, "a.csv")));
    expect((await rowsOf(source, ["id"])).flat()).toEqual(ids);
  });

  it("may be closed while it is read, and twice", async () => {
    const folder = await folderWith({ "a.csv": `id\n${"1\n".repeat(100_000)}` });
    const source = await opened(fileSource(path.join(folder, "a.csv")));
    for await (const batch of source.batches(["id"])) {
      expect(batch.rows).toBeGreaterThan(0);
      break;
    }
    source.close();
    source.close();
  });

  it("breaks off at a row with too few or too many cells, naming the line and not its values", async () => {
    const folder = await folderWith({
      "few.csv": "id,email\n1,a@example.test\n2\n",
      "many.csv": "id,email\n1,a@example.test,x\n",
    });
    const few = path.join(folder, "few.csv");
    expect(await failureOf(await opened(fileSource(few)))).toEqual({
      code: "source.failed",
      severity: "error",
      message: `the source broke off: ${few}, line 3: Expected Number of Columns: 2 Found: 1`,
      remedy: "Mend the source and run again; rows that were delivered before stay delivered.",
      place: PLACE,
    });
    const many = path.join(folder, "many.csv");
    expect((await failureOf(await opened(fileSource(many))))?.message).toBe(
      `the source broke off: ${many}, line 2: Expected Number of Columns: 2 Found: 3`,
    );
  });

  it("breaks off at an open quote and at text that is not UTF-8", async () => {
    const folder = await folderWith({
      "quote.csv": 'id,email\n1,"a@example.test\n',
      "latin.csv": Buffer.from("id,email\n1,gr\u00fcn@example.test\n", "latin1"),
    });
    const messages = await Promise.all(
      ["quote.csv", "latin.csv"].map(async (name) => {
        const source = await opened(fileSource(path.join(folder, name)));
        return (await failureOf(source))?.message.replace(folder, "");
      }),
    );
    expect(messages).toEqual([
      "the source broke off: /quote.csv, line 2: Value with unterminated quote found.",
      "the source broke off: /latin.csv, line 2: Invalid unicode (byte sequence mismatch) detected. This file is not utf-8 encoded.",
    ]);
  });

  it("breaks off at a line beyond 4 MiB, without repeating it", async () => {
    const folder = await folderWith({ "a.csv": `id,note\n1,${"secret".repeat(1_000_000)}\n` });
    const failure = await failureOf(await opened(fileSource(path.join(folder, "a.csv"))));
    expect(failure?.code).toBe("source.failed");
    expect(failure?.message).not.toContain("secret");
  });

  it("needs a header of UTF-8 text", async () => {
    const folder = await folderWith({
      "empty.csv": "",
      "blank.csv": "\nid,email\n1,a\n",
      "open.csv": '"id,email\n',
      "utf16.csv": Buffer.from("id,email\n", "utf16le"),
    });
    for (const name of ["empty.csv", "blank.csv", "open.csv", "utf16.csv"]) {
      const [problem, ...others] = await problemsOf(fileSource(path.join(folder, name)));
      expect(others).toEqual([]);
      expect(problem?.code).toBe("source.header");
      expect(problem?.message).toBe(
        `the first line of \`${path.join(folder, name)}\` holds no column names`,
      );
    }
  });

  it("is told apart from something that only ends in .csv.gz", async () => {
    const folder = await folderWith({ "a.csv.gz": Buffer.from("id,email\n1,a\n") });
    const [problem] = await problemsOf(fileSource(path.join(folder, "a.csv.gz")));
    expect(problem?.code).toBe("source.unreadable");
    expect(problem?.message).toContain("it is not gzip, or damaged");
  });
});
