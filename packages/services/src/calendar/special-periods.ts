import { randomUUID } from 'node:crypto'
import type {
  PeriodPreview,
  PeriodsRecorded,
  RecordPeriodInput,
  RecordPeriodsInput,
  SpecialPeriodInput,
  SpecialPeriodItem,
  SpecialPeriods,
} from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  insertSpecialPeriod,
  listSpecialPeriods,
  lockForTransaction,
  type ReadonlyDb,
  type SpecialPeriodRow,
} from '@zhidu/db'
import {
  addDays,
  checkSpecialPeriod,
  effectOf,
  isPeriodOn,
  localDateOf,
  type PlainDate,
  type SpecialPeriod,
  toLocalIso,
  toPlainDate,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'

/** How far an open end is counted in a preview. */
const HORIZON_DAYS = 90

export function toPeriod(input: SpecialPeriodInput): SpecialPeriod {
  return { ...input, from: toPlainDate(input.from), to: input.to === null ? null : toPlainDate(input.to) }
}

function toVersion(row: SpecialPeriodRow): SpecialPeriodItem['versions'][number] {
  const {
    asksDailyReport,
    asksDoubleLeaders,
    at,
    basis,
    byName,
    from,
    isWithdrawn,
    kind,
    level,
    note,
    title,
    to,
    version,
  } = row
  const said = { kind, level, title, from, to, asksDoubleLeaders, asksDailyReport, note, basis }
  return { ...said, version, isWithdrawn, at: toLocalIso(at), by: byName }
}

/** Special periods that hold for the reader's unit: of its own office, of those above, and of those below it. */
export function listPeriods(ctx: ServiceContext): Promise<SpecialPeriods> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const { actor } = ctx
    const own = actor.kind === 'account' ? actor.unitCode : null
    const nameOf = await loadNames(db, ctx)
    const chains = [...Map.groupBy(await listSpecialPeriods(db, null), ({ periodId }) => periodId).values()]
    return {
      today,
      items: chains.flatMap((rows): SpecialPeriodItem[] => {
        const [newest] = rows
        if (newest === undefined) return []
        const { isWithdrawn, periodId, unitCode } = newest
        const about = { periodId, officeCode: unitCode, officeName: nameOf(unitCode) }
        return [
          {
            ...about,
            isOwn: unitCode === own,
            isOn: !isWithdrawn && isPeriodOn(newest, today),
            versions: rows.map(toVersion),
          },
        ]
      }),
      mayRecord: actor.kind === 'account' && own !== null && actor.permissions.has('duty.oversee'),
    }
  })
}

async function countUnits(db: ReadonlyDb): Promise<number> {
  return (await loadRoster(db)).periodsOf.size
}

function preview(period: SpecialPeriod, today: PlainDate, units: number): PeriodPreview {
  const problems = checkSpecialPeriod(period)
  const isReversed = problems.includes('to_before_from')
  const effect = isReversed
    ? { leaderDays: 0, reportDays: 0, isOpen: false }
    : effectOf(period, addDays(today, HORIZON_DAYS))
  return { problems, effect: { ...effect, units }, movedDues: 0 }
}

/** What a period would add, and what is wrong with it. It moves no due day. */
export function previewPeriods(ctx: ServiceContext, input: RecordPeriodsInput): Promise<PeriodPreview[]> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const units = await countUnits(db)
    return input.periods.map((one) => preview(toPeriod(one), today, units))
  })
}

/** Throws ServiceError `invalid` with the first problem. */
function assertSound(period: SpecialPeriod): void {
  const [problem] = checkSpecialPeriod(period)
  if (problem !== undefined) throw new ServiceError('invalid', `period_${problem}`, { title: period.title })
}

function isSame(row: SpecialPeriod, period: SpecialPeriod): boolean {
  const { basis, from, kind, level, note, title, to } = period
  const isSaid = row.kind === kind && row.level === level && row.title === title && row.from === from && row.to === to
  const isAsked = row.asksDoubleLeaders === period.asksDoubleLeaders && row.asksDailyReport === period.asksDailyReport
  return isSaid && isAsked && row.note === note && row.basis === basis
}

/** Sets a period of the own office anew, changes or withdraws it. Throws ServiceError `invalid`, `not_found`, `conflict`. */
export function recordPeriod(ctx: ServiceContext, input: RecordPeriodInput): Promise<void> {
  const { isWithdrawn, versions, ...said } = input
  const { periodId = randomUUID(), ...rest } = said
  const period = toPeriod(rest)
  const detail = { title: period.title, from: period.from, to: period.to, isWithdrawn }
  return withChange(
    ctx,
    { action: 'calendar.recordPeriod', object: `period/${periodId}`, detail },
    async (trx, note) => {
      const { author, unitCode } = officeOf(ctx)
      assertSound(period)
      await lockForTransaction(trx, 'filings')
      const before = (await listSpecialPeriods(asReadonly(trx), [unitCode])).filter((one) => one.periodId === periodId)
      if (input.periodId !== undefined && before.length === 0) throw new ServiceError('not_found', 'period_unknown')
      if (before.length !== versions) throw new ServiceError('conflict', 'period_changed')
      const version = before.length + 1
      note.detail = { ...detail, version }
      await insertSpecialPeriod(trx, { ...period, periodId, version, unitCode, isWithdrawn }, author)
    },
  )
}

async function recordOne(
  trx: Db,
  ctx: ServiceContext,
  period: SpecialPeriod,
  known: readonly SpecialPeriodRow[],
): Promise<boolean> {
  const { author, unitCode } = officeOf(ctx)
  assertSound(period)
  const before = known.filter(({ from, title }) => title === period.title && from === period.from)
  const newest = before.toSorted((a, b) => b.version - a.version)[0]
  if (newest !== undefined && !newest.isWithdrawn && isSame(newest, period)) return false
  const periodId = newest?.periodId ?? randomUUID()
  const about = { periodId, version: (newest?.version ?? 0) + 1, unitCode, isWithdrawn: false }
  await insertSpecialPeriod(trx, { ...period, ...about }, author)
  return true
}

/** Takes the periods of a file over: by title and first day, the same again is left alone. Throws ServiceError `invalid`. */
export function recordPeriods(ctx: ServiceContext, input: RecordPeriodsInput): Promise<PeriodsRecorded> {
  return withChange(ctx, { action: 'calendar.recordPeriods', object: null }, async (trx, note) => {
    const { unitCode } = officeOf(ctx)
    note.object = `periods/${unitCode}`
    await lockForTransaction(trx, 'filings')
    let recorded = 0
    for (const one of input.periods) {
      const known = await listSpecialPeriods(asReadonly(trx), [unitCode])
      if (await recordOne(trx, ctx, toPeriod(one), known)) recorded += 1
    }
    note.detail = { recorded, unchanged: input.periods.length - recorded }
    return { recorded, unchanged: input.periods.length - recorded }
  })
}
