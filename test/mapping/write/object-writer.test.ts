import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { objectWriter } from "../../../src/mapping/write/write-object-value.js";
import { EVENT } from "../../../src/generated/fields.js";
import { anyWriter, propertyWriter } from "../../../src/mapping/write/write-value.js";
import { page } from "../../surfaces/both-ways.js";
import { textOf } from "../../../src/core/written.js";

const write = objectWriter(() => anyWriter(undefined));

function written(value: JsonObject): string | undefined {
  const on = page();
  on.startRow();
  write(value, on);
  const row = on.endRow();
  return row && textOf(row);
}

describe("an object of the data", () => {
  it("is written by its names, also when there are more orders of names than are kept", () => {
    for (let index = 0; index < 500; index += 1)
      expect(written({ z: index, [`n${index}`]: "x", a: null })).toBe(
        `{"a":null,"n${index}":"x","z":${index}}`,
      );
  });

  it("is looked at closely when it inherits names", () => {
    const inheriting: JsonObject = Object.assign(Object.create({ inherited: 1 }), { own: 2 });
    expect(written(inheriting)).toBeUndefined();
    expect(written({ own: 2 })).toBe('{"own":2}');
  });
});

describe("a property of an object that Meta knows", () => {
  it.each(["em", "no_such_key"])(
    "is not written as it is when it is hashed, or not known: `%s`",
    (name) => {
      const userData = EVENT.fields["user_data"];
      if (userData?.kind !== "object") throw new TypeError("user_data is an object");
      const on = page();
      on.startRow();
      expect(propertyWriter(name, userData, undefined)("a", on)).toBe(false);
      expect(on.endRow()).toBeUndefined();
    },
  );
});
