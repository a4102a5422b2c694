/** Keeps letters and digits of every script (marks belong to their letters). */
export const alphanumeric = (text: string): string => text.replace(/[^\p{L}\p{M}\p{N}]/gu, "");
