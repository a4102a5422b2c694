/** Takes white space (Unicode) off both ends. */
export const trim = (text: string): string => text.trim();
