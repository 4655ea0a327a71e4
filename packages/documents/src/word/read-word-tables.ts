import type { Pulse, RowSink } from '../reader/messages.ts'
import { TableError, type TableLimits, type TableRow } from '../table/table.ts'
import { attributeOf, walkXml } from '../xlsx/xml.ts'
import { openZip } from '../xlsx/zip.ts'

const DOCUMENT = 'word/document.xml'
const BATCH_ROWS = 200
/** Of one cell: a form's cell holds some lines. */
const MAX_CELL_CHARS = 10_000

/** What stands open while a document is walked: one row of one table, paragraphs within a cell, or one outside. */
class Walk {
  readonly rows: TableRow[] = []
  readonly #limits: TableLimits
  #depth = 0
  #row: string[] | null = null
  /** Columns of the open cell. */
  #span = 1
  #cell: string[] | null = null
  #paragraph: string[] | null = null
  #isText = false
  #isDeleted = 0
  #count = 0
  #cellCount = 0

  constructor(limits: TableLimits) {
    this.#limits = limits
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'tbl':
        this.#depth += 1
        return
      case 'tr':
        // A table within a cell is text of that cell.
        if (this.#depth === 1) this.#row = []
        return
      case 'tc':
        if (this.#depth === 1) [this.#cell, this.#span] = [[], 1]
        return
      case 'gridSpan':
        if (this.#depth === 1 && this.#cell !== null) this.#spanColumns(Number(attributeOf(attributes, 'val') ?? '1'))
        return
      case 'p':
        this.#paragraph = []
        return
      case 't':
        this.#isText = true
        return
      case 'del':
      case 'moveFrom':
        this.#isDeleted += 1
        return
      case 'tab':
      case 'br':
      case 'cr':
        this.#add(name === 'tab' ? '\u3000' : '\n')
        return
    }
  }

  text(piece: string): void {
    if (this.#isText) this.#add(piece)
  }

  close(name: string): void {
    switch (name) {
      case 'tbl':
        this.#depth -= 1
        return
      case 'tr':
        if (this.#depth === 1 && this.#row !== null) this.#end(this.#row)
        if (this.#depth === 1) this.#row = null
        return
      case 'tc':
        if (this.#depth === 1) this.#endCell()
        return
      case 'p':
        this.#endParagraph()
        return
      case 't':
        this.#isText = false
        return
      case 'del':
      case 'moveFrom':
        this.#isDeleted -= 1
        return
    }
  }

  take(): readonly TableRow[] {
    return this.rows.splice(0)
  }

  #add(piece: string): void {
    if (this.#isDeleted === 0) this.#paragraph?.push(piece)
  }

  #spanColumns(columns: number): void {
    if (!Number.isInteger(columns) || columns < 1 || columns > this.#limits.columns) {
      throw new TableError('xlsx_damaged', { detail: `gridSpan ${columns}` })
    }
    this.#span = columns
  }

  #endParagraph(): void {
    const text = (this.#paragraph ?? []).join('')
    this.#paragraph = null
    if (this.#cell !== null) this.#cell.push(text)
    else if (this.#depth === 0) this.#end([text])
  }

  #endCell(): void {
    const [row, cell] = [this.#row, this.#cell]
    this.#cell = null
    if (row === null || cell === null) return
    const text = cell.join('\n').trim()
    if (text.length > MAX_CELL_CHARS) throw new TableError('xlsx_damaged', { detail: `${text.length}` })
    // A cell that spans columns stands in the first of them, as in a workbook.
    row.push(text, ...Array.from({ length: this.#span - 1 }, () => ''))
    this.#cellCount += this.#span
    if (row.length > this.#limits.columns || this.#cellCount > this.#limits.xlsxCells) {
      throw new TableError('xlsx_damaged', { detail: `${this.#cellCount}` })
    }
  }

  #end(cells: readonly string[]): void {
    this.#count += 1
    if (this.#count > this.#limits.xlsxRows)
      throw new TableError('xlsx_too_many_rows', { limit: String(this.#limits.xlsxRows) })
    if (cells.some((cell) => cell.trim() !== '')) this.rows.push({ row: this.#count, cells })
  }
}

/**
 * The rows of the tables of a Word document, in the order of the document; a paragraph beside them is a row of one cell. What was
 * deleted with changes tracked is left out; nothing outside the document's body is read. False = the file is no Word document.
 * Throws TableError for one that is damaged.
 */
export async function readWordTables(
  path: string,
  limits: TableLimits,
  { bytesTotal, pulse, sink }: { readonly sink: RowSink; readonly pulse: Pulse; readonly bytesTotal: number },
): Promise<boolean> {
  const zip = await openZip(path, pulse)
  try {
    if (!zip.has(DOCUMENT)) return false
    await sink.table({ format: 'docx', encoding: null, bytesTotal })
    const walk = new Walk(limits)
    const stream = await zip.open(DOCUMENT, limits.xlsxPartBytes)
    await walkXml(stream, {
      onOpen: (name, attributes) => walk.open(name, attributes),
      onText: (text) => walk.text(text),
      onClose: (name) => walk.close(name),
      onChunk: async () => {
        if (walk.rows.length >= BATCH_ROWS) await sink.rows(walk.take(), bytesTotal)
      },
    })
    await sink.rows(walk.take(), bytesTotal)
    return true
  } finally {
    zip.close()
  }
}
