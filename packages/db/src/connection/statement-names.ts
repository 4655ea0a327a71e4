/** Far more than there are statements marked; each connection keeps its own copies. */
const MAX_NAMES = 200

/** At the end of a statement that every connection shall keep prepared; see `kept`. */
const KEPT = '/* kept */'

/** Names of statements, one of these per pool: a name means the same text on all of its connections and is never given anew. */
export class StatementNames {
  readonly #names = new Map<string, string>()

  /** undefined = the statement is planned each time. */
  nameOf(text: string): string | undefined {
    if (!text.endsWith(KEPT)) return undefined
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= MAX_NAMES) return known
    const name = `zhidu_${this.#names.size}`
    this.#names.set(text, name)
    return name
  }
}
