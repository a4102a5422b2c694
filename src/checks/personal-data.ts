import { isBlank } from "../mapping/convert.js";
import type { Form, ObjectForm, Rest, ValueForm } from "../mapping/form.js";
import { isPersonalName } from "../surfaces/personal-names.js";
import { isPersonalText } from "../surfaces/personal-text.js";
import { inMapping, type Check, type CheckContext, type Finding } from "./check.js";
import { fieldsOf } from "./possible.js";
import { leavesOf } from "./leaves.js";
import { personalSource } from "./personal-source.js";
import { consumedBy } from "../mapping/consumed.js";

type Found = Pick<Finding, "message" | "remedy"> & { readonly at: Form | Rest };

/** Plain personal data outside of `user_data`: in `custom_data`, in URLs, in ids. */
export const personalData: Check = {
  code: "check.personal_data",
  severity: "warning",
  run(mapping, context) {
    if (mapping.surface !== "events") return [];
    const { event } = mapping;
    const leaves = fieldsOf(event)
      .filter(({ name }) => name !== "user_data")
      .flatMap(({ form }) => leavesOf(form));
    const found = [...leaves.flatMap(byLeaf), ...byRest(event, context)];
    return found.map(({ at, message, remedy }) => ({
      message,
      remedy,
      place: inMapping(mapping, at.span),
    }));
  },
};

const REMEDY =
  "Meta wants people in `user_data` only, hashed: move it there, or leave it out. `on_personal_data: drop` keeps such values back as a last resort.";

function byLeaf(form: ValueForm): readonly Found[] {
  const name = form.at.slice(form.at.lastIndexOf(".") + 1);
  const source = personalSource(form) ?? personalConstant(form);
  if (source !== undefined)
    return [
      { at: form, message: `\`${form.at}\` sends ${source}, plain personal data`, remedy: REMEDY },
    ];
  if (!form.at.startsWith("custom_data.") || !isPersonalName(name)) return [];
  return [{ at: form, message: `\`${form.at}\` is by its name personal data`, remedy: REMEDY }];
}

function personalConstant({ source }: ValueForm): string | undefined {
  if (source.kind !== "constant" || isBlank(source.value)) return undefined;
  const text = typeof source.value === "string" ? source.value : "";
  return isPersonalText(text) ? "an e-mail address or a telephone number" : undefined;
}

/** Of a rest only the fields are known that a sync declares. */
function byRest(event: ObjectForm, { facts }: CheckContext): readonly Found[] {
  const { payload } = facts;
  const custom = event.fields.find(({ name }) => name === "custom_data")?.form;
  if (payload === undefined || custom?.kind !== "object" || custom.rest === undefined) return [];
  const { rest, fields } = custom;
  const consumed = consumedBy([event]);
  return rest.sources
    .filter(({ root, parts }) => root === "payload" && parts.length === 0)
    .flatMap((source) => {
      const read = consumed(source, undefined);
      const left = [...payload].filter(
        (name) =>
          isPersonalName(name) &&
          !read.has(name) &&
          !rest.except.has(name) &&
          !fields.some((one) => one.name === name),
      );
      return left.map((name) => ({
        at: rest,
        message: `the rest of \`custom_data\` takes \`${name}\` along, which is by its name personal data`,
        remedy: `Remove it from the sync's \`payload\`, or write \`{from: payload, except: [${name}]}\`.`,
      }));
    });
}
