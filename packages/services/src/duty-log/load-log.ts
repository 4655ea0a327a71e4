import type { LogItem as LogLine } from '@zhidu/contract'
import {
  listLogEntries,
  listLogSteps,
  listRosterAsKnown,
  type LogEntryRow,
  type LogStepRow,
  type ReadonlyDb,
  WHOLE_LOG,
} from '@zhidu/db'
import { maskName } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { loadLimits, type LogReader, toLogLine } from './to-log-item.ts'

/** More than a unit has open at once. */
export const MOST_OPEN = 500

export interface LoadedEntry {
  readonly row: LogEntryRow
  readonly steps: readonly LogStepRow[]
}

export async function withSteps(db: ReadonlyDb, rows: readonly LogEntryRow[]): Promise<LoadedEntry[]> {
  const steps = await listLogSteps(
    db,
    rows.map(({ entryId }) => entryId),
  )
  const stepsOf = Map.groupBy(steps, ({ entryId }) => entryId)
  return rows.map((row) => ({ row, steps: stepsOf.get(row.entryId) ?? [] }))
}

/** Throws ServiceError `not_found` for an entry that is unknown or out of reach. */
export async function loadEntry(db: ReadonlyDb, entryId: string): Promise<LoadedEntry> {
  const rows = await listLogEntries(
    db,
    { ...WHOLE_LOG, entryIds: [entryId] },
    { sort: 'oldest', after: null, limit: 1 },
  )
  const [loaded] = await withSteps(db, rows)
  if (loaded === undefined) throw new ServiceError('not_found', 'log_unknown')
  return loaded
}

/** What of a unit's log is open, oldest first. */
export async function loadOpen(db: ReadonlyDb, unitCode: string): Promise<LoadedEntry[]> {
  const filter = { ...WHOLE_LOG, unitCode, state: 'open' as const }
  return await withSteps(db, await listLogEntries(db, filter, { sort: 'oldest', after: null, limit: MOST_OPEN }))
}

export async function makeReader(
  db: ReadonlyDb,
  ctx: ServiceContext,
  entries: readonly LoadedEntry[],
): Promise<LogReader> {
  const now = ctx.clock()
  const limitOf = await loadLimits(db, [now, ...entries.map(({ row }) => row.at)])
  return { nameOf: await loadNames(db, ctx), now, limitOf, personOf: (unitCode) => personIn(ctx, unitCode) }
}

export function toLines(entries: readonly LoadedEntry[], reader: LogReader): LogLine[] {
  return entries.map(({ row, steps }) => toLogLine(row, steps, reader))
}

/** The unit whose log the reader keeps; null = none, or he only looks. */
export function keptUnitOf({ actor }: ServiceContext): string | null {
  const mayKeep = actor.kind === 'account' && actor.viewer === null && actor.permissions.has('duty.keep')
  return mayKeep ? actor.unitCode : null
}

/** How somebody on a roster is named: whole to whoever keeps that unit's log and hands it over, masked to all others. */
export function personIn(ctx: ServiceContext, unitCode: string): (person: string) => string {
  return keptUnitOf(ctx) === unitCode ? (person) => person : maskName
}

/** The unit that is asked about, else the reader's own. Throws ServiceError `forbidden` for whoever is of none. */
export function askedUnit({ actor }: ServiceContext, unitCode: string | undefined): string {
  const own = actor.kind === 'account' ? actor.unitCode : null
  const asked = unitCode ?? own
  if (asked === null) throw new ServiceError('forbidden', 'role_forbids')
  return asked
}

/** Who is on duty in a unit at an instant (epoch ms), by the roster as it is known now. */
export function listOnDuty(db: ReadonlyDb, ctx: ServiceContext, unitCode: string, at: number, until?: number) {
  const span = until === undefined ? {} : { until }
  return listRosterAsKnown(db, { unitCodes: [unitCode], at, ...span, knownAt: ctx.clock() })
}
