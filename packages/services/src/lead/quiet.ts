import type { MarkQuietInput, QuietPage } from '@zhidu/contract'
import {
  asReadonly,
  countEventsOfUnits,
  countLeads,
  insertRiskMark,
  listLeads as listLeadRows,
  listRiskMarks,
  lockForTransaction,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  DAY_MS,
  isOpenLead,
  LEAST_EXPECTED,
  localDateOf,
  QUIET_FALSE_RATE,
  quarterOf,
  quarterRange,
  shiftQuarter,
  tabulateQuiet,
  toLocalIso,
  type UnitPeriod,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { wholeOf } from './list-leads.ts'
import { leadOfficeOf, mayHandleLeads } from './load-lead.ts'

/** How far back the own past goes. */
const PAST_QUARTERS = 4
const MOST_LEADS = 2_000

/** Leads of the quarter for whose unit no report was found: open, asked about, or gone on as omitted. */
async function countUnmatched(db: ReadonlyDb, officeCode: string, from: number): Promise<ReadonlyMap<string, number>> {
  const whole = wholeOf(officeCode)
  const total = (await countLeads(db, whole)).reduce((sum, { count }) => sum + count, 0)
  const rows = total === 0 ? [] : await listLeadRows(db, whole, { after: null, limit: MOST_LEADS })
  const counts = new Map<string, number>()
  for (const { seenAt, state, unitCode } of rows) {
    if (unitCode === null || seenAt < from || !(isOpenLead(state) || state === 'omitted')) continue
    counts.set(unitCode, (counts.get(unitCode) ?? 0) + 1)
  }
  return counts
}

/** When a unit opened, at the earliest the start of the span; null = it is counted whole. */
function daysIn(period: UnitPeriod, from: number, to: number): number {
  const opened = period.validFrom === null ? from : Date.parse(`${period.validFrom}T00:00:00+08:00`)
  return Math.max(0, Math.round((to - Math.max(from, Math.min(opened, to))) / DAY_MS))
}

async function tabulate(db: ReadonlyDb, ctx: ServiceContext) {
  const now = ctx.clock()
  const office = leadOfficeOf(ctx)
  const quarter = quarterOf(now)
  const { from } = quarterRange(quarter)
  const past = quarterRange(shiftQuarter(quarter, -PAST_QUARTERS)).from
  const { below } = await loadUnitsInReach(db, office, now)
  const toMap = (rows: readonly { readonly unitCode: string; readonly count: number }[]) =>
    new Map(rows.map(({ count, unitCode }) => [unitCode, count]))
  const events = toMap(await countEventsOfUnits(db, { from, to: now + 1 }))
  const before = toMap(await countEventsOfUnits(db, { from: past, to: from }))
  const unmatched = await countUnmatched(db, office, from)
  const units = [...below].map(([unitCode, period]) => ({
    unitCode,
    unitName: period.name,
    group: period.peerGroup,
    events: events.get(unitCode) ?? 0,
    pastEvents: before.get(unitCode) ?? 0,
    pastDays: daysIn(period, past, from),
    days: daysIn(period, from, now),
    unmatchedLeads: unmatched.get(unitCode) ?? 0,
  }))
  const rows = tabulateQuiet(units)
  return { quarter, from, units: units.map((unit, at) => ({ unit, row: rows[at] })) }
}

/** Which units below report unusually little, by their own past and their group, with who was put into the pool for it. */
export function getQuiet(ctx: ServiceContext): Promise<QuietPage> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { from, quarter, units } = await tabulate(db, ctx)
    const marks = new Map((await listRiskMarks(db, leadOfficeOf(ctx), quarter)).map((mark) => [mark.markedCode, mark]))
    return {
      asOf: toLocalIso(ctx.clock()),
      quarter,
      days: Math.round((ctx.clock() - from) / DAY_MS),
      falseRate: QUIET_FALSE_RATE,
      leastExpected: LEAST_EXPECTED,
      mayMark: mayHandleLeads(ctx),
      units: units.map(({ row, unit: { days: _, ...unit } }) => {
        const mark = marks.get(unit.unitCode)
        const isMarked = mark !== undefined && !mark.isWithdrawn
        return {
          ...unit,
          expected: row?.expected ?? null,
          tail: row?.tail ?? null,
          isQuiet: row?.isQuiet ?? false,
          mark: isMarked ? { at: toLocalIso(mark.at), by: mark.byName, note: mark.note } : null,
        }
      }),
    }
  })
}

/**
 * Puts a unit into the pool of the quarter as unusually quiet, or takes it out: a reason for one slip more, and nothing else. Throws
 * ServiceError `invalid` for a unit that is not one level below, `conflict` for what is so already.
 */
export function markQuiet(ctx: ServiceContext, input: MarkQuietInput): Promise<void> {
  const { isWithdrawn, note: words, unitCode } = input
  return withChange(ctx, { action: 'lead.markQuiet', object: `unit/${unitCode}` }, async (trx, note) => {
    await lockForTransaction(trx, 'leads')
    const db = asReadonly(trx)
    const { author, unitCode: officeCode } = officeOf(ctx)
    const { quarter, units } = await tabulate(db, ctx)
    const found = units.find(({ unit }) => unit.unitCode === unitCode)
    if (found === undefined) throw new ServiceError('invalid', 'lead_asks_other_unit')
    const last = (await listRiskMarks(db, officeCode, quarter)).find(({ markedCode }) => markedCode === unitCode)
    const isMarked = last !== undefined && !last.isWithdrawn
    if (isMarked !== isWithdrawn) throw new ServiceError('conflict', 'case_moved_on')
    const { events, expected, tail } = found.row ?? { events: null, expected: null, tail: null }
    const row = { officeCode, markedCode: unitCode, quarter, isWithdrawn, note: words, events, expected, tail }
    await insertRiskMark(trx, { ...row, position: (last?.position ?? -1) + 1 }, author)
    note.detail = { unitCode, quarter, isWithdrawn, events, expected, tail }
  })
}
