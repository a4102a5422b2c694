/** A cursor stands for an audience; it looks opaque, as Meta's do. */
export function cursorOf(id: string): string {
  return Buffer.from(`audience:${id}`, "utf8").toString("base64url");
}

/** The id of the audience that a cursor stands for; `undefined` when it is none of ours. */
export function idOfCursor(cursor: string): string | undefined {
  return /^audience:(\d+)$/.exec(Buffer.from(cursor, "base64url").toString("utf8"))?.[1];
}
