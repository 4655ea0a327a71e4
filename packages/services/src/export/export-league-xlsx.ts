import {
  type LeagueExportInput,
  type LeaguePeers,
  type LeagueTable,
  listCaveats,
  type Provenance,
} from '@zhidu/contract'
import { buildWorkbook, type SheetColumn, type SheetContent } from '@zhidu/documents'
import {
  type Dimension,
  DIMENSIONS,
  filterRows,
  onTimeRatio,
  parseSort,
  ratioValue,
  roundPoints,
  sortRows,
  sumPoints,
  tabulateScoreBands,
} from '@zhidu/domain'
import { pinyin } from 'pinyin-pro'
import { loadNamed } from '../commendation/load-named.ts'
import type { ServiceContext } from '../context.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { getLeagueStanding } from '../league/ranges/get-standing.ts'
import type { ExportedFile, ExportLanguage } from './exported-file.ts'
import { LEAGUE_SHEET_WORDS, type LeagueSheetWords, quarterWords } from './league-sheet-words.ts'
import { standingLines, SURE_FIELDS, type SureRow, toListsSheet, toSureRows } from './league-sheet-sure.ts'
import { provenanceLine } from './provenance-line.ts'

type Value = string | number | null

interface SheetField {
  /** Column of the screen it belongs to; null = always there. */
  readonly shownWith: string | null
  /** Missing = in every method. */
  readonly isIn?: (provenance: Provenance) => boolean
  readonly title: (words: LeagueSheetWords) => string
  readonly column: SheetColumn
  readonly value: (row: SureRow, words: LeagueSheetWords) => Value
  readonly total: (total: LeagueTable['total'], words: LeagueSheetWords) => Value
}

/** A method without the dimension has no column of it. */
function hasDimension(dimension: Dimension): (provenance: Provenance) => boolean {
  return ({ method }) => method === undefined || method.base[dimension] > 0
}

const INTEGER: SheetColumn = { width: 9, format: 'integer' }
const POINTS: SheetColumn = { width: 9, format: 'points' }

/** 0..1 to percent with one decimal; null stays empty. */
function toPercent(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1_000) / 10
}

function nothingOwed(whole: number, value: number): number | null {
  return whole === 0 ? null : value
}

const FIELDS: readonly SheetField[] = [
  { shownWith: null, title: (w) => w.header.rank, column: INTEGER, value: (row) => row.rank, total: () => null },
  ...(['low', 'high'] as const).map((end): SheetField => ({
    shownWith: null,
    title: (w) => w.header[end === 'low' ? 'rankLow' : 'rankHigh'],
    column: INTEGER,
    value: (row) => row.rankInterval?.[end] ?? null,
    total: () => null,
  })),
  ...SURE_FIELDS.map(({ column, shownWith, titles, value }): SheetField => ({
    shownWith,
    title: (w) => titles[w.language],
    column,
    value: ({ standing }) => (standing === null ? null : value(standing)),
    total: () => null,
  })),
  {
    shownWith: null,
    title: (w) => w.header.tied,
    column: { width: 6, format: 'general' },
    value: (row, w) => (row.tied ? w.tied : null),
    total: () => null,
  },
  {
    shownWith: null,
    title: (w) => w.header.unitCode,
    column: { width: 12, format: 'text' },
    value: (row) => row.unitCode,
    total: () => null,
  },
  {
    shownWith: null,
    title: (w) => w.header.unit,
    column: { width: 30, format: 'text' },
    value: (row, w) => (row.flags.includes('under_appeal') ? w.underAppeal(row.name) : row.name),
    total: (total, w) => w.total(total.unitCount, total.measuredCount),
  },
  {
    shownWith: null,
    title: (w) => w.header.score,
    column: POINTS,
    value: (row, w) => row.score ?? w.notMeasured,
    total: (total) => total.meanScore,
  },
  {
    shownWith: 'grade',
    title: (w) => w.header.grade,
    column: { width: 8, format: 'general' },
    value: (row) => row.grade,
    total: () => null,
  },
  ...DIMENSIONS.map((dimension): SheetField => ({
    shownWith: 'parts',
    isIn: hasDimension(dimension),
    title: (w) => w.kept(w.dimension[dimension]),
    column: POINTS,
    value: (row) => row.dimensions[dimension],
    total: () => null,
  })),
  {
    shownWith: 'parts',
    isIn: ({ method }) => method !== undefined && method.workloadMax !== null,
    title: (w) => w.workload,
    column: POINTS,
    value: (row) => row.workload ?? null,
    total: () => null,
  },
  ...(['count', 'points'] as const).map((key): SheetField => ({
    shownWith: 'parts',
    isIn: ({ method }) => method?.isByItems ?? false,
    title: (w) => w.items[key],
    column: key === 'count' ? INTEGER : POINTS,
    value: (row) => row.items?.[key] ?? null,
    total: () => null,
  })),
  { shownWith: 'parts', title: (w) => w.header.bonus, column: POINTS, value: (row) => row.bonus, total: () => null },
  ...DIMENSIONS.map((dimension): SheetField => ({
    shownWith: 'losses',
    isIn: hasDimension(dimension),
    title: (w) => w.lost(w.dimension[dimension]),
    column: POINTS,
    value: (row) => roundPoints(-row.lost[dimension]),
    total: (total) => (total.meanLost === null ? null : roundPoints(-total.meanLost[dimension])),
  })),
  ...(['owed', 'onTime', 'late', 'missing', 'notYetDue'] as const).map((key): SheetField => ({
    shownWith: 'onTime',
    title: (w) => w.header[key],
    column: INTEGER,
    value: (row) => row.timeliness[key],
    total: (total) => total.timeliness[key],
  })),
  {
    shownWith: 'onTime',
    title: (w) => w.header.rate,
    column: POINTS,
    value: (row) => toPercent(ratioValue(onTimeRatio(row.timeliness))),
    total: (total) => toPercent(ratioValue(onTimeRatio(total.timeliness))),
  },
  {
    shownWith: 'elements',
    title: (w) => w.header.elementsGiven,
    column: INTEGER,
    value: (row) => nothingOwed(row.completeness.whole, row.completeness.part),
    total: (total) => total.completeness.part,
  },
  {
    shownWith: 'elements',
    title: (w) => w.header.elementsOwed,
    column: INTEGER,
    value: (row) => row.completeness.whole,
    total: (total) => total.completeness.whole,
  },
  {
    shownWith: 'checks',
    title: (w) => w.header.checksPassed,
    column: INTEGER,
    value: (row) => nothingOwed(row.checks.total, row.checks.passed),
    total: (total) => total.checks.passed,
  },
  {
    shownWith: 'checks',
    title: (w) => w.header.checksTotal,
    column: INTEGER,
    value: (row) => row.checks.total,
    total: (total) => total.checks.total,
  },
  {
    shownWith: 'deductions',
    title: (w) => w.header.deductionCount,
    column: INTEGER,
    value: (row) => row.deductionCount,
    total: () => null,
  },
  {
    shownWith: 'deductions',
    title: (w) => w.header.deductionSum,
    column: POINTS,
    value: (row) => roundPoints(-sumPoints(row.lost)),
    total: () => null,
  },
  {
    shownWith: 'previous',
    title: (w) => w.header.previous,
    column: INTEGER,
    value: (row) => row.previousRank,
    total: () => null,
  },
]

/** The method's own names of its dimensions. */
function withTitles(words: LeagueSheetWords, { method }: Provenance): LeagueSheetWords {
  return { ...words, dimension: { ...words.dimension, ...method?.titles } }
}

function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
}

function describeFilter(input: LeagueExportInput, words: LeagueSheetWords): string[] {
  const sort = parseSort(input.sort ?? null)
  return [
    ...(input.search === undefined ? [] : [words.search(input.search)]),
    ...(input.grade === undefined ? [] : [words.grade(input.grade)]),
    ...(input.only === undefined ? [] : [words.only[input.only]]),
    ...(sort.key === 'rank' && !sort.isDescending ? [] : [words.sortedBy(sort.key, sort.isDescending)]),
  ]
}

function describeRows(table: LeagueTable, input: LeagueExportInput, shown: number, words: LeagueSheetWords): string {
  const parts = describeFilter(input, words)
  return table.peers === null
    ? words.filter(parts, shown, table.rows.length)
    : words.filterSeen(parts, shown, table.rows.length, table.total.unitCount)
}

const PEER_COLUMNS: readonly SheetColumn[] = [
  { width: 24, format: 'text' },
  { width: 30, format: 'general' },
  { width: 30, format: 'text' },
]

/** The group behind the rows: how many stand in which band, and the first three by name. */
function toPeersSheet(table: LeagueTable, peers: LeaguePeers, words: LeagueSheetWords, title: string): SheetContent {
  const bands = tabulateScoreBands(peers.scores).map(({ from, to, count }, index): Value[] => {
    const isTop = index === 0
    const own = table.rows.filter(({ score }) => score !== null && score >= from && (score < to || isTop))
    return [words.peers.band(from, to, isTop), count, own.map(({ name }) => name).join(' ')]
  })
  const lines: Value[][] = [[title], [words.peers.limits(peers.count)]]
  return {
    name: words.peers.sheet,
    columns: PEER_COLUMNS,
    headerRow: lines.length,
    rows: [
      ...lines,
      [words.peers.points, words.peers.units, words.peers.own],
      ...bands,
      [],
      [words.peers.top],
      [words.header.rank, words.header.unit, words.header.score],
      ...peers.top.map(({ rank, tied, name, score }): Value[] => [
        tied ? `${words.tied} ${rank}` : String(rank),
        name,
        String(score),
      ]),
    ],
  }
}

/** The line under the rows: of a group not whole in reach means alone, and none where they would tell a score. */
function toTotalLine(table: LeagueTable, fields: readonly SheetField[], words: LeagueSheetWords): Value[] {
  const { peers, total } = table
  if (peers === null) return fields.map((field) => field.total(total, words))
  const isHidden = total.meanScore === null
  const text = isHidden ? words.meanHidden(total.measuredCount) : words.meanOnly(total.measuredCount)
  return fields.map(({ shownWith, title, total: toValue }) => {
    if (title(words) === words.header.unit) return text
    return isHidden || (shownWith !== null && shownWith !== 'losses') ? null : toValue(total, words)
  })
}

/** The league table as it is on screen, same rows and order, with what it was filtered by. */
export async function exportLeagueXlsx(
  ctx: ServiceContext,
  input: LeagueExportInput,
  language: ExportLanguage,
): Promise<ExportedFile> {
  // Both at one instant: a report that comes in between would set the ranges beside another table.
  const now = ctx.clock()
  const at = { ...ctx, clock: () => now }
  const { asOf: askedAsOf, group, quarter, tree } = input
  const asked = {
    group,
    quarter,
    ...(askedAsOf === undefined ? {} : { asOf: askedAsOf }),
    ...(tree === undefined ? {} : { tree }),
  }
  const [table, standing] = await Promise.all([getLeagueTable(at, asked), getLeagueStanding(at, asked)])
  const { provenance } = table
  const words = withTitles(LEAGUE_SHEET_WORDS[language], provenance)
  const filter = { text: input.search ?? '', grade: input.grade ?? null, only: input.only ?? null }
  const rows = sortRows(filterRows(toSureRows(table, standing), filter, initialsOf), parseSort(input.sort ?? null))
  const shown = input.columns?.split(',')
  const fields = FIELDS.filter(
    ({ shownWith }) => shownWith === null || shown === undefined || shown.includes(shownWith),
  ).filter((field) => field.isIn?.(provenance) ?? true)
  const title = words.title(table.group, quarterWords(table.quarter, language))
  const lines: Value[][] = [
    [provenance.isSynthetic ? `${title}　${words.synthetic}` : title],
    ...standingLines(table, standing, language).map((line) => [line]),
    [describeRows(table, input, rows.length, words)],
    [provenanceLine(provenance, language)],
  ]
  const workbook = await buildWorkbook({
    title,
    createdAt: now,
    sheets: [
      {
        name: words.sheet,
        columns: fields.map(({ column }) => column),
        headerRow: lines.length,
        isLandscape: true,
        rows: [
          ...lines,
          fields.map((field) => field.title(words)),
          ...rows.map((row) => fields.map((field) => field.value(row, words))),
          toTotalLine(table, fields, words),
          [],
          [words.legend],
          ...listCaveats('league', language).map((line) => [line]),
        ],
      },
      ...toListsSheet(table, standing, await loadNamed(at, table), title, language),
      ...(table.peers === null ? [] : [toPeersSheet(table, table.peers, words, title)]),
    ],
  })
  return { fileName: `${title}.xlsx`, body: new Uint8Array(workbook) }
}
