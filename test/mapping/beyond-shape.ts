/**
 * What the compiler refuses in a mapping beyond its shape, which is all that a schema can judge: what
 * its steps make of a constant, and what another section writes.
 */
export const BEYOND_SHAPE = [
  "mapping.constant_bounds",
  "mapping.constant_dropped",
  "mapping.constant_type",
  "mapping.constant_word",
  "mapping.path_type",
  "mapping.unknown_country",
  "mapping.unwritten_requirement",
];
