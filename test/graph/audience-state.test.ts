import { describe, expect, it } from "vitest";
import { REFUSED_AS } from "../../src/generated/constants.js";
import { ERROR_RULES } from "../../src/generated/errors.js";

describe("the states in which an audience takes no uploads", () => {
  it.each(Object.entries(REFUSED_AS))("know the error of %s", (_, { code, subcode }) => {
    const rules = ERROR_RULES.filter((rule) => rule.code === code && rule.subcode === subcode);
    expect(rules).toHaveLength(1);
  });
});
