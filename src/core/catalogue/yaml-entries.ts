import { badInput } from "./entry.js";

/** YAML that is no plain data. */
export const YAML = {
  "yaml.syntax": badInput(
    "The file is not YAML at the place that is shown.",
    "Mend it there; it is often the indentation, a missing blank after `:`, or a quotation mark.",
  ),
  "yaml.alias": badInput(
    "A reference (`*name`) has nothing before it that it could refer to.",
    "Put text that begins with `*` in quotes; a reference needs its `&name` before it.",
  ),
  "yaml.tag": badInput(
    "A YAML tag (`!name`) asks for something beyond plain data.",
    "Remove the tag.",
  ),
  "yaml.quotes": badInput(
    "Typographic quotes do not quote: they would be part of the text.",
    "Write straight ones.",
  ),
  "yaml.text": badInput("A text is not valid Unicode.", "Write it anew."),
  "yaml.number": badInput(
    "A number would not be kept as it is written: it is too large, or begins with zeros.",
    "Put it in quotes; ids are text.",
  ),
  "yaml.key": badInput(
    "A key of a map is no plain text.",
    "Write it as text, in quotes if need be.",
  ),
  "yaml.key_twice": badInput("A key stands twice in one map.", "Remove one of the two."),
  "yaml.encoding": badInput("The file is not UTF-8 text.", "Save it as UTF-8."),
  "yaml.too_deep": badInput(
    "The file nests deeper than any mapping does.",
    "Write it flatter, or split it.",
  ),
  "yaml.too_large": badInput(
    "The file is larger than any mapping or sync file, or grows so by its references.",
    "Check that it is the right file, or split it.",
  ),
};
