import type { LogDesk, LogDeskInput } from '@zhidu/contract'
import { type KnownShift, listHandovers, listLogEntries, type ReadonlyDb, WHOLE_LOG } from '@zhidu/db'
import { DAY_MS, listShiftChanges, localDateOf, type ShiftChange, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { withSnapshot } from '../snapshot.ts'
import { assertUnit, loadDayHead } from './get-log.ts'
import { isOverdueAt, loadHandover, standingOf } from './load-handover.ts'
import { askedUnit, keptUnitOf, listOnDuty, loadOpen, makeReader, personIn, toLines } from './load-log.ts'

const MOST_SHOWN = 50
/** A change of shift is at hand so long before and after it. */
const AROUND_MS = DAY_MS

type Named = (person: string) => string

function toOnDuty({ endsAt, person, post, startsAt }: KnownShift, named: Named): LogDesk['officers'][number] {
  return { person: named(person), post, startsAt: toLocalIso(startsAt), endsAt: toLocalIso(endsAt) }
}

/** Changes of officers of a unit around some instants, as the roster is known now. */
export async function loadShiftChanges(
  db: ReadonlyDb,
  ctx: ServiceContext,
  unitCode: string,
  span: { readonly from: number; readonly to: number },
): Promise<ShiftChange[]> {
  const shifts = await listOnDuty(db, ctx, unitCode, span.from - 1, span.to + 1)
  return listShiftChanges(
    shifts.filter(({ role }) => role === 'officer'),
    span,
  )
}

/** The change that is to be handed over: the last that nobody took over, else the one that comes. */
async function findNextChange(db: ReadonlyDb, ctx: ServiceContext, unitCode: string): Promise<LogDesk['nextChange']> {
  const now = ctx.clock()
  const changes = await loadShiftChanges(db, ctx, unitCode, { from: now - AROUND_MS, to: now + AROUND_MS })
  for (const { at, incoming } of changes) {
    const filter = { handoverId: null, unitCode, changeAt: at, isWaiting: false }
    const [row] = await listHandovers(db, filter, { before: null, limit: 1 })
    const state = row === undefined ? 'pending' : standingOf(await loadHandover(db, row.handoverId)).state
    if (state === 'done' || state === 'left_over') continue
    const isOverdue = isOverdueAt(at, state, now)
    return {
      changeAt: toLocalIso(at),
      handoverId: row?.handoverId ?? null,
      state,
      isOverdue,
      incoming: incoming.map(personIn(ctx, unitCode)),
    }
  }
  return null
}

/** What somebody at a unit's duty desk sees first. Throws ServiceError `not_found` for a unit out of reach. */
export function getLogDesk(ctx: ServiceContext, input: LogDeskInput): Promise<LogDesk> {
  const unitCode = askedUnit(ctx, input.unitCode)
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    await assertUnit(db, unitCode)
    const now = ctx.clock()
    const day = localDateOf(now)
    const onDuty = await listOnDuty(db, ctx, unitCode, now)
    const named = personIn(ctx, unitCode)
    const open = await loadOpen(db, unitCode)
    const reader = await makeReader(db, ctx, open)
    const { leader, weather } = await loadDayHead(db, ctx, unitCode, day)
    const today = { ...WHOLE_LOG, unitCode, firstOn: day, lastOn: day }
    const written = await listLogEntries(db, today, { sort: 'newest', after: null, limit: 1_000 })
    return {
      asOf: toLocalIso(now),
      unitCode,
      unitName: (await loadNames(db, ctx))(unitCode),
      day,
      leaders: onDuty.filter(({ role }) => role === 'leader').map((shift) => toOnDuty(shift, named)),
      officers: onDuty.filter(({ role }) => role === 'officer').map((shift) => toOnDuty(shift, named)),
      leader,
      weather,
      mayKeep: keptUnitOf(ctx) === unitCode,
      closeWithinHours: reader.limitOf(now),
      openCount: open.length,
      open: toLines(open.slice(0, MOST_SHOWN), reader),
      todayCount: written.length,
      nextChange: await findNextChange(db, ctx, unitCode),
    }
  })
}
