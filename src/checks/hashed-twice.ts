import { inMapping, type Check } from "./check.js";
import { lastName, leavesOfMapping, pathsOf } from "./leaves.js";

/** A digest of another kind than SHA-256 is text like any other, and is hashed once more. */
export const hashedTwice: Check = {
  code: "check.hashed_twice",
  severity: "warning",
  run(mapping, context) {
    return leavesOfMapping(mapping, context).flatMap((form) => {
      const { source, steps } = form;
      const names = source.kind === "identifier" ? source.types : pathsOf(form).map(lastName);
      const digest = steps.hash ? names.find((name) => OTHER_DIGEST.test(name)) : undefined;
      if (digest === undefined) return [];
      return [
        {
          message: `\`${form.at}\` hashes \`${digest}\`, which by its name is a digest already, and not SHA-256`,
          remedy:
            "Read the plain value, or its SHA-256, which is recognised and kept: a digest of a digest finds nobody.",
          place: inMapping(mapping, form.span),
        },
      ];
    });
  },
};

const OTHER_DIGEST = /md5|sha-?_?(1|224|384|512)(?!\d)|bcrypt|crc32/i;
