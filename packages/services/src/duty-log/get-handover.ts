import type { HandoverItem, HandoverKey, HandoverList, HandoverListInput, HandoverPage } from '@zhidu/contract'
import {
  type HandoverRow,
  listHandovers,
  listHandoverSteps,
  listLogEntries,
  type ReadonlyDb,
  WHOLE_LOG,
} from '@zhidu/db'
import { DAY_MS, localDateOf, maskNumbers, refusesHandoverStep, type ShiftChange, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { withSnapshot } from '../snapshot.ts'
import { assertUnit } from './get-log.ts'
import { loadShiftChanges } from './get-log-desk.ts'
import { isOverdueAt, loadHandover, type LoadedHandover, standingOf } from './load-handover.ts'
import {
  askedUnit,
  keptUnitOf,
  listOnDuty,
  type LoadedEntry,
  loadOpen,
  makeReader,
  personIn,
  toLines,
  withSteps,
} from './load-log.ts'

/** How far back and ahead the list of changes goes. */
const BEHIND_MS = 28 * DAY_MS
const AHEAD_MS = 2 * DAY_MS
const MOST = 500

type Item = Omit<HandoverItem, 'unitName'>

function toItem(ctx: ServiceContext, change: ShiftChange, unitCode: string, found: LoadedHandover | undefined): Item {
  const now = ctx.clock()
  const named = personIn(ctx, unitCode)
  const standing = standingOf(found ?? { steps: [] })
  return {
    handoverId: found?.row.handoverId ?? null,
    unitCode,
    changeAt: toLocalIso(change.at),
    state: standing.state,
    isOverdue: isOverdueAt(change.at, standing.state, now),
    outgoing: change.outgoing.map(named),
    incoming: change.incoming.map(named),
    offeredBy: standing.offered?.byName ?? null,
    takenBy: standing.taken?.byName ?? null,
    takenAt: standing.taken === undefined ? null : toLocalIso(standing.taken.at),
    openCount: standing.taken?.openCount ?? standing.offered?.openCount ?? null,
  }
}

/** Who leaves and who comes at a change, by the roster as it is known now. */
export async function loadChange(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { changeAt, unitCode }: Pick<HandoverRow, 'changeAt' | 'unitCode'>,
): Promise<ShiftChange> {
  const peopleAt = async (at: number): Promise<string[]> => {
    const shifts = await listOnDuty(db, ctx, unitCode, at)
    return [...new Set(shifts.filter(({ role }) => role === 'officer').map(({ person }) => person))]
  }
  return { at: changeAt, outgoing: await peopleAt(changeAt - 1), incoming: await peopleAt(changeAt) }
}

/** Changes of shift of the last four weeks and the next two days, latest first, whether anybody handed over or not. */
export function listUnitHandovers(ctx: ServiceContext, input: HandoverListInput): Promise<HandoverList> {
  const unitCode = askedUnit(ctx, input.unitCode)
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    await assertUnit(db, unitCode)
    const now = ctx.clock()
    const span = { from: now - BEHIND_MS, to: now + AHEAD_MS }
    const changes = await loadShiftChanges(db, ctx, unitCode, span)
    const filter = { handoverId: null, unitCode, changeAt: null, isWaiting: false }
    const rows = (await listHandovers(db, filter, { before: null, limit: MOST })).filter(
      (one) => one.changeAt >= span.from,
    )
    const steps = Map.groupBy(
      await listHandoverSteps(
        db,
        rows.map(({ handoverId }) => handoverId),
      ),
      ({ handoverId }) => handoverId,
    )
    const found = new Map(rows.map((row) => [row.changeAt, { row, steps: steps.get(row.handoverId) ?? [] }]))
    // One that the roster knows no longer was handed over all the same.
    const others = rows.filter((row) => changes.every(({ at }) => at !== row.changeAt))
    const more = await Promise.all(others.map((row) => loadChange(db, ctx, row)))
    const unitName = (await loadNames(db, ctx))(unitCode)
    const items = [...changes, ...more]
      .sort((a, b) => b.at - a.at)
      .map((change) => ({ ...toItem(ctx, change, unitCode, found.get(change.at)), unitName }))
    return { asOf: toLocalIso(now), unitCode, unitName, mayKeep: keptUnitOf(ctx) === unitCode, items }
  })
}

/** What a handover is about: the entries that were taken over, else what is open. Oldest first. */
async function loadEntries(db: ReadonlyDb, { row, steps }: LoadedHandover): Promise<LoadedEntry[]> {
  const { taken } = standingOf({ steps })
  if (taken === undefined) return await loadOpen(db, row.unitCode)
  const filter = { ...WHOLE_LOG, entryIds: taken.entries }
  return await withSteps(db, await listLogEntries(db, filter, { sort: 'oldest', after: null, limit: MOST }))
}

function barrierOf(
  ctx: ServiceContext,
  { row, steps }: LoadedHandover,
  kind: HandoverPage['next'][number]['kind'],
  open: readonly string[],
): HandoverPage['next'][number]['barredBy'] {
  const { actor } = ctx
  if (actor.kind !== 'account') return 'role'
  const offered = steps.findLast((step) => step.kind === 'offered')?.entries ?? []
  const context = { changeAt: row.changeAt, now: ctx.clock(), open, offered }
  return refusesHandoverStep(steps, { kind, byId: actor.accountId, byName: actor.displayName }, context)
}

const masked = (text: string | null): string | null => (text === null ? null : maskNumbers(text))

const KINDS = { pending: ['prepared', 'offered'], offered: ['taken', 'returned'], done: [], left_over: [] } as const

/** One handover with what is open, and what the reader may do. Throws ServiceError `not_found`. */
export function getHandover(ctx: ServiceContext, { handoverId }: HandoverKey): Promise<HandoverPage> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const loaded = await loadHandover(db, handoverId)
    const { row, steps } = loaded
    const change = await loadChange(db, ctx, row)
    const entries = await loadEntries(db, loaded)
    const reader = await makeReader(db, ctx, entries)
    const { state } = standingOf(loaded)
    const told = steps.findLast(({ kind }) => kind === 'prepared' || kind === 'offered')
    const noteOf = new Map(told?.entries.map((entry, index) => [entry, told.notes[index] ?? '']))
    const isKept = keptUnitOf(ctx) === row.unitCode
    const named = personIn(ctx, row.unitCode)
    const open = entries.map((one) => one.row.entryId)
    const name = ctx.actor.kind === 'account' ? ctx.actor.displayName : ''
    return {
      item: { ...toItem(ctx, change, row.unitCode, loaded), unitName: reader.nameOf(row.unitCode) },
      asOf: toLocalIso(reader.now),
      entries: toLines(entries, reader).map((item) => ({ item, note: maskNumbers(noteOf.get(item.entryId) ?? '') })),
      equipment: masked(told?.equipment ?? null),
      note: masked(told?.note ?? null),
      toPerson: told?.toPerson == null ? null : named(told.toPerson),
      steps: steps.map((step) => ({
        kind: step.kind,
        at: toLocalIso(step.at),
        by: step.byName,
        rosterPerson: step.rosterPerson === null ? null : named(step.rosterPerson),
        offRosterReason: masked(step.offRosterReason),
        equipment: masked(step.equipment),
        note: masked(step.note),
        toPerson: step.toPerson === null ? null : named(step.toPerson),
        toReason: masked(step.toReason),
        enteredBy: step.enteredByName,
        openCount: step.openCount,
      })),
      next: isKept ? KINDS[state].map((kind) => ({ kind, barredBy: barrierOf(ctx, loaded, kind, open) })) : [],
      asOutgoing: change.outgoing.find((person) => person === name) ?? null,
      asIncoming: change.incoming.find((person) => person === name) ?? null,
    }
  })
}
