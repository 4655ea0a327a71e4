import type { DutyLineNumber, RosterPerson } from '@zhidu/contract'
import type { ReadonlyDb } from '@zhidu/db'

interface Asked {
  readonly unitCodes: readonly string[]
  /** Half-open, epoch ms. */
  readonly from: number
  readonly to: number
  /** What was on record then; epoch ms. */
  readonly knownAt: number
}

/** Who is on duty, and by which numbers, as it was known. */
export interface KnownDuty {
  readonly linesOf: (unitCode: string) => readonly DutyLineNumber[]
  readonly rosterOf: (unitCode: string) => readonly RosterPerson[]
  /** Filed after `knownAt` about that time. */
  readonly lateOf: (unitCode: string) => readonly RosterPerson[]
}

export function loadKnownDuty(_db: ReadonlyDb, _asked: Asked): Promise<KnownDuty> {
  const nothing = () => []
  return Promise.resolve({ linesOf: nothing, rosterOf: nothing, lateOf: nothing })
}
