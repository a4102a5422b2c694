/** Upper case by Unicode, the same in every locale. */
export const uppercase = (text: string): string => text.toUpperCase();
