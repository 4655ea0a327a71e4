import { compareCodePoints } from '@zhidu/domain'

/** Rows that come ordered by unit, handed out unit by unit; of every file only a page is held. */
export class UnitCursor<T extends { readonly unitCode: string }> {
  readonly #pages: AsyncIterator<readonly T[]>
  readonly #what: string
  #page: readonly T[] = []
  #index = 0
  #last: string | null = null

  /** `what`: named when the rows are out of order. */
  constructor(pages: AsyncIterable<readonly T[]>, what: string) {
    this.#pages = pages[Symbol.asyncIterator]()
    this.#what = what
  }

  async #peek(): Promise<T | undefined> {
    while (this.#index >= this.#page.length) {
      const next = await this.#pages.next()
      if (next.done === true) return undefined
      this.#page = next.value
      this.#index = 0
    }
    return this.#page[this.#index]
  }

  /** The rows of a unit; units have to be asked for in the order of their codes. Throws RangeError for a row of one passed over. */
  async take(unitCode: string): Promise<T[]> {
    const rows: T[] = []
    for (;;) {
      const row = await this.#peek()
      if (row === undefined) break
      if (row.unitCode !== unitCode) {
        this.#assertOrder(row.unitCode, unitCode)
        break
      }
      rows.push(row)
      this.#index += 1
    }
    this.#last = unitCode
    return rows
  }

  #assertOrder(found: string, asked: string): void {
    if (compareCodePoints(found, asked) < 0) {
      throw new RangeError(`${this.#what}: rows of ${found} where those of ${asked} are due`)
    }
  }

  /** Throws RangeError when rows are left. */
  async end(): Promise<void> {
    const row = await this.#peek()
    if (row !== undefined) throw new RangeError(`${this.#what}: rows of ${row.unitCode} after those of ${this.#last}`)
  }
}
