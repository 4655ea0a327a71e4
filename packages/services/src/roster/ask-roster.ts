import type { AskedRoster, AskRosterInput, RevealAskedInput } from '@zhidu/contract'
import {
  asReadonly,
  type KnownShift,
  listDutyLines,
  listLateRosterChanges,
  listRosterAsKnown,
  listRosterSources,
  type ReadonlyDb,
  type RosterSource,
} from '@zhidu/db'
import { localDateOf, toLocalIso } from '@zhidu/domain'
import { mayReveal } from '../actor.ts'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadDutyUnit, mayKeep } from './keeper.ts'
import { maskLine, maskPerson } from './roster-items.ts'

type Known = AskedRoster['onDuty'][number]

function toKnown(shift: KnownShift, source: RosterSource | undefined): Known {
  const { endsAt, importId: _, recordedAt, startsAt, unitCode: __, ...who } = shift
  const at = { startsAt: toLocalIso(startsAt), endsAt: toLocalIso(endsAt), recordedAt: toLocalIso(recordedAt) }
  const from: Known['source'] =
    source === undefined ? null : { name: source.fileName, sha256: source.sha256, kind: source.kind ?? 'file' }
  return { ...who, ...at, source: from }
}

async function ask(
  db: ReadonlyDb,
  ctx: ServiceContext,
  input: AskRosterInput,
  isMasked: boolean,
): Promise<AskedRoster> {
  const { unitCode } = input
  const unit = await loadDutyUnit(db, ctx, unitCode)
  const at = Date.parse(input.at)
  const knownAt = input.knownAt === undefined ? ctx.clock() : Math.min(Date.parse(input.knownAt), ctx.clock())
  const shifts = await listRosterAsKnown(db, { unitCodes: [unitCode], at, knownAt })
  const later = await listLateRosterChanges(db, { unitCode, at, knownAt })
  const importIds = [...new Set([...shifts, ...later].map(({ importId }) => importId))]
  const sources = new Map((await listRosterSources(db, importIds)).map((one) => [one.importId, one]))
  const lines = await listDutyLines(db, { unitCodes: [unitCode], knownAt })
  const known = (shift: KnownShift): Known => maskPerson(toKnown(shift, sources.get(shift.importId)), isMasked)
  return {
    unitCode,
    unitName: unit.name,
    at: toLocalIso(at),
    knownAt: toLocalIso(knownAt),
    isMasked,
    mayReveal: mayReveal(ctx.actor),
    onDuty: shifts.map(known),
    later: later.map(({ change, ...shift }) => ({ ...known(shift), change })),
    lines: lines.map(({ line, number }) => ({ line, number: maskLine(number, isMasked) })),
  }
}

/**
 * Who was on duty in a unit at an instant as known at another, by which version, and what came later. What is put on record afterwards
 * never changes `onDuty`. Whole for the unit's own keeper, else masked.
 */
export function askRoster(ctx: ServiceContext, input: AskRosterInput): Promise<AskedRoster> {
  const isMasked = !mayKeep(ctx, input.unitCode)
  return withSnapshot(ctx, localDateOf(ctx.clock()), (db) => ask(db, ctx, input, isMasked))
}

/** The same with names and numbers, for a reason that goes into the audit trail. Throws ServiceError `forbidden`. */
export function revealAskedRoster(ctx: ServiceContext, input: RevealAskedInput): Promise<AskedRoster> {
  if (!mayReveal(ctx.actor)) return Promise.reject(new ServiceError('forbidden', 'role_forbids'))
  const { at, reason, unitCode } = input
  const what = { action: 'roster.revealAsked', object: `unitCode/${unitCode}`, detail: { at, reason } }
  return withChange(ctx, what, (trx) => ask(asReadonly(trx), ctx, input, false))
}
