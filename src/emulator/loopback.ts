const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True for an `http` URL that cannot leave this machine. */
export function isLoopback(url: URL): boolean {
  return url.protocol === "http:" && LOOPBACK.test(url.hostname);
}
