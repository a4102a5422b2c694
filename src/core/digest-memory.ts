import { SHA256_MODULE } from "../generated/sha256.js";

/** Memory in which texts stand, and into which their digests are written as hex digits. */
export interface DigestMemory {
  /** The whole of it that may be used for texts and results. */
  readonly bytes: Uint8Array;
  /** Triples: at which byte a text begins, how many bytes it has, at which byte its 64 hex digits go. Room for `jobs` triples. */
  readonly jobs: Uint32Array;
  /** Carries out the first `count` jobs: SHA-256 of each text, lower-case hex. */
  digest(count: number): void;
}

/** What is used of WebAssembly: Node's own types leave it to those of browsers. */
interface WebAssemblyNamespace {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => {
    readonly buffer: ArrayBuffer;
  };
  readonly Instance: new (
    module: object,
    imports: { env: { memory: object } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

declare const WebAssembly: WebAssemblyNamespace | undefined;

interface Compiled {
  readonly wasm: WebAssemblyNamespace;
  readonly module: object;
}

/** A page of WebAssembly's memory. The first is the module's own. */
const PAGE_BYTES = 65_536;

const JOB_BYTES = 3 * Uint32Array.BYTES_PER_ELEMENT;

/** How far the module looks beyond a text: it takes 64 bytes at a time and masks what is not the text's. */
const SLACK_BYTES = 72;

/** Once per process; `undefined` until it is needed first. */
let compiled: Compiled | "unavailable" | undefined;

/**
 * Memory for `bytes` bytes of texts and results and for `jobs` jobs, which hashes many short texts in a
 * fraction of the time that they take one by one. (Texts of several hundred bytes are right too, but
 * `sha256` of `digest.ts` is the faster there.) `undefined` where WebAssembly (with SIMD) is not to be had,
 * as with `node --jitless`.
 *
 * Texts and results may stand anywhere in `bytes`, in any order, as long as no result overlaps a text or
 * another result. The memory never grows, so its views stay valid.
 *
 * ```ts
 * const memory = digestMemory({ bytes: 1000, jobs: 1 });
 * if (memory !== undefined) {
 *   const { written } = new TextEncoder().encodeInto("ada@example.com", memory.bytes);
 *   memory.jobs.set([0, written, 100]);
 *   memory.digest(1);
 *   memory.bytes.subarray(100, 164); // the digest of the address
 * }
 * ```
 */
export function digestMemory(size: {
  readonly bytes: number;
  readonly jobs: number;
}): DigestMemory | undefined {
  compiled ??= compile();
  return compiled === "unavailable" ? undefined : instantiate(compiled, size);
}

function compile(): Compiled | "unavailable" {
  if (typeof WebAssembly === "undefined") return "unavailable";
  const bytes = Buffer.from(SHA256_MODULE, "base64");
  if (!WebAssembly.validate(bytes)) return "unavailable";
  return { wasm: WebAssembly, module: new WebAssembly.Module(bytes) };
}

function instantiate(
  { wasm, module }: Compiled,
  size: { readonly bytes: number; readonly jobs: number },
): DigestMemory {
  const jobsAt = PAGE_BYTES;
  const bytesAt = jobsAt + size.jobs * JOB_BYTES;
  const pages = Math.ceil((bytesAt + size.bytes + SLACK_BYTES) / PAGE_BYTES);
  const memory = new wasm.Memory({ initial: pages, maximum: pages });
  const { digest } = new wasm.Instance(module, { env: { memory } }).exports;
  if (!isDigest(digest)) throw new TypeError("the WebAssembly module has no `digest`");
  return {
    bytes: new Uint8Array(memory.buffer, bytesAt, size.bytes),
    jobs: new Uint32Array(memory.buffer, jobsAt, size.jobs * 3),
    digest: (count) => {
      if (count > size.jobs) throw new RangeError(`there is room for ${size.jobs} jobs`);
      digest(jobsAt, count, bytesAt);
    },
  };
}

function isDigest(value: unknown): value is (jobs: number, count: number, bytes: number) => void {
  return typeof value === "function";
}
