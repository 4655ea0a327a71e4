import type { NoticeInput, NoticePreview, NoticePreviewInput } from '@zhidu/contract'
import { asReadonly, listHolidays, listUnitsOwing, putYearNotice, type ReadonlyDb } from '@zhidu/db'
import {
  checkYearNotice,
  compareDues,
  type DueChange,
  type HolidayBlock,
  localDateOf,
  type Quarter,
  quartersOfChanges,
  toPlainDate,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadRoster } from '../league/load-roster.ts'
import { refreshUnitQuarters, type TouchedKey } from '../league/refresh-unit-quarters.ts'
import { refreshFilingObligations } from '../obligation/refresh-filing-obligations.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { actorName, assertAtTop } from '../unit/load-present.ts'
import { findFrozenQuarters } from './frozen-quarters.ts'
import { loadBlockDues } from './load-calendar.ts'

function toBlocks({ blocks, year }: NoticePreviewInput): HolidayBlock[] {
  return blocks
    .map((block) => ({
      year,
      name: block.name,
      firstDayOff: toPlainDate(block.firstDayOff),
      lastDayOff: toPlainDate(block.lastDayOff),
      makeupWorkdays: block.makeupWorkdays.map(toPlainDate).sort(),
    }))
    .sort((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1))
}

interface NoticeEffect {
  readonly problems: NoticePreview['problems']
  readonly dues: readonly DueChange[]
  readonly quarters: readonly Quarter[]
  readonly frozen: readonly Quarter[]
}

/** What the notice does to due days everywhere: a workday that moves may move the due day of another year's block. */
async function computeEffect(db: ReadonlyDb, year: number, blocks: readonly HolidayBlock[]): Promise<NoticeEffect> {
  const before = await listHolidays(db)
  const problems = checkYearNotice(year, blocks, before)
  if (problems.length > 0) return { problems, dues: [], quarters: [], frozen: [] }
  const after = [...before.filter((block) => block.year !== year), ...blocks]
  const dues = compareDues(await loadBlockDues(db, before, before), await loadBlockDues(db, after, after))
  const quarters = quartersOfChanges(dues)
  return { problems, dues, quarters, frozen: await findFrozenQuarters(db, quarters) }
}

/** The units whose quarters are computed anew: those that have a rollup there, or a form of one of the years. */
async function listTouchedKeys(db: ReadonlyDb, { dues, quarters }: NoticeEffect): Promise<TouchedKey[]> {
  if (quarters.length === 0) return []
  const years = [...new Set(dues.map(({ holiday }) => Number(holiday.slice(0, 4))))]
  const unitCodes = await listUnitsOwing(db, { quarters, years })
  return quarters.flatMap((quarter) => unitCodes.map((unitCode) => ({ unitCode, quarter })))
}

/** What a year's notice would change, and what is wrong with it. Top only. */
export function previewNotice(ctx: ServiceContext, input: NoticePreviewInput): Promise<NoticePreview> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    assertAtTop(ctx, await loadRoster(db))
    const effect = await computeEffect(db, input.year, toBlocks(input))
    const touched = await listTouchedKeys(db, effect)
    return {
      problems: effect.problems,
      dues: [...effect.dues],
      quarters: [...effect.quarters],
      unitQuarters: touched.length,
      frozenQuarters: [...effect.frozen],
    }
  })
}

/**
 * Puts a year's notice in force in place of the one before, and brings every rollup and what is owed in line in the same
 * transaction.
 * Throws ServiceError `forbidden` unless at the top, `invalid` with the first problem, `conflict` when a frozen quarter's due
 * day would move.
 */
export function recordNotice(ctx: ServiceContext, input: NoticeInput): Promise<NoticePreview> {
  const { source, year } = input
  const blocks = toBlocks(input)
  const what = { action: 'calendar.record', object: `calendar/${year}` }
  return withChange(ctx, what, async (trx, note) => {
    await lockFacts(trx)
    const db = asReadonly(trx)
    assertAtTop(ctx, await loadRoster(db))
    const effect = await computeEffect(db, year, blocks)
    const [problem] = effect.problems
    if (problem !== undefined) {
      const { detail, holiday, kind } = problem
      throw new ServiceError('invalid', `notice_${kind}`, { holiday, detail: detail ?? '' })
    }
    if (effect.frozen.length > 0) {
      throw new ServiceError('conflict', 'notice_quarter_frozen', { quarters: effect.frozen.join('、') })
    }
    const asOf = ctx.clock()
    const touched = await listTouchedKeys(db, effect)
    await putYearNotice(trx, { year, blocks, source, recordedAt: asOf, recordedBy: actorName(ctx) })
    await refreshUnitQuarters(trx, { touched, asOf, obligations: null })
    const roster = await loadRoster(db)
    const byQuarter = new Map(effect.quarters.map((quarter) => [quarter, new Set(roster.periodsOf.keys())]))
    await refreshFilingObligations(trx, { byQuarter, whole: [], roster, cause: 'calendar', asOf })
    const days = blocks.map((block) => `${block.name} ${block.firstDayOff}/${block.lastDayOff}`)
    const dues = effect.dues.map(({ after, before, holiday }) => `${holiday} ${before ?? '—'} → ${after ?? '—'}`)
    note.detail = { year, source, blocks: days, dues, unitQuarters: touched.length }
    return {
      problems: [],
      dues: [...effect.dues],
      quarters: [...effect.quarters],
      unitQuarters: touched.length,
      frozenQuarters: [],
    }
  })
}
