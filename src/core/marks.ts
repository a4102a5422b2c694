/**
 * Characters of which a text has one that holds an e-mail address, a telephone number or a parameter of a
 * URL, plain or encoded.
 */
export const MARKS = "=@+%";
