const KEPT_BYTES = 8

/** The beginnings of the hashes of all entries so far, eight bytes each, to tell a copy from a rival. */
export class SeenHashes {
  #bytes = Buffer.alloc(1_024 * KEPT_BYTES)
  #size = 0

  add(hash: string): void {
    const at = this.#size * KEPT_BYTES
    if (at === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)])
    this.#bytes.write(hash.slice(0, 2 * KEPT_BYTES), at, 'hex')
    this.#size += 1
  }

  /** Whether the entry of this number, counted from 1, had this hash. */
  has(seq: number, hash: string): boolean {
    const at = (seq - 1) * KEPT_BYTES
    if (seq < 1 || seq > this.#size) return false
    return this.#bytes.toString('hex', at, at + KEPT_BYTES) === hash.slice(0, 2 * KEPT_BYTES)
  }
}
