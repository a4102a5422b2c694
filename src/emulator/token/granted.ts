/** What a token may do unless the emulator was told otherwise: all that this destination asks for. */
export const GRANTED = ["ads_management", "ads_read", "business_management"] as const;
