import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  type CellValue,
  type ExportStyle,
  type Kind,
  KIND_SHEETS,
  type KindColumn,
  type Language,
  toExportCell,
} from '@zhidu/contract'
import { asReadonly, type Db, listRecords, type RecordFilter, type RecordRow, withTransaction } from '@zhidu/db'
import { toCsv, toXlsx } from '@zhidu/documents'
import { filingDueOn, fromElementMask, LEVELS, type Quarter, quarterRange } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRules } from '../rules/load-rules.ts'
import type { ExportedFile } from './exported-file.ts'

export interface ExportArgs {
  readonly kind: Kind
  readonly format: 'csv' | 'xlsx'
  /** undefined = everything. */
  readonly quarter?: Quarter | undefined
  readonly language?: Language
}

const MIN_WIDTH = 10
const MAX_WIDTH = 40

async function toFilter(db: Db, quarter: Quarter): Promise<RecordFilter> {
  const { holidays, regulation } = await loadRules(asReadonly(db), quarter)
  const range = quarterRange(quarter)
  return {
    range,
    occurredLevels: LEVELS.filter((level) => regulation.deadlines[level].clockStartsAt === 'occurred_at'),
    holidays: holidays.filter((block) => {
      const dueOn = filingDueOn(block, regulation)
      return range.firstOn <= dueOn && dueOn <= range.lastOn
    }),
  }
}

/** The value a file's column takes from the record's columns. */
function toValue(kind: Kind, column: KindColumn, record: RecordRow): CellValue {
  if (kind === 'filings' && column.key === 'holiday')
    return `${String(record['holiday_year'])}-${String(record['holiday_name'])}`
  const value = record[column.key] ?? null
  return column.key === 'elements' && typeof value === 'number' ? fromElementMask(value) : value
}

async function* toRows(
  pages: AsyncIterable<readonly RecordRow[]>,
  kind: Kind,
  style: ExportStyle,
): AsyncGenerator<readonly (readonly string[])[]> {
  const { columns } = KIND_SHEETS[kind]
  for await (const page of pages) {
    yield page.map((record) => columns.map((column) => toExportCell(column, toValue(kind, column, record), style)))
  }
}

function toBytes(db: Db, args: ExportArgs, filter: RecordFilter | null): AsyncIterable<Uint8Array> {
  const { format, kind, language = 'zh-CN' } = args
  const { columns, name } = KIND_SHEETS[kind]
  const style: ExportStyle = format === 'xlsx' && language === 'zh-CN' ? 'words' : 'keys'
  const header = columns.map((column) => (style === 'keys' ? column.key : column.name['zh-CN']))
  const rows = toRows(listRecords(db, kind, filter), kind, style)
  if (format === 'csv') return toCsv(header, rows)
  const widths = columns.map((column) =>
    Math.min(Math.max(column.example[language].length + 4, column.key.length + 2, MIN_WIDTH), MAX_WIDTH),
  )
  return toXlsx({ sheetName: name[language], header, widths, rows })
}

/** Writes what `import` reads back unchanged, from one unchanging view of the facts, at the pace of `sink`. */
export function writeExport(ctx: ServiceContext, args: ExportArgs, sink: NodeJS.WritableStream): Promise<void> {
  const write = async (trx: Db): Promise<void> => {
    const filter = args.quarter === undefined ? null : await toFilter(trx, args.quarter)
    await pipeline(Readable.from(toBytes(trx, args, filter)), sink)
  }
  return withTransaction(ctx.db, write, { isolation: 'repeatable read', isReadOnly: true })
}

/** The same as a stream to be read; one that is given up ends the export. */
export function exportKind(ctx: ServiceContext, args: ExportArgs): Promise<ExportedFile> {
  const { format, kind, language = 'zh-CN', quarter } = args
  const through = new PassThrough()
  writeExport(ctx, args, through).catch((error: unknown) => {
    through.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  const fileName = `${KIND_SHEETS[kind].name[language]}${quarter === undefined ? '' : `-${quarter}`}.${format}`
  // Safe: the two declarations of the same stream differ in name only.
  return Promise.resolve({ fileName, body: Readable.toWeb(through) as unknown as ReadableStream<Uint8Array> })
}
