import { Readable } from 'node:stream'
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
import { asReadonly, type Db, hasRecordWith, listRecords, type RecordFilter, type RecordRow } from '@zhidu/db'
import { toCsv, toXlsx } from '@zhidu/documents'
import {
  filingDueOn,
  fromElementMask,
  levelsByOccurrence,
  localDateOf,
  maskName,
  maskNumbers,
  maskPhone,
  type Quarter,
  quarterRange,
} from '@zhidu/domain'
import { mayReveal } from '../actor.ts'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withReach } from '../snapshot.ts'
import type { ExportedFile } from './exported-file.ts'
import { streamOf } from './web-stream.ts'

export interface ExportArgs {
  readonly kind: Kind
  readonly format: 'csv' | 'xlsx'
  /** undefined = everything. */
  readonly quarter?: Quarter | undefined
  readonly language?: Language
  /** Why names and numbers of people are wanted; without it they are masked for everybody but the machine's own commands. */
  readonly reason?: string | undefined
}

const MIN_WIDTH = 10
const MAX_WIDTH = 40

/** Which records belong to a quarter, by the rules in force in it. */
export async function toFilter(db: Db, quarter: Quarter): Promise<RecordFilter> {
  const { holidays, regulation } = await loadRules(asReadonly(db), quarter)
  const range = quarterRange(quarter)
  return {
    range,
    occurredLevels: levelsByOccurrence(regulation),
    holidays: holidays.filter((block) => {
      const dueOn = filingDueOn(block, regulation, holidays)
      return range.firstOn <= dueOn && dueOn <= range.lastOn
    }),
  }
}

/** The value a file's column takes from the record's columns. */
export function toValue(kind: Kind, column: KindColumn, record: RecordRow): CellValue {
  if (kind === 'filings' && column.key === 'holiday')
    return `${String(record['holiday_year'])}-${String(record['holiday_name'])}`
  if (column.key === 'withdrawn') return record['is_withdrawn'] === true ? 'yes' : 'no'
  const value = record[column.key] ?? null
  if (typeof value === 'boolean') throw new RangeError(`${column.key} is no value of a file`)
  return column.key === 'elements' && typeof value === 'number' ? fromElementMask(value) : value
}

function ofText(mask: (text: string) => string): (value: CellValue) => CellValue {
  return (value) => (typeof value === 'string' ? mask(value) : value)
}

/** Columns in which people are named, and free texts, in which they may be. */
const PERSONAL: Readonly<Record<string, (value: CellValue) => CellValue>> = {
  inspectors: (value) => (Array.isArray(value) ? value.map(maskName) : value),
  person: ofText(maskName),
  number: ofText(maskPhone),
  phone: ofText(maskPhone),
  forwarding_reason: ofText(maskNumbers),
  reason: ofText(maskNumbers),
  note: ofText(maskNumbers),
  basis: ofText(maskNumbers),
  place: ofText(maskNumbers),
  summary: ofText(maskNumbers),
}

/** The value without names and numbers of people. */
export function masked(column: KindColumn, value: CellValue): CellValue {
  return PERSONAL[column.key]?.(value) ?? value
}

async function* toRows(
  pages: AsyncIterable<readonly RecordRow[]>,
  kind: Kind,
  style: ExportStyle,
  isMasked: boolean,
  columns: readonly KindColumn[],
): AsyncGenerator<readonly (readonly string[])[]> {
  for await (const page of pages) {
    yield page.map((record) =>
      columns.map((column) => {
        const value = toValue(kind, column, record)
        return toExportCell(column, isMasked ? masked(column, value) : value, style)
      }),
    )
  }
}

/** Columns of the file: without one that came later and that no record has. */
async function columnsOf(db: Db, kind: Kind, filter: RecordFilter | null): Promise<readonly KindColumn[]> {
  const columns: KindColumn[] = []
  for (const column of KIND_SHEETS[kind].columns) {
    if (column.isLate !== true || (await hasRecordWith(db, kind, column.key, filter))) columns.push(column)
  }
  return columns
}

async function* toBytes(
  db: Db,
  args: ExportArgs,
  filter: RecordFilter | null,
  isMasked: boolean,
): AsyncGenerator<Uint8Array> {
  const { format, kind, language = 'zh-CN' } = args
  const { name } = KIND_SHEETS[kind]
  const columns = await columnsOf(db, kind, filter)
  const style: ExportStyle = format === 'xlsx' && language === 'zh-CN' ? 'words' : 'keys'
  const header = columns.map((column) => (style === 'keys' ? column.key : column.name['zh-CN']))
  const rows = toRows(listRecords(db, kind, filter), kind, style, isMasked, columns)
  if (format === 'csv') {
    yield* toCsv(header, rows)
    return
  }
  const widths = columns.map((column) =>
    Math.min(Math.max(column.example[language].length + 4, column.key.length + 2, MIN_WIDTH), MAX_WIDTH),
  )
  yield* toXlsx({ sheetName: name[language], header, widths, rows })
}

/** True when people stay masked; a reason that lifts the mask goes into the audit trail first. */
async function decideMask(ctx: ServiceContext, { kind, quarter, reason }: ExportArgs): Promise<boolean> {
  if (ctx.actor.kind === 'local') return false
  if (reason === undefined) return true
  if (!mayReveal(ctx.actor)) throw new ServiceError('forbidden', 'role_forbids')
  const detail = { reason, quarter: quarter ?? null }
  await withChange(ctx, { action: 'personal.export', object: `export/${kind}`, detail }, async () => undefined)
  return false
}

async function writeRows(
  ctx: ServiceContext,
  args: ExportArgs,
  isMasked: boolean,
  sink: NodeJS.WritableStream,
): Promise<void> {
  const now = ctx.clock()
  const day = args.quarter === undefined ? localDateOf(now) : scopeDay(args.quarter, now)
  const write = async (trx: Db): Promise<void> => {
    const filter = args.quarter === undefined ? null : await toFilter(trx, args.quarter)
    await pipeline(Readable.from(toBytes(trx, args, filter, isMasked)), sink)
  }
  await withReach(ctx, day, write, { isolation: 'repeatable read', isReadOnly: true })
}

/**
 * Writes what `import` reads back unchanged, from one unchanging view of the facts in reach, at the pace of `sink`. People are
 * masked unless a reason is given.
 */
export async function writeExport(ctx: ServiceContext, args: ExportArgs, sink: NodeJS.WritableStream): Promise<void> {
  await writeRows(ctx, args, await decideMask(ctx, args), sink)
}

/** The same as a stream to be read; one that is given up ends the export. */
export async function exportKind(ctx: ServiceContext, args: ExportArgs): Promise<ExportedFile> {
  const { format, kind, language = 'zh-CN', quarter } = args
  const isMasked = await decideMask(ctx, args)
  const fileName = `${KIND_SHEETS[kind].name[language]}${quarter === undefined ? '' : `-${quarter}`}.${format}`
  return { fileName, body: streamOf((sink) => writeRows(ctx, args, isMasked, sink)) }
}
