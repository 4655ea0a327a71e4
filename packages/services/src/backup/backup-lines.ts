import { END_OF_ROWS } from './backup-format.ts'

const LINE_FEED = 0x0a
const MAX_LINE_BYTES = 1_000_000
const NOTHING = Buffer.alloc(0)
const MARK = Buffer.from(`\n${END_OF_ROWS}`)

/** The text ended in the middle, or is not made as it should be. */
export class BackupTextError extends Error {
  override readonly name = 'BackupTextError'
}

/** The text of a backup, taken piece by piece: a line of JSON, the rows of a table, a line of JSON … */
export class BackupLines {
  readonly #source: AsyncIterator<Buffer>
  #held: Buffer = NOTHING

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** False at the end. */
  async #read(): Promise<boolean> {
    const { done, value } = await this.#source.next()
    if (done === true) return false
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value])
    return true
  }

  /** The next line as JSON. */
  async takeJson(): Promise<unknown> {
    let end: number
    while ((end = this.#held.indexOf(LINE_FEED)) === -1) {
      if (this.#held.length > MAX_LINE_BYTES) throw new BackupTextError('a line has no end')
      if (!(await this.#read())) throw new BackupTextError('the text ends in the middle of a line')
    }
    const line = this.#held.subarray(0, end).toString('utf8')
    this.#held = this.#held.subarray(end + 1)
    try {
      return JSON.parse(line)
    } catch (cause) {
      throw new BackupTextError('a line is no JSON', { cause })
    }
  }

  /** Rows up to their end mark, in pieces that end anywhere; to be read to the end. */
  async *takeRows(): AsyncGenerator<Buffer> {
    // The line before ended; the mark of a table without rows begins with that end.
    this.#held = Buffer.concat([Buffer.from('\n'), this.#held])
    let isFirst = true
    for (;;) {
      const at = this.#held.indexOf(MARK)
      // What might be the beginning of the mark stays until more is there.
      const safe = at === -1 ? this.#held.length - MARK.length : at + 1
      if (safe > 0) {
        const rows = this.#held.subarray(isFirst ? 1 : 0, safe)
        this.#held = this.#held.subarray(at === -1 ? safe : at + MARK.length)
        isFirst = false
        if (rows.length > 0) yield rows
      }
      if (at !== -1) return
      if (!(await this.#read())) throw new BackupTextError('the text ends in the middle of a table')
    }
  }

  /** Throws when anything follows. */
  async expectEnd(): Promise<void> {
    if (this.#held.length > 0 || (await this.#read())) throw new BackupTextError('something follows the manifest')
  }

  /** Lets the source go, wherever it is. */
  async leave(): Promise<void> {
    await this.#source.return?.()
  }
}
