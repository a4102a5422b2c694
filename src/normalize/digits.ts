/** Keeps the decimal digits 0–9. */
export const digits = (text: string): string => text.replace(/[^0-9]/g, "");
