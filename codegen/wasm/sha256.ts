/**
 * SHA-256 (FIPS 180-4) of many texts at once, in AssemblyScript: a vector holds the same word of four
 * texts, and each of the four is a lane. A lane takes a text, goes through it block by block, writes
 * its digest and takes the next text, so lengths may be mixed.
 *
 * The memory is the host's, but for its first page.
 */

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const K = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** The state before the first block. */
const INITIAL = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

/**
 * Windows of 64 bytes that pad a block: the one at `64 - left` keeps `left` bytes of text, or sets the bit
 * behind them. A block that holds but the end of the padding has its windows further on.
 */
const KEEP = memory.data(64 + 72, 16);
const MARK = memory.data(64 + 72, 16);
memory.fill(KEEP, 0xff, 64);
store<u8>(MARK, 0x80, 64);

/** The schedule: 64 words of four lanes. */
const SCHEDULE = memory.data(64 * 16, 16);

/** The state after the last block: 8 words of four lanes. */
const STATE = memory.data(8 * 16, 16);

/** The digests: the first four words of each lane, then the other four. */
const DIGESTS = memory.data(4 * 32, 16);

/** Where a lane that has no text writes its digest. */
const NOWHERE = memory.data(64, 16);

/** By lanes: where the next block is, where the digits go, how many bytes the text has. */
const TEXT = memory.data(16, 16);
const HEX = memory.data(16, 16);
const LENGTH = memory.data(16, 16);

/** By lanes: how many bytes are left of the text and the 8 of its length; under 64, the next block is the last. */
const REST = memory.data(16, 16);

/** By lanes: where in KEEP and MARK the next block has its windows. */
const WINDOW = memory.data(16, 16);

/** By lanes: all bits set where the next block is a text's last, and where it is its first. */
const LAST = memory.data(16, 16);
const FRESH = memory.data(16, 16);

let base: u32 = 0;
let nextJob: usize = 0;
let jobsEnd: usize = 0;
let unfinished: u32 = 0;

/**
 * Carries out `count` jobs: triples of where a text begins, its length, and where its 64 hex digits go, in
 * bytes from `bytes` on. Looks at up to 72 bytes beyond a text.
 */
export function digest(jobs: usize, count: u32, bytes: usize): void {
  base = <u32>bytes;
  nextJob = jobs;
  jobsEnd = jobs + <usize>count * 12;
  unfinished = count;
  v128.store(FRESH, i32x4.splat(-1));
  for (let lane: usize = 0; lane < 16; lane += 4) take(lane);
  while (unfinished > 0) {
    gather();
    rounds();
    finish();
  }
}

/** Gives a lane (by its place in the vectors) the next text, or an empty one whose digest goes nowhere. */
function take(lane: usize): void {
  if (nextJob === jobsEnd) {
    store<u32>(TEXT + lane, <u32>NOWHERE);
    store<u32>(HEX + lane, <u32>NOWHERE);
    store<u32>(LENGTH + lane, 0);
    store<u32>(REST + lane, 8);
    return;
  }
  const length = load<u32>(nextJob, 4);
  store<u32>(TEXT + lane, base + load<u32>(nextJob));
  store<u32>(HEX + lane, base + load<u32>(nextJob, 8));
  store<u32>(LENGTH + lane, length);
  store<u32>(REST + lane, length + 8);
  nextJob += 12;
}

/** The first 16 words of the schedule: the next block of each lane, padded. */
function gather(): void {
  const rest = v128.load(REST);
  const length = v128.load(LENGTH);
  const last = i32x4.lt_u(rest, i32x4.splat(64));
  v128.store(LAST, last);
  v128.store(WINDOW, i32x4.sub(i32x4.splat(72), i32x4.min_u(rest, i32x4.splat(72))));
  for (let part: usize = 0; part < 64; part += 16)
    transpose(SCHEDULE + part * 4, block(0, part), block(4, part), block(8, part), block(12, part));
  orInto(SCHEDULE + 14 * 16, v128.and(last, i32x4.shr_u(length, 29)));
  orInto(SCHEDULE + 15 * 16, v128.and(last, i32x4.shl(length, 3)));
}

/** Sixteen bytes of a lane's block, padded, as four words. */
function block(lane: usize, part: usize): v128 {
  const window = part + <usize>load<u32>(WINDOW + lane);
  const text = v128.load(<usize>load<u32>(TEXT + lane) + part);
  return words(v128.or(v128.and(text, v128.load(KEEP + window)), v128.load(MARK + window)));
}

/** Between bytes and big-endian words. */
function words(bytes: v128): v128 {
  return v128.swizzle(bytes, i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

/** Writes four vectors as columns where they were rows: words of a lane become lanes of a word, and back. */
function transpose(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(abLow, cdLow, 0, 2));
  v128.store(to, v128.shuffle<i64>(abLow, cdLow, 1, 3), 16);
  v128.store(to, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 32);
  v128.store(to, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 48);
}

/** The word that stands 16 words further in the schedule. */
function extend(at: usize): void {
  const early = v128.load(at, 16);
  const late = v128.load(at, 14 * 16);
  const s0 = v128.xor(v128.xor(right(early, 7), right(early, 18)), i32x4.shr_u(early, 3));
  const s1 = v128.xor(v128.xor(right(late, 17), right(late, 19)), i32x4.shr_u(late, 10));
  const sum = i32x4.add(i32x4.add(v128.load(at), s0), i32x4.add(v128.load(at, 9 * 16), s1));
  v128.store(at, sum, 16 * 16);
}

/**
 * The rest of the schedule and the 64 rounds; adds what comes of them to the state. The letters keep their
 * places and change their roles: after eight rounds each has its own again. The bits in which a and b
 * differ are those in which b and c do a round later.
 */
function rounds(): void {
  const fresh = v128.load(FRESH);
  const a0 = before(0, fresh);
  const b0 = before(1, fresh);
  const c0 = before(2, fresh);
  const d0 = before(3, fresh);
  const e0 = before(4, fresh);
  const f0 = before(5, fresh);
  const g0 = before(6, fresh);
  const h0 = before(7, fresh);
  let a = a0;
  let b = b0;
  let c = c0;
  let d = d0;
  let e = e0;
  let f = f0;
  let g = g0;
  let h = h0;
  let ab: v128;
  let bc = v128.xor(b, c);
  let at = SCHEDULE;
  let k = K;
  for (; k < K + 48 * 4; k += 4 * 8, at += 16 * 8) {
    extend(at);
    h = t1(e, f, g, h, v128.load(at), v128.load32_splat(k));
    d = i32x4.add(d, h);
    ab = v128.xor(a, b);
    h = i32x4.add(h, t2(a, b, ab, bc));
    extend(at + 16);
    g = t1(d, e, f, g, v128.load(at, 16), v128.load32_splat(k, 4));
    c = i32x4.add(c, g);
    bc = v128.xor(h, a);
    g = i32x4.add(g, t2(h, a, bc, ab));
    extend(at + 32);
    f = t1(c, d, e, f, v128.load(at, 32), v128.load32_splat(k, 8));
    b = i32x4.add(b, f);
    ab = v128.xor(g, h);
    f = i32x4.add(f, t2(g, h, ab, bc));
    extend(at + 48);
    e = t1(b, c, d, e, v128.load(at, 48), v128.load32_splat(k, 12));
    a = i32x4.add(a, e);
    bc = v128.xor(f, g);
    e = i32x4.add(e, t2(f, g, bc, ab));
    extend(at + 64);
    d = t1(a, b, c, d, v128.load(at, 64), v128.load32_splat(k, 16));
    h = i32x4.add(h, d);
    ab = v128.xor(e, f);
    d = i32x4.add(d, t2(e, f, ab, bc));
    extend(at + 80);
    c = t1(h, a, b, c, v128.load(at, 80), v128.load32_splat(k, 20));
    g = i32x4.add(g, c);
    bc = v128.xor(d, e);
    c = i32x4.add(c, t2(d, e, bc, ab));
    extend(at + 96);
    b = t1(g, h, a, b, v128.load(at, 96), v128.load32_splat(k, 24));
    f = i32x4.add(f, b);
    ab = v128.xor(c, d);
    b = i32x4.add(b, t2(c, d, ab, bc));
    extend(at + 112);
    a = t1(f, g, h, a, v128.load(at, 112), v128.load32_splat(k, 28));
    e = i32x4.add(e, a);
    bc = v128.xor(b, c);
    a = i32x4.add(a, t2(b, c, bc, ab));
  }
  for (; k < K + 64 * 4; k += 4 * 8, at += 16 * 8) {
    h = t1(e, f, g, h, v128.load(at), v128.load32_splat(k));
    d = i32x4.add(d, h);
    ab = v128.xor(a, b);
    h = i32x4.add(h, t2(a, b, ab, bc));
    g = t1(d, e, f, g, v128.load(at, 16), v128.load32_splat(k, 4));
    c = i32x4.add(c, g);
    bc = v128.xor(h, a);
    g = i32x4.add(g, t2(h, a, bc, ab));
    f = t1(c, d, e, f, v128.load(at, 32), v128.load32_splat(k, 8));
    b = i32x4.add(b, f);
    ab = v128.xor(g, h);
    f = i32x4.add(f, t2(g, h, ab, bc));
    e = t1(b, c, d, e, v128.load(at, 48), v128.load32_splat(k, 12));
    a = i32x4.add(a, e);
    bc = v128.xor(f, g);
    e = i32x4.add(e, t2(f, g, bc, ab));
    d = t1(a, b, c, d, v128.load(at, 64), v128.load32_splat(k, 16));
    h = i32x4.add(h, d);
    ab = v128.xor(e, f);
    d = i32x4.add(d, t2(e, f, ab, bc));
    c = t1(h, a, b, c, v128.load(at, 80), v128.load32_splat(k, 20));
    g = i32x4.add(g, c);
    bc = v128.xor(d, e);
    c = i32x4.add(c, t2(d, e, bc, ab));
    b = t1(g, h, a, b, v128.load(at, 96), v128.load32_splat(k, 24));
    f = i32x4.add(f, b);
    ab = v128.xor(c, d);
    b = i32x4.add(b, t2(c, d, ab, bc));
    a = t1(f, g, h, a, v128.load(at, 112), v128.load32_splat(k, 28));
    e = i32x4.add(e, a);
    bc = v128.xor(b, c);
    a = i32x4.add(a, t2(b, c, bc, ab));
  }
  v128.store(STATE, i32x4.add(a, a0));
  v128.store(STATE, i32x4.add(b, b0), 16);
  v128.store(STATE, i32x4.add(c, c0), 32);
  v128.store(STATE, i32x4.add(d, d0), 48);
  v128.store(STATE, i32x4.add(e, e0), 64);
  v128.store(STATE, i32x4.add(f, f0), 80);
  v128.store(STATE, i32x4.add(g, g0), 96);
  v128.store(STATE, i32x4.add(h, h0), 112);
}

/** A word of the state: that of the blocks before, or where there is none the initial one. */
function before(word: usize, fresh: v128): v128 {
  return v128.bitselect(v128.load32_splat(INITIAL + word * 4), v128.load(STATE + word * 16), fresh);
}

/** T1 of FIPS 180-4. */
function t1(e: v128, f: v128, g: v128, h: v128, word: v128, k: v128): v128 {
  const sum = v128.xor(v128.xor(right(e, 6), right(e, 11)), right(e, 25));
  const choice = v128.xor(g, v128.and(e, v128.xor(f, g)));
  return i32x4.add(i32x4.add(sum, choice), i32x4.add(i32x4.add(h, k), word));
}

/** T2 of FIPS 180-4; `ab` and `bc` are the bits in which a and b, b and c differ. */
function t2(a: v128, b: v128, ab: v128, bc: v128): v128 {
  const sum = v128.xor(v128.xor(right(a, 2), right(a, 13)), right(a, 22));
  return i32x4.add(sum, v128.xor(b, v128.and(ab, bc)));
}

function right(word: v128, bits: i32): v128 {
  return v128.or(i32x4.shr_u(word, bits), i32x4.shl(word, 32 - bits));
}

/** Adds bits to a word of the schedule in which they are not set. */
function orInto(to: usize, bits: v128): void {
  v128.store(to, v128.or(v128.load(to), bits));
}

/** Writes the digests of the lanes that are done and gives them new texts; the others go on. */
function finish(): void {
  const last = v128.load(LAST);
  v128.store(FRESH, last);
  v128.store(TEXT, i32x4.add(v128.load(TEXT), i32x4.splat(64)));
  v128.store(REST, i32x4.sub(v128.load(REST), i32x4.splat(64)));
  transpose(
    DIGESTS,
    v128.load(STATE),
    v128.load(STATE, 16),
    v128.load(STATE, 32),
    v128.load(STATE, 48),
  );
  transpose(
    DIGESTS + 64,
    v128.load(STATE, 64),
    v128.load(STATE, 80),
    v128.load(STATE, 96),
    v128.load(STATE, 112),
  );
  for (let lane: usize = 0; lane < 16; lane += 4) {
    if (load<u32>(LAST + lane) === 0) continue;
    const hex = <usize>load<u32>(HEX + lane);
    writeHex(hex, words(v128.load(DIGESTS + lane * 4)));
    writeHex(hex + 32, words(v128.load(DIGESTS + 64 + lane * 4)));
    if (hex !== NOWHERE) unfinished -= 1;
    take(lane);
  }
}

/** 16 bytes as 32 hex digits. */
function writeHex(to: usize, bytes: v128): void {
  const four = i8x16.splat(0x0f);
  const high = v128.and(i16x8.shr_u(bytes, 4), four);
  const low = v128.and(bytes, four);
  v128.store(
    to,
    digits(v128.shuffle<i8>(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)),
  );
  v128.store(
    to,
    digits(
      v128.shuffle<i8>(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
    ),
    16,
  );
}

function digits(halves: v128): v128 {
  return v128.swizzle(
    i8x16(48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 97, 98, 99, 100, 101, 102),
    halves,
  );
}
