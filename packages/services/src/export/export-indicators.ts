import {
  type IndicatorGroup,
  type IndicatorTrend,
  type LeagueInput,
  listCaveats,
  type Provenance,
} from '@zhidu/contract'
import type { SheetColumn } from '@zhidu/documents'
import { type Indicator, INDICATORS, type Quarter, tabulateFunnel, tabulateTrend, type TreeChoice } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { getIndicatorGroup } from '../indicator/get-indicator-group.ts'
import { getIndicatorTrend } from '../indicator/get-indicator-trend.ts'
import type { ExportedFile, ExportLanguage } from './exported-file.ts'
import { INDICATOR_SHEET_WORDS } from './indicator-sheet-words.ts'
import { LEAGUE_SHEET_WORDS, quarterWords } from './league-sheet-words.ts'
import { type SheetCell, type SheetFormat, toSheetFile } from './sheet-file.ts'

const TEXT: SheetColumn = { width: 18, format: 'text' }
const NAME: SheetColumn = { width: 30, format: 'text' }
const COUNT: SheetColumn = { width: 9, format: 'integer' }
const PERCENT: SheetColumn = { width: 13, format: 'points' }

/** 0..1 to percent with one decimal; null stays empty. */
function toPercent(value: number | null | undefined): number | null {
  return value == null ? null : Math.round(value * 1_000) / 10
}

function sourceLine(provenance: Provenance, language: ExportLanguage): string {
  const words = LEAGUE_SHEET_WORDS[language]
  const { notice, title: rules } = provenance.regulation
  const asOf = provenance.asOf.slice(0, 19).replace('T', ' ')
  const line = words.provenance(asOf, notice === null ? rules : `${rules}（${notice}）`, provenance.methodVersion)
  return provenance.isSynthetic ? `${words.synthetic}　${line}` : line
}

function toFunnelRows(group: IndicatorGroup, indicator: Indicator, language: ExportLanguage): SheetCell[][] {
  const words = INDICATOR_SHEET_WORDS[language]
  const counts = group.rows.map((row) => row.counts[indicator])
  const groupShare = group.groupShares[indicator]
  const funnel = tabulateFunnel(counts, group.peers === null ? {} : { groupShare })
  return group.rows.map((row, index): SheetCell[] => {
    const found = funnel.rows[index]
    const isNothing = found === undefined || found.share === null
    return [
      words.indicator[indicator],
      row.unitCode,
      row.name,
      found?.part ?? 0,
      found?.whole ?? 0,
      toPercent(found?.share),
      toPercent(found?.interval?.low),
      toPercent(found?.interval?.high),
      toPercent(groupShare),
      isNothing || funnel.target === null ? '—' : words.flag[found.flag],
    ]
  })
}

/** Every indicator of a group's quarter, unit by unit, with interval and exact flag. Throws ServiceError `not_found`. */
export async function exportFunnel(
  ctx: ServiceContext,
  input: LeagueInput,
  args: { readonly format: SheetFormat; readonly language: ExportLanguage },
): Promise<ExportedFile> {
  const { format, language } = args
  const words = INDICATOR_SHEET_WORDS[language]
  const group = await getIndicatorGroup(ctx, input)
  const table = {
    title: words.funnelTitle(group.group, quarterWords(group.quarter, language)),
    name: group.quarter,
    createdAt: ctx.clock(),
    head: [sourceLine(group.provenance, language), ...(group.peers === null ? [] : [words.unseen(group.peers.count)])],
    header: words.funnelHeader,
    columns: [TEXT, TEXT, NAME, COUNT, COUNT, PERCENT, PERCENT, PERCENT, PERCENT, TEXT],
    rows: INDICATORS.flatMap((indicator) => toFunnelRows(group, indicator, language)),
    notes: [words.notes, ...listCaveats('funnel', language)],
  }
  return await toSheetFile(table, format)
}

function toTrendRows(trend: IndicatorTrend, indicator: Indicator, language: ExportLanguage): SheetCell[][] {
  const words = INDICATOR_SHEET_WORDS[language]
  const quarters = trend.quarters.map((one) => ({
    period: one.quarter as string,
    counts: one.counts[indicator],
    cause: one.break,
    groupShare: one.groupShares[indicator],
  }))
  const months = trend.quarters.flatMap((one) =>
    one.months.map(({ counts, month }, index) => ({
      period: month,
      counts: counts[indicator],
      cause: index === 0 ? one.break : null,
      groupShare: null,
    })),
  )
  return [quarters, months].flatMap((series) => {
    const { points } = tabulateTrend(series.map(({ cause, counts }) => ({ ...counts, isBreak: cause !== null })))
    return series.map(({ cause, groupShare, period }, index): SheetCell[] => {
      const point = points[index]
      return [
        words.indicator[indicator],
        period,
        point?.part ?? 0,
        point?.whole ?? 0,
        toPercent(point?.share),
        toPercent(point?.low),
        toPercent(point?.high),
        toPercent(groupShare),
        point?.signal == null ? '' : words.signal[point.signal],
        cause === null ? '' : words.breaks[cause],
      ]
    })
  })
}

/** A unit's shares by quarter and by month with limits and signals. Throws ServiceError `not_found`. */
export async function exportTrend(
  ctx: ServiceContext,
  input: {
    readonly unitCode: string
    readonly quarter: Quarter
    readonly asOf?: string | undefined
    readonly tree?: TreeChoice | undefined
  },
  args: { readonly format: SheetFormat; readonly language: ExportLanguage },
): Promise<ExportedFile> {
  const { format, language } = args
  const words = INDICATOR_SHEET_WORDS[language]
  const trend = await getIndicatorTrend(ctx, input)
  const table = {
    title: words.trendTitle(trend.unit.name, quarterWords(trend.quarter, language)),
    name: trend.quarter,
    createdAt: ctx.clock(),
    head: [sourceLine(trend.provenance, language)],
    header: words.trendHeader,
    columns: [TEXT, TEXT, COUNT, COUNT, PERCENT, PERCENT, PERCENT, PERCENT, NAME, TEXT],
    rows: INDICATORS.flatMap((indicator) => toTrendRows(trend, indicator, language)),
    notes: [words.notes, ...listCaveats('trend', language)],
  }
  return await toSheetFile(table, format)
}
