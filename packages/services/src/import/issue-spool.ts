import { createReadStream } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { type ImportIssue, type Kind, type Language, type RowIssue, wordIssue } from '@zhidu/contract'
import { createBreather } from './breather.ts'

export interface SpooledIssue extends RowIssue {
  readonly row: number
  readonly isWarning: boolean
}

const FLUSH_CHARACTERS = 1 << 18
/** Ends of a line to whoever reads lines, though JSON lets them stand in a text. */
const LINE_ENDS = /[\u2028\u2029]/g

function toEscape(character: string): string {
  return character === '\u2028' ? '\\u2028' : '\\u2029'
}

/** Issues of a file on disk, so that a million of them take no memory. */
export class IssueSpool {
  readonly path: string
  errorCount = 0
  warningCount = 0
  #buffer: string[] = []
  #size = 0

  private constructor(path: string) {
    this.path = path
  }

  /** An empty spool in the place of whatever is there. */
  static async create(path: string): Promise<IssueSpool> {
    await writeFile(path, '')
    return new IssueSpool(path)
  }

  add(issue: SpooledIssue): void {
    if (issue.isWarning) this.warningCount += 1
    else this.errorCount += 1
    const line = `${JSON.stringify(issue).replace(LINE_ENDS, toEscape)}\n`
    this.#buffer.push(line)
    this.#size += line.length
  }

  /** Writes what is held when it has become much; `close` writes the rest. */
  async flush(): Promise<void> {
    if (this.#size >= FLUSH_CHARACTERS) await this.close()
  }

  async close(): Promise<void> {
    if (this.#size === 0) return
    const text = this.#buffer.join('')
    this.#buffer = []
    this.#size = 0
    await appendFile(this.path, text)
  }
}

export async function* readIssues(path: string): AsyncGenerator<SpooledIssue> {
  // Safe: `add` wrote them.
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    yield JSON.parse(line) as SpooledIssue
}

export function toImportIssue(kind: Kind, issue: SpooledIssue, language: Language): ImportIssue {
  const { code, column, params, row, value } = issue
  return { row, column, value, code, params: { ...params }, ...wordIssue(kind, issue, language) }
}

/** The first issues of a spool, worded. `total`: how many it has of each; no more is read than is needed. */
export async function readFirstIssues(
  args: {
    readonly path: string
    readonly kind: Kind
    readonly language: Language
    readonly total: { readonly errors: number; readonly warnings: number }
  },
  limit: number,
): Promise<{ errors: ImportIssue[]; warnings: ImportIssue[] }> {
  const errors: ImportIssue[] = []
  const warnings: ImportIssue[] = []
  const wanted = { errors: Math.min(limit, args.total.errors), warnings: Math.min(limit, args.total.warnings) }
  if (wanted.errors + wanted.warnings === 0) return { errors, warnings }
  const breather = createBreather()
  for await (const issue of readIssues(args.path)) {
    const list = issue.isWarning ? warnings : errors
    if (list.length < limit) list.push(toImportIssue(args.kind, issue, args.language))
    if (errors.length >= wanted.errors && warnings.length >= wanted.warnings) break
    if (breather.isDue()) await breather.rest()
  }
  return { errors, warnings }
}
