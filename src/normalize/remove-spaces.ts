/** Takes out white space (Unicode), wherever it stands. */
export const removeSpaces = (text: string): string => text.replace(/\s+/gu, "");
