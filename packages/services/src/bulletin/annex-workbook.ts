import { dimensionName, writeQuarter } from '@zhidu/contract'
import { buildWorkbook, type SheetContent, toXlsx } from '@zhidu/documents'
import { DIMENSIONS, titlesOf } from '@zhidu/domain'
import { ServiceError } from '../service-error.ts'
import type { Annex } from './annex-list.ts'
import { buildAnnexTable, headerSpans } from './annex-table.ts'
import { collectRows, type FrozenRow, type LoadedFacts } from './load-bulletin-facts.ts'
import { toDeductionRows } from './to-word.ts'

/** Rows that a workbook is laid out for print with; more are written as they come, without merged titles. */
const MAX_LAID_OUT = 50_000
/** Excel has no more, the line of titles included. */
const MAX_ROWS = 1_048_575

const HEADER = ['单位编码', '单位', '分项', '事由', '扣分', '来源', '判定时刻'] as const
const WIDTHS = [14, 30, 18, 24, 8, 34, 18] as const

function originLines({ frozen, regulation }: LoadedFacts): readonly [rules: string, snapshot: string] {
  const rules = regulation.notice === null ? regulation.title : `${regulation.title}（${regulation.notice}）`
  return [`规则：${rules}`, `快照：${frozen.quarter} 第 ${frozen.version} 版，清单 SHA-256 ${frozen.manifestSha256}`]
}

/** Excel counts a Chinese character as two. */
const CHARACTERS_PER_MM = 0.55

function toTableSheet(annex: Annex, group: string, loaded: LoadedFacts, paper: 'a4' | 'a3'): SheetContent {
  const { columns, rows, total } = buildAnnexTable(group, loaded)
  const head = [[`附件${annex.number}`], [annex.title], [`${writeQuarter(loaded.facts.quarter)}　单位：分、件、次`]]
  const headerRow = head.length
  const spans = headerSpans(columns)
  const upper = columns.map((_, at) => spans.find((span) => span.at === at)?.title ?? null)
  const lower = columns.map(({ group: name, title }) => (name === null ? null : title))
  const last = columns.length - 1
  const wide = (row: number) => ({ startRow: row, startCol: 0, endRow: row, endCol: last })
  const foot = [
    ['注：“0”确为零，空格为没有应报或未测量。并列者按法定顺序排列。'],
    ...originLines(loaded).map((line) => [line]),
  ]
  return {
    name: annex.title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31),
    columns: columns.map(({ align, format, width }) => ({
      format,
      align,
      width: Math.max(Math.round(width * CHARACTERS_PER_MM), 6),
    })),
    headerRow,
    headerRowCount: 2,
    titleRow: 1,
    noteRows: foot.map((_, at) => headerRow + 3 + rows.length + at),
    isLandscape: true,
    paper,
    hasPrintArea: true,
    totalRows: [headerRow + 2 + rows.length],
    merges: [
      wide(1),
      wide(2),
      ...spans.map(({ at, isGroup, span }) => ({
        startRow: headerRow,
        startCol: at,
        endRow: headerRow + (isGroup ? 0 : 1),
        endCol: at + span - 1,
      })),
      ...foot.map((_, at) => wide(headerRow + 3 + rows.length + at)),
    ],
    rows: [...head, upper, lower, ...rows, total, ...foot],
  }
}

function toDeductionSheet(annex: Annex, loaded: LoadedFacts, rows: readonly FrozenRow[]): SheetContent {
  const titles = titlesOf(loaded.regulation.dimensions)
  const lines = rows.flatMap((row) => {
    const own = [...toDeductionRows([row], loaded)]
    const sums = DIMENSIONS.flatMap((dimension) => {
      const points = row.deductions.filter((one) => one.dimension === dimension).map((one) => one.points)
      const sum = points.reduce((total, one) => total + one, 0)
      return points.length === 0 ? [] : [`${dimensionName(dimension, titles, 'zh-CN')} ${-Math.round(sum * 100) / 100}`]
    })
    const total = row.deductions.reduce((sum, { points }) => sum - points, 0)
    return own.length === 0
      ? []
      : [
          ...own.map((line) => [row.unitCode, ...line]),
          [row.unitCode, row.name, '小计', sums.join('；'), Math.round(total * 100) / 100, null, null],
        ]
  })
  const head = [[`附件${annex.number}`], [annex.title], ...originLines(loaded).map((line) => [line])]
  const headerRow = head.length
  return {
    name: annex.title,
    titleRow: 1,
    columns: WIDTHS.map((width, at) => ({
      width,
      format: at === 4 ? ('points' as const) : ('text' as const),
      ...(at === 4 && { align: 'center' as const }),
    })),
    headerRow,
    isLandscape: true,
    hasPrintArea: true,
    merges: [1, 2, 3].map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: WIDTHS.length - 1 })),
    totalRows: lines.flatMap((line, at) => (line[2] === '小计' ? [headerRow + 1 + at] : [])),
    rows: [...head, [...HEADER], ...lines],
  }
}

async function* asText(rows: AsyncIterable<FrozenRow>, loaded: LoadedFacts): AsyncGenerator<string[][]> {
  for await (const row of rows) {
    yield [...toDeductionRows([row], loaded)].map((line) => [row.unitCode, ...line.map(String)])
  }
}

/**
 * An annex as a workbook, every row of it. `rows`: of the units with their deductions, for the annex that lists these.
 * Throws ServiceError `invalid` for more rows than a workbook has.
 */
export async function* toAnnexWorkbook(
  annex: Annex,
  loaded: LoadedFacts,
  args: { readonly paper: 'a4' | 'a3'; readonly rows: AsyncIterable<FrozenRow> },
): AsyncGenerator<Uint8Array> {
  const { facts, frozen } = loaded
  const title = `${writeQuarter(facts.quarter)}${annex.title}`
  if (annex.rowCount > MAX_ROWS) {
    throw new ServiceError('invalid', 'export_too_large', { total: String(annex.rowCount), max: String(MAX_ROWS) })
  }
  if (annex.group === null && annex.rowCount > MAX_LAID_OUT) {
    const cells = asText(args.rows, loaded)
    yield* toXlsx({ sheetName: annex.title, header: HEADER, widths: WIDTHS, rows: cells })
    return
  }
  const sheet =
    annex.group === null
      ? toDeductionSheet(annex, loaded, await collectRows(args.rows))
      : toTableSheet(annex, annex.group, loaded, args.paper)
  yield await buildWorkbook({ title, createdAt: frozen.asOf, sheets: [sheet] })
}
