import { type AuditBody, hashEntry, NO_ENTRY, parseAuditText } from '@zhidu/audit'
import type { AuditRow } from '@zhidu/db'

/** An entry as its text has it. */
export interface ReadEntry {
  /** null = the text is none that this program wrote. */
  readonly body: AuditBody | null
  /** The text is what was hashed, and the columns it is found by say the same. */
  readonly isIntact: boolean
}

export function prevOf(row: AuditRow): string {
  return row.prevHash.toString('hex')
}

export function hashOf(row: AuditRow): string {
  return row.hash.toString('hex')
}

function isFiledUnder(row: AuditRow, { action, actor, at, from, object, outcome, reason }: AuditBody): boolean {
  return (
    row.at === Date.parse(at) &&
    row.actorKind === actor.kind &&
    row.actorId === actor.id &&
    row.actorName === actor.name &&
    row.unitCode === actor.unit &&
    row.address === from &&
    row.action === action &&
    row.object === object &&
    row.outcome === outcome &&
    row.reason === reason
  )
}

/** What a row says, taken from the text that was hashed, and whether the row is still what was written. */
export function readEntry(row: AuditRow): ReadEntry {
  const body = parseAuditText(row.text)
  const isHashed =
    row.prevHash.length === NO_ENTRY.length / 2 && hashEntry(prevOf(row), row.text) === row.hash.toString('hex')
  return { body, isIntact: body !== null && isHashed && isFiledUnder(row, body) }
}
