import { expect, it } from "vitest";
import { targetsText } from "../../src/report/targets-text.js";
import { registered } from "./logged.js";

it("lists each audience with its account and how it came", () => {
  const targets = [
    registered(),
    registered({ target: "Readers", audienceId: "78", createdByUs: true }),
    registered({ adAccountId: "222", audienceId: undefined, createdByUs: true }),
  ];
  expect(targetsText(targets)).toBe(
    `AD ACCOUNT  TARGET   AUDIENCE  HOW IT CAME    LAST CHECKED          TRUSTED SINCE
111         VIP      77        found          2026-04-24T03:07:40Z  2026-04-24T03:06:40Z
111         Readers  78        created        2026-04-24T03:07:40Z  2026-04-24T03:06:40Z
222         VIP                being created  2026-04-24T03:07:40Z  2026-04-24T03:06:40Z
`,
  );
});

it("says that none is known", () => {
  expect(targetsText([])).toBe("No audience is known by its name yet.\n");
});
