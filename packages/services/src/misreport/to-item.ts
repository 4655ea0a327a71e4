import type { MisreportCaseItem } from '@zhidu/contract'
import { daysLeft, lampOf, toLocalIso } from '@zhidu/domain'
import type { CaseReader } from '../supervision-case/to-item.ts'
import type { LoadedMisreport } from './load-misreport.ts'

/** Whether the reader's own unit or office is to act. A unit that let its days pass leaves it to the office. */
function isMine({ row, standing }: LoadedMisreport, { own, today }: CaseReader): boolean {
  const { lastDay, turn } = standing
  if (turn === 'unit' && row.unitCode === own) return true
  return row.officeCode === own && (turn === 'office' || (lastDay !== null && lastDay < today))
}

export function toMisreportItem(loaded: LoadedMisreport, reader: CaseReader): MisreportCaseItem {
  const { notAnnounced, row, standing } = loaded
  const { nameOf, today } = reader
  const { as, isReceived, lastDay, state, turn } = standing
  return {
    caseId: row.caseId,
    caseCode: row.caseCode,
    unitCode: row.unitCode,
    unitName: nameOf(row.unitCode),
    officeCode: row.officeCode,
    officeName: row.officeName,
    kind: as ?? row.kind,
    eventCode: row.eventCode,
    source: row.source,
    superiorAt: toLocalIso(row.superiorAt),
    openedAt: toLocalIso(row.openedAt),
    state,
    turn,
    lastDay,
    notAnnounced,
    daysLeft: lastDay === null ? null : daysLeft(lastDay, today),
    lamp: turn === 'unit' ? lampOf(lastDay, today) : 'off',
    isReceived,
    isMine: isMine(loaded, reader),
  }
}
