/**
 * Own ids to indices: each distinct text gets the next index, in order of first appearance.
 *
 * @module
 */

const encoder = new TextEncoder();

/**
 * A hash table of texts in UTF-8 (open addressing, linear probing). It makes a string of an id only
 * where one is asked for, which is what makes tens of millions of rows quick.
 */
export class IdTable {
  #bytes = new Uint8Array(1 << 12);
  /**
   * Where the bytes of the first n ids end, so that id n is `bytes.subarray(ends[n], ends[n + 1])`;
   * in f64, for offsets may pass 32 bits.
   */
  #ends = new Float64Array(1 << 8);
  #hashes = new Uint32Array(1 << 8);
  /** Index plus one, or 0 for a free place. */
  #places = new Uint32Array(1 << 9);
  #size = 0;

  /** Number of distinct ids. */
  get size(): number {
    return this.#size;
  }

  /**
   * The index of an id, a new one where it is not known.
   *
   * @param bytes Holds the id in UTF-8.
   * @param start Where it begins.
   * @param end Where it ends.
   */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const place = this.#placeOf(bytes, start, end, hash);
    if (this.#places[place] > 0) return this.#places[place] - 1;
    const index = this.#size++;
    this.#places[place] = index + 1;
    this.#append(bytes, start, end, hash, index);
    if (2 * this.#size > this.#places.length) this.#rehash();
    return index;
  }

  /**
   * The index of an id, or −1 where it is not known.
   *
   * @param bytes Holds the id in UTF-8.
   * @param start Where it begins.
   * @param end Where it ends.
   */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#places[this.#placeOf(bytes, start, end, hashOf(bytes, start, end))] - 1;
  }

  /** The index of an id, or −1; for few ids. */
  indexOf(id: string): number {
    const bytes = encoder.encode(id);
    return this.find(bytes, 0, bytes.length);
  }

  /** The id of an index below `size`. */
  id(index: number): string {
    return decoder.decode(this.#bytes.subarray(this.#ends[index], this.#ends[index + 1]));
  }

  /**
   * The indices of the ids that pass a test, which no text is made for.
   *
   * @param test Takes bytes, where an id begins in them, and where it ends.
   */
  filter(test: (bytes: Uint8Array, start: number, end: number) => boolean): number[] {
    const found: number[] = [];
    for (let index = 0; index < this.#size; index++) {
      if (test(this.#bytes, this.#ends[index], this.#ends[index + 1])) found.push(index);
    }
    return found;
  }

  #placeOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#places.length - 1;
    for (let place = hash & mask;; place = (place + 1) & mask) {
      const entry = this.#places[place];
      if (entry === 0) return place;
      if (this.#hashes[entry - 1] === hash && this.#equals(entry - 1, bytes, start, end)) {
        return place;
      }
    }
  }

  #equals(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const known = this.#bytes;
    let at = this.#ends[index];
    if (this.#ends[index + 1] - at !== end - start) return false;
    for (let n = start; n < end; n++) if (known[at++] !== bytes[n]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, hash: number, index: number): void {
    const at = this.#ends[index];
    const after = at + end - start;
    if (after > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(after, Math.ceil(1.5 * this.#bytes.length)));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (let n = start; n < end; n++) this.#bytes[at + n - start] = bytes[n];
    if (index + 1 >= this.#ends.length) {
      const ends = new Float64Array(2 * this.#ends.length);
      ends.set(this.#ends);
      this.#ends = ends;
      const hashes = new Uint32Array(2 * this.#hashes.length);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
    }
    this.#ends[index + 1] = after;
    this.#hashes[index] = hash;
  }

  #rehash(): void {
    const places = new Uint32Array(2 * this.#places.length);
    const mask = places.length - 1;
    for (let index = 0; index < this.#size; index++) {
      let place = this.#hashes[index] & mask;
      while (places[place] > 0) place = (place + 1) & mask;
      places[place] = index + 1;
    }
    this.#places = places;
  }
}

// An id may begin with U+FEFF, which a decoder would take for a byte-order mark.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** FNV-1a with the finaliser of MurmurHash3, so that the low bits depend on all. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let n = start; n < end; n++) hash = Math.imul(hash ^ bytes[n], 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
