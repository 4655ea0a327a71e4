import type { WordCell } from '@zhidu/documents'
import {
  type BulletinUnit,
  DIMENSIONS,
  type Dimension,
  type Grade,
  onTimeRatio,
  type Regulation,
  roundPoints,
  titlesOf,
} from '@zhidu/domain'
import type { RankInterval } from '../league/ranges/shape-ranges.ts'
import { meanPoints } from '../league/total.ts'
import type { LoadedFacts } from './load-bulletin-facts.ts'

type Value = string | number | null

/** What is written where nothing was measured, nothing owed; 0 is a measured 0. */
const NOTHING = '—'
const GRADES: Readonly<Record<Grade, string>> = { excellent: '优秀', good: '良好', fair: '一般', poor: '较差' }

interface Row {
  readonly unit: BulletinUnit
  readonly interval: RankInterval | undefined
}

/** A column of the ranking table; `group`: the title above several of them, null = it has two lines to itself. */
interface AnnexColumn {
  readonly title: string
  readonly group: string | null
  /** mm in Word, characters in Excel. */
  readonly width: number
  readonly format: 'text' | 'integer' | 'points' | 'general'
  readonly align: NonNullable<WordCell['align']>
  readonly value: (row: Row) => Value
  readonly total: (units: readonly BulletinUnit[]) => Value
}

function sum(units: readonly BulletinUnit[], pick: (unit: BulletinUnit) => number): number {
  return units.reduce((total, unit) => total + pick(unit), 0)
}

function percent({ part, whole }: { readonly part: number; readonly whole: number }): Value {
  return whole === 0 ? null : Math.round((part * 1_000) / whole) / 10
}

function points(hundredths: number | null): Value {
  return hundredths === null ? null : roundPoints(hundredths / 100)
}

const NONE = (): Value => null
/** Words that the rules give their dimensions, cut to what a narrow column holds. */
const SHORT: Readonly<Record<Dimension, string>> = {
  timeliness: '及时',
  completeness: '完整',
  truthfulness: '真实',
  discipline: '纪律',
  filing: '节假日',
}

function dimensionColumns(regulation: Regulation): AnnexColumn[] {
  const titles = titlesOf(regulation.dimensions)
  const shown = DIMENSIONS.filter((dimension) => regulation.dimensions[dimension].base > 0)
  return shown.map((dimension): AnnexColumn => ({
    title: titles[dimension] ?? SHORT[dimension],
    group: '分项得分',
    width: 12.5,
    format: 'points',
    align: 'right',
    value: ({ unit: { rank, summary } }) => (rank === null ? null : points(summary.dimensions[dimension])),
    total: (units) =>
      meanPoints(units.filter(({ rank }) => rank !== null).map(({ summary }) => summary.dimensions[dimension])),
  }))
}

function countColumn(key: 'owed' | 'onTime' | 'late' | 'missing', title: string): AnnexColumn {
  return {
    title,
    group: '书面首报',
    width: 11,
    format: 'integer',
    align: 'right',
    value: ({ unit: { summary } }) => (summary.timeliness.owed === 0 ? null : summary.timeliness[key]),
    total: (units) => sum(units, ({ summary }) => summary.timeliness[key]),
  }
}

function listColumns(regulation: Regulation): AnnexColumn[] {
  const alone = { group: null, format: 'general', align: 'center' } as const
  return [
    {
      ...alone,
      title: '名次',
      width: 16,
      value: ({ unit: { isTied, rank } }) => (rank === null ? null : isTied ? `并列 ${rank}` : rank),
      total: NONE,
    },
    {
      ...alone,
      title: '单位',
      width: 44,
      format: 'text',
      align: 'left',
      value: ({ unit }) => unit.name,
      total: (units) => `全组 ${units.length} 家，平均／合计`,
    },
    {
      ...alone,
      title: '得分',
      width: 12,
      format: 'points',
      align: 'right',
      value: ({ unit: { summary } }) => points(summary.score) ?? '未测量',
      total: (units) => meanPoints(units.flatMap(({ summary }) => summary.score ?? [])),
    },
    {
      ...alone,
      title: '等次',
      width: 12,
      value: ({ unit: { summary } }) => (summary.grade === null ? null : GRADES[summary.grade]),
      total: NONE,
    },
    ...dimensionColumns(regulation),
    {
      ...alone,
      title: '加分',
      width: 11,
      format: 'points',
      align: 'right',
      value: ({ unit: { rank, summary } }) => (rank === null ? null : points(summary.bonus)),
      total: NONE,
    },
    countColumn('owed', '应报'),
    countColumn('onTime', '按时'),
    countColumn('late', '迟报'),
    countColumn('missing', '未报'),
    {
      title: '按时率\n（%）',
      group: '书面首报',
      width: 15,
      format: 'points',
      align: 'right',
      value: ({ unit: { summary } }) => percent(onTimeRatio(summary.timeliness)),
      total: (units) =>
        percent({
          part: sum(units, ({ summary }) => summary.timeliness.onTime),
          whole: sum(units, ({ summary }) => onTimeRatio(summary.timeliness).whole),
        }),
    },
    {
      ...alone,
      title: '抽查\n合格/次',
      width: 16,
      value: ({ unit: { summary } }) =>
        summary.checks.total === 0 ? '未抽查' : `${summary.checks.passed}/${summary.checks.total}`,
      total: (units) =>
        `${sum(units, ({ summary }) => summary.checks.passed)}/${sum(units, ({ summary }) => summary.checks.total)}`,
    },
    {
      ...alone,
      title: '可能名次\n（90%）',
      width: 18,
      value: ({ interval }) => (interval === undefined ? null : `${interval.low}–${interval.high}`),
      total: NONE,
    },
    {
      ...alone,
      title: '上季\n名次',
      width: 12,
      format: 'integer',
      value: ({ unit }) => unit.previousRank,
      total: NONE,
    },
  ]
}

export interface AnnexTable {
  readonly columns: readonly AnnexColumn[]
  readonly rows: readonly (readonly Value[])[]
  readonly total: readonly Value[]
}

/** The ranking table of a group, every unit of it in the order of its places, those not measured behind. */
export function buildAnnexTable(group: string, { facts, intervals, regulation }: LoadedFacts): AnnexTable {
  const columns = listColumns(regulation)
  const units = facts.units.filter((unit) => unit.group === group)
  const rows = units.map((unit) => {
    const row = { unit, interval: intervals.get(unit.unitCode) }
    return columns.map(({ value }) => value(row))
  })
  return { columns, rows, total: columns.map(({ total }) => total(units)) }
}

/** A cell of the titles; with `isGroup` of the upper line alone, else of both. */
export interface HeaderSpan {
  readonly title: string
  readonly at: number
  /** Columns. */
  readonly span: number
  readonly isGroup: boolean
}

/** Titles in two lines: those alone span both, those of a group stand under its name. */
export function headerSpans(columns: readonly Pick<AnnexColumn, 'title' | 'group'>[]): HeaderSpan[] {
  return columns.flatMap(({ group, title }, at): HeaderSpan[] => {
    if (group === null) return [{ title, at, span: 1, isGroup: false }]
    if (columns[at - 1]?.group === group) return []
    const rest = columns.slice(at).findIndex((column) => column.group !== group)
    return [{ title: group, at, span: rest === -1 ? columns.length - at : rest, isGroup: true }]
  })
}

/** A value as paper shows it. */
export function toPaperText(value: Value, format: AnnexColumn['format']): string {
  if (value === null) return NOTHING
  if (typeof value === 'number' && format === 'points')
    return Number.isInteger(value) ? value.toFixed(1) : String(value)
  return String(value)
}
