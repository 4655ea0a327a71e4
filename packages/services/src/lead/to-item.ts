import type { LeadItem } from '@zhidu/contract'
import type { LeadRow } from '@zhidu/db'
import { daysLeft, isOpenLead, lampOf, maskNumbers, type PlainDate, toLocalIso } from '@zhidu/domain'

export interface LeadReader {
  readonly today: PlainDate
  readonly nameOf: (unitCode: string) => string
  /** Whether the office of the reader is to act, and he looks at nothing but his own. */
  readonly isOffice: boolean
}

/** `lastDay`: of the inquiry that runs. */
export function toLeadItem(row: LeadRow, reader: LeadReader, proposed: LeadItem['proposed']): LeadItem {
  const { isOffice, nameOf, today } = reader
  const { state, unitCode } = row
  const lastDay = state === 'awaiting_explanation' ? row.lastDay : null
  const turn = state === 'awaiting_explanation' ? 'unit' : isOpenLead(state) ? 'office' : null
  return {
    leadCode: row.leadCode,
    source: row.source,
    seenAt: toLocalIso(row.seenAt),
    occurredAt: row.occurredAt === null ? null : toLocalIso(row.occurredAt),
    place: row.place,
    unitCode,
    unitName: unitCode === null ? null : nameOf(unitCode),
    category: row.category,
    summary: maskNumbers(row.summary),
    deaths: row.deaths,
    injuries: row.injuries,
    state,
    turn,
    lastDay,
    daysLeft: lastDay === null ? null : daysLeft(lastDay, today),
    lamp: turn === 'unit' ? lampOf(lastDay, today) : 'off',
    isMine: isOffice && (turn === 'office' || (turn === 'unit' && lastDay !== null && lastDay < today)),
    proposed,
  }
}
