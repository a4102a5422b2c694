/** The edge of the Graph API that a path names, in whichever version: `/777/users` of `/v25.0/777/users`. */
export function edgeOf(path: string): string {
  return path.replace(/^\/[^/]*/, "");
}
