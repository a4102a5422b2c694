/** The edge of the Graph API that a path names, in whichever version: `/777/users` of `/v25.0/777/users`. */
export function edgeOf(path: string): string {
  return path.replace(/^\/[^/]*/, "");
}

/** The audience to which a path sends people: 777 of `/v25.0/777/users`. */
export function audienceOf(path: string): string {
  return path.split("/")[2] ?? "";
}

/** The edge to which operations on the people of an audience go. */
export function usersEdge(audienceId: string): string {
  return `/${audienceId}/users`;
}
