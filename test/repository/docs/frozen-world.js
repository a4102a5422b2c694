/**
 * Loaded before the command line in a document's console: its clock stands at the date of the sample
 * data, so that what is printed is the same each time, and whatever would leave this machine fails.
 */
const NOW = Date.UTC(2026, 3, 30, 12);
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const fetchAnything = globalThis.fetch;

Date.now = () => NOW;

globalThis.fetch = (input, init) => {
  const { hostname } = new URL(input instanceof Request ? input.url : input);
  return LOOPBACK.has(hostname)
    ? fetchAnything(input, init)
    : Promise.reject(new TypeError("documents are tried offline"));
};
