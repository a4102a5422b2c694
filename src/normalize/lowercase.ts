/** Lower case by Unicode, the same in every locale. */
export const lowercase = (text: string): string => text.toLowerCase();
