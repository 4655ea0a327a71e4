import { createHash } from 'node:crypto'

const LINE_FEED = 0x0a

/** Count and SHA-256 of a table's rows as COPY writes them: one line each. */
export interface TableDigest {
  readonly rowCount: number
  readonly sha256: string
}

export interface TableDigester {
  /** Rows so far. */
  readonly rowCount: number
  add(chunk: Buffer): void
  finish(): TableDigest
}

export function digestTable(): TableDigester {
  const hash = createHash('sha256')
  let rowCount = 0
  return {
    get rowCount() {
      return rowCount
    },
    add: (chunk) => {
      hash.update(chunk)
      for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) rowCount += 1
    },
    finish: () => ({ rowCount, sha256: hash.digest('hex') }),
  }
}
