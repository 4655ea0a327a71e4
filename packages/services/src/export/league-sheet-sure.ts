import {
  CERTAINTY_WORDS,
  type LeagueStanding,
  type LeagueTable,
  type LeagueTableRow,
  RANKABILITY_WORDS,
  type StandingRow,
  writeStandingHeadline,
} from '@zhidu/contract'
import type { SheetColumn, SheetContent } from '@zhidu/documents'
import { buildStandingHeadline, type Certainty } from '@zhidu/domain'
import type { ExportLanguage } from './exported-file.ts'

type Value = string | number | null

/** A row of the table with how sure its place is. */
export interface SureRow extends LeagueTableRow {
  readonly standing: StandingRow | null
  readonly expectedRank: number | null
  readonly fairRank: number | null
}

export function toSureRows(table: LeagueTable, standing: LeagueStanding): SureRow[] {
  const byUnit = new Map(standing.rows.map((row) => [row.unitCode, row]))
  return table.rows.map((row) => {
    const own = byUnit.get(row.unitCode) ?? null
    return {
      ...row,
      rankInterval: own?.rankInterval ?? null,
      standing: own,
      expectedRank: own?.expectedRank ?? null,
      fairRank: own?.fair?.rank ?? null,
    }
  })
}

const TENTHS = 10
const HUNDREDTHS = 100

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts
}

interface SureField {
  readonly shownWith: string | null
  readonly titles: Readonly<Record<ExportLanguage, string>>
  readonly column: SheetColumn
  readonly value: (own: StandingRow) => Value
}

const INTEGER: SheetColumn = { width: 9, format: 'integer' }
const POINTS: SheetColumn = { width: 9, format: 'points' }

/** Columns about certainty, beside the range of the places. */
export const SURE_FIELDS: readonly SureField[] = [
  {
    shownWith: null,
    titles: { 'zh-CN': '期望名次', en: 'Expected rank' },
    column: POINTS,
    value: ({ expectedRank }) => round(expectedRank, TENTHS),
  },
  { shownWith: null, titles: { 'zh-CN': '档', en: 'Band' }, column: INTEGER, value: ({ band }) => band },
  {
    shownWith: null,
    titles: { 'zh-CN': '真在前四分之一（%）', en: 'Truly in first quarter (%)' },
    column: POINTS,
    value: ({ topQuarter }) => round(topQuarter * 100, TENTHS),
  },
  {
    shownWith: null,
    titles: { 'zh-CN': '真在后四分之一（%）', en: 'Truly in last quarter (%)' },
    column: POINTS,
    value: ({ bottomQuarter }) => round(bottomQuarter * 100, TENTHS),
  },
  {
    shownWith: 'fair',
    titles: { 'zh-CN': '同量可比名次', en: 'Fair rank' },
    column: INTEGER,
    value: ({ fair }) => fair?.rank ?? null,
  },
  {
    shownWith: 'fair',
    titles: { 'zh-CN': '实扣（未封顶）', en: 'Lost before caps' },
    column: POINTS,
    value: ({ fair }) => fair?.lost ?? null,
  },
  {
    shownWith: 'fair',
    titles: { 'zh-CN': '同量应扣', en: 'Expected of the same chances' },
    column: POINTS,
    value: ({ fair }) => fair?.expectedLoss ?? null,
  },
  {
    shownWith: 'fair',
    titles: { 'zh-CN': '收缩比', en: 'Shrunk ratio' },
    column: POINTS,
    value: ({ fair }) => (fair === null ? null : round(fair.shrunkRatio, HUNDREDTHS)),
  },
]

const END_WORDS = {
  'zh-CN': { praise: '列第一', criticism: '列末位', join: '，' },
  en: { praise: 'first of all', criticism: 'last of all', join: ', ' },
} as const

const LIST_WORDS = {
  'zh-CN': {
    sheet: '表扬批评建议',
    praise: '表扬建议：正式名次在前四分之一的',
    criticism: '批评建议：正式名次在后四分之一的',
    header: ['名次', '单位编码', '单位', '得分', '可能名次 自', '可能名次 至', '真属于该四分之一（%）', '把握', '备注'],
    barred: '不具备表彰条件',
    named: { praise: '表扬（已确认）', criticism: '通报批评（已确认）' },
    others: '已确认名单中的其他单位',
    note: '只是建议，由人决定；分不清的不宜点名，“第一”“末位”只在确定时写。',
    rankability: (percent: number, level: string, text: string) => `可排名性 ${percent}%（${level}）：${text}。`,
  },
  en: {
    sheet: 'Praise and criticism',
    praise: 'Praise: official rank in the first quarter',
    criticism: 'Criticism: official rank in the last quarter',
    header: [
      'Rank',
      'Unit code',
      'Unit',
      'Score',
      'Possible from',
      'Possible to',
      'Truly there (%)',
      'Certainty',
      'Note',
    ],
    barred: 'not commendable',
    named: { praise: 'praised (confirmed)', criticism: 'criticised (confirmed)' },
    others: 'Others on the confirmed lists',
    note: 'Suggestions only, a person decides; do not name those of whom it cannot be told, and write “first” or “last” only when certain.',
    rankability: (percent: number, level: string, text: string) => `Rankability ${percent}% (${level}): ${text}.`,
  },
} as const

/** The sentence of the table and whether it may be read as a ranking; nothing where part of the group is out of reach. */
export function standingLines(table: LeagueTable, standing: LeagueStanding, language: ExportLanguage): string[] {
  const lines: string[] = []
  const nameOf = (code: string | null): string | null =>
    code === null ? null : (table.rows.find(({ unitCode }) => unitCode === code)?.name ?? null)
  if (table.peers === null && standing.measuredCount > 1) {
    const headline = buildStandingHeadline(standing)
    const names = { first: nameOf(headline.firstCode), last: nameOf(headline.lastCode) }
    lines.push(writeStandingHeadline(headline, standing.measuredCount, names, language))
  }
  if (standing.rankability !== null) {
    const { share, word } = standing.rankability
    const { level, text } = RANKABILITY_WORDS[language][word]
    lines.push(LIST_WORDS[language].rankability(Math.round(share * 100), level, text))
  }
  return lines
}

const LIST_COLUMNS: readonly SheetColumn[] = [
  INTEGER,
  { width: 12, format: 'text' },
  { width: 30, format: 'text' },
  POINTS,
  INTEGER,
  INTEGER,
  { width: 12, format: 'points' },
  { width: 16, format: 'general' },
  { width: 24, format: 'general' },
]
const SURENESS: readonly Certainty[] = ['certain', 'likely', 'cannot_tell']

/** Confirmed lists: how each unit is named. */
export type NamedUnits = ReadonlyMap<string, 'praise' | 'criticism'>

/** Whom a bulletin might praise or criticise, the surest first, and who is named by confirmed lists; none of a group that is not whole in reach. */
export function toListsSheet(
  table: LeagueTable,
  standing: LeagueStanding,
  named: NamedUnits,
  title: string,
  language: ExportLanguage,
): SheetContent[] {
  if (table.peers !== null || standing.praise.length + standing.criticism.length + named.size === 0) return []
  const words = LIST_WORDS[language]
  const rowOf = new Map(table.rows.map((row) => [row.unitCode, row]))
  const rangeOf = new Map(standing.rows.map(({ rankInterval, unitCode }) => [unitCode, rankInterval]))
  const linesOf = (kind: 'praise' | 'criticism'): Value[][] => [
    [words[kind]],
    [...words.header],
    ...[...standing[kind]]
      .sort((a, b) => SURENESS.indexOf(a.certainty) - SURENESS.indexOf(b.certainty))
      .map(({ certainty, isEnd, probability, rank, unitCode }): Value[] => {
        const row = rowOf.get(unitCode)
        const range = rangeOf.get(unitCode)
        const end = isEnd ? `${END_WORDS[language].join}${END_WORDS[language][kind]}` : ''
        return [
          rank,
          unitCode,
          row?.name ?? '',
          row?.score ?? null,
          range?.low ?? null,
          range?.high ?? null,
          round(probability * 100, TENTHS),
          `${CERTAINTY_WORDS[language][certainty]}${end}`,
          [
            ...(named.get(unitCode) === kind ? [words.named[kind]] : []),
            ...(kind === 'praise' && row?.commendable === false ? [words.barred] : []),
          ].join(END_WORDS[language].join) || null,
        ]
      }),
  ]
  const listed = (['praise', 'criticism'] as const).flatMap((kind) =>
    standing[kind].map(({ unitCode }) => `${kind}/${unitCode}`),
  )
  const others = [...named].filter(([unitCode, kind]) => !listed.includes(`${kind}/${unitCode}`))
  const otherLines = others.map(([unitCode, kind]): Value[] => {
    const row = rowOf.get(unitCode)
    const range = rangeOf.get(unitCode)
    const place = [row?.score ?? null, range?.low ?? null, range?.high ?? null]
    return [row?.rank ?? null, unitCode, row?.name ?? '', ...place, null, null, words.named[kind]]
  })
  return [
    {
      name: words.sheet,
      columns: LIST_COLUMNS,
      headerRow: 2,
      isLandscape: true,
      rows: [
        [title],
        [words.note],
        ...linesOf('praise'),
        [],
        ...linesOf('criticism'),
        ...(others.length === 0 ? [] : [[], [words.others], ...otherLines]),
      ],
    },
  ]
}
