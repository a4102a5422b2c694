import { badInput, warning } from "./entry.js";

/** Mapping files: their header, forms, paths and constants. The guide has each form with an example. */
export const MAPPING = {
  "mapping.version": badInput(
    "The mapping is in a version of the language that is not known here.",
    "Write `mapping: 1`, or update this software.",
  ),
  "mapping.missing_key": badInput(
    "A key that is needed is missing.",
    "Add it as the message says.",
  ),
  "mapping.unknown_key": badInput(
    "A key has no meaning where it stands.",
    "Correct its spelling, or remove it.",
  ),
  "mapping.wrong_type": badInput(
    "A node has another type than its place takes.",
    "Write what the message asks for.",
  ),
  "mapping.unknown_surface": badInput(
    "`surface` names nothing that Meta has.",
    "Write `events` or `custom_audiences`.",
  ),
  "mapping.unknown_field": badInput(
    "Meta knows no field of this name here.",
    "Correct its spelling; the reference of fields lists them all.",
  ),
  "mapping.near_standard_field": warning(
    "A custom property is named almost like a field of Meta's own.",
    "If you mean Meta's field, write its name.",
  ),
  "mapping.not_a_form": badInput(
    "A field does not say where its value comes from.",
    "Write a path, an `identifier`, a `value` or a form that the guide shows.",
  ),
  "mapping.two_sources": badInput(
    "A field says twice where its value comes from.",
    "Remove one of the two.",
  ),
  "mapping.looks_like_form": warning(
    "A field that takes custom properties gets one that is named like a word of the mapping language.",
    "To fill the field from a path write that path itself.",
  ),
  "mapping.form_at_object": badInput(
    "A word for single values stands at an object that is made of parts.",
    "Write its fields, or `from`.",
  ),
  "mapping.each_needs_a_list": badInput(
    "`each` makes a list, and the field takes a single value.",
    "Name one element, such as `payload.items.0.sku`.",
  ),
  "mapping.item_outside_each": badInput(
    "`item` is an element of a list, and stands outside `each`.",
    "Write `{each: payload.…, item: …}`.",
  ),
  "mapping.not_a_path": badInput(
    "A text is no path.",
    "Write one such as `payload.total`; for the text itself write `{value: …}`.",
  ),
  "mapping.unknown_config_name": badInput(
    "A path reads a key that the configuration does not have for mappings.",
    "Name one that the message lists.",
  ),
  "mapping.empty_list": badInput(
    "A list of paths is empty.",
    "Name at least one path, or remove the line.",
  ),
  "mapping.rest_of_single_value": badInput(
    "A rest is taken of a single value, which has no fields.",
    "Name a path such as `payload`, or write the fields out.",
  ),
  "mapping.except_without_field": badInput(
    "`except` names what is no field here.",
    "Correct its spelling, or remove it.",
  ),
  "mapping.request_reads_record": badInput(
    "`request` is the same for all records, and reads one.",
    "Write `{value: …}` or a path such as `config.test_event_code`.",
  ),
  "mapping.identifier_type": badInput(
    "A field that takes no text is to come from an identifier, which is text.",
    "Name a path, or add a `map`.",
  ),
  "mapping.path_type": badInput(
    "What a path reads never has the type that the field takes.",
    "Name another path, or convert it as the message says.",
  ),
  "mapping.config_type": badInput(
    "The configuration holds text only, and the field takes none.",
    "Write the value itself: `{value: …}`.",
  ),
  "mapping.constant_blank": badInput(
    "A constant is blank.",
    "Write what it should be; to omit a field, remove its line.",
  ),
  "mapping.constant_shape": badInput(
    "A constant holds more than a value or a list of values.",
    "Write text, a number, a boolean, or a list of those.",
  ),
  "mapping.constant_type": badInput(
    "A constant has another type than the field.",
    "Write it as the message asks.",
  ),
  "mapping.constant_word": badInput(
    "A constant is none of the words that the field takes.",
    "Write one of them.",
  ),
  "mapping.constant_bounds": badInput(
    "A constant is outside of what the field takes.",
    "Write it as the field's description says.",
  ),
  "mapping.constant_dropped": badInput(
    "A constant is nothing once it is normalised.",
    "Write what its normaliser can use, or remove the line.",
  ),
  "mapping.looks_like_path": warning(
    "What looks like a path is taken for a text, or for the type of an identifier.",
    "For what stands there in the record write the path as the message shows.",
  ),
  "mapping.hash_required": badInput("Meta takes the field hashed only.", "Write `hash: sha256`."),
  "mapping.hash_refused": badInput(
    "Meta takes the field as it is, never hashed.",
    "Remove `hash`.",
  ),
  "mapping.hash_and_as": badInput(
    "A field has both `hash` and `as`, and a digest is text.",
    "Remove one of the two.",
  ),
  "mapping.as_refused": badInput(
    "`as` names no type, or stands at a field that has its own.",
    "Remove it, or write a type that the message lists.",
  ),
  "mapping.normalize_refused": badInput(
    "A normaliser works on text, and the field is none.",
    "Remove `normalize`.",
  ),
  "mapping.unknown_normalizer": badInput(
    "`normalize` names no normaliser.",
    "Correct it; the page about normalisation lists them all.",
  ),
  "mapping.country_without_normalize": badInput(
    "`country` stands without `normalize`, to which it tells the country.",
    "Add `normalize`, or remove `country`.",
  ),
  "mapping.country_unused": warning(
    "The normalisers of a field ask for no country.",
    "Remove `country`.",
  ),
  "mapping.unknown_country": badInput(
    "`country` is no country of ISO 3166-1.",
    "Write its two letters, such as `DE`, or its English name.",
  ),
  "mapping.unwritten_requirement": badInput(
    "`require` names a field that the mapping does not write.",
    "Write the field, or remove the requirement.",
  ),
  "mapping.example_config": badInput(
    "`config` of an example has a key or a value that mappings cannot read.",
    "Correct or remove it.",
  ),
  "mapping.example_shape": badInput(
    "An example has neither or both of `expect` and `reject`.",
    "Write one of them.",
  ),
  "mapping.example_failed": badInput(
    "The mapping makes something else of an example than it says.",
    "Mend the mapping, or the example.",
  ),
};
