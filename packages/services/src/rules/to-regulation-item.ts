import type { RegulationItem } from '@zhidu/contract'
import type { RegulationRow } from '@zhidu/db'
import { addDays, type PlainDate, toLocalIso } from '@zhidu/domain'
import type { Actor } from '../actor.ts'

function toChange(at: number | null, by: string | null): RegulationItem['changed'] {
  return at === null ? null : { at: toLocalIso(at), by: by ?? '' }
}

/** The last day of each published version: the day before the next one. */
export function effectiveUntilOf(rows: readonly RegulationRow[], row: RegulationRow): PlainDate | null {
  if (row.state === 'draft') return null
  const later = rows
    .flatMap(({ effectiveFrom, state }) => (state === 'published' && effectiveFrom !== null ? [effectiveFrom] : []))
    .filter((day) => row.effectiveFrom === null || day > row.effectiveFrom)
    .sort()
  return later[0] === undefined ? null : addDays(later[0], -1)
}

/** `rows`: every version, from which it follows until when each is in force. */
export function toRegulationItem(row: RegulationRow, rows: readonly RegulationRow[], actor: Actor): RegulationItem {
  const { document } = row
  return {
    id: row.id,
    version: row.version,
    title: document.title,
    notice: document.notice,
    issuer: document.source.issuer,
    sourceDocument: document.source.document,
    state: row.state,
    effectiveFrom: row.effectiveFrom,
    effectiveUntil: effectiveUntilOf(rows, row),
    revision: row.revision,
    changed: toChange(row.changedAt, row.changedBy),
    published: toChange(row.publishedAt, row.publishedBy),
    isOwn: actor.kind === 'account' && row.changedById === actor.accountId,
  }
}
