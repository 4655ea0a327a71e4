import type { DutyLineNumber, LateRosterPerson, RosterPerson } from '@zhidu/contract'
import { type KnownShift, listDutyLines, listLateRosterChanges, listRosterAsKnown, type ReadonlyDb } from '@zhidu/db'
import { toLocalIso } from '@zhidu/domain'

interface Asked {
  readonly unitCodes: readonly string[]
  /** Half-open, epoch ms. */
  readonly from: number
  readonly to: number
  /** What was on record then; epoch ms. */
  readonly knownAt: number
}

/** Who is on duty, and by which numbers, as it was known. Whole: callers mask or audit it. */
export interface KnownDuty {
  readonly linesOf: (unitCode: string) => readonly DutyLineNumber[]
  readonly rosterOf: (unitCode: string) => readonly RosterPerson[]
}

function toPerson({ endsAt, person, phone, post, recordedAt, role, startsAt }: KnownShift): RosterPerson {
  const at = { startsAt: toLocalIso(startsAt), endsAt: toLocalIso(endsAt), recordedAt: toLocalIso(recordedAt) }
  return { role, person, post, phone, ...at }
}

export async function loadKnownDuty(db: ReadonlyDb, { from, knownAt, to, unitCodes }: Asked): Promise<KnownDuty> {
  const lines = Map.groupBy(await listDutyLines(db, { unitCodes, knownAt }), ({ unitCode }) => unitCode)
  const asked = { unitCodes, at: from, until: to, knownAt }
  const shifts = Map.groupBy(await listRosterAsKnown(db, asked), ({ unitCode }) => unitCode)
  return {
    linesOf: (unitCode) =>
      (lines.get(unitCode) ?? []).map(({ forwardingUntil, line, number }) => ({ line, number, forwardingUntil })),
    rosterOf: (unitCode) => (shifts.get(unitCode) ?? []).map(toPerson),
  }
}

/** What was filed after the second of a check about who was on duty then, in the order it came. */
export async function loadLateRoster(
  db: ReadonlyDb,
  { at, unitCode }: { readonly unitCode: string; readonly at: number },
): Promise<LateRosterPerson[]> {
  const changes = await listLateRosterChanges(db, { unitCode, at, knownAt: at })
  return changes.map(({ change, ...shift }) => ({ ...toPerson(shift), change }))
}
