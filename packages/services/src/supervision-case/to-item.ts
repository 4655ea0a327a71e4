import type { SupervisionCaseItem } from '@zhidu/contract'
import { daysLeft, lampOf, maskNumbers, type PlainDate, toLocalIso } from '@zhidu/domain'
import type { LoadedCase } from './load-case.ts'

export interface CaseReader {
  readonly today: PlainDate
  /** Unit or office of who asks; null = of none. */
  readonly own: string | null
  readonly nameOf: (unitCode: string) => string
}

/** Whether it is the reader's own unit or office that is to act. A unit that let its days pass leaves it to the office. */
function isMine({ row, standing }: LoadedCase, { own, today }: CaseReader): boolean {
  const { lastDay, state, turn } = standing
  if (turn === 'unit' && row.unitCode === own) return true
  const isOver = state === 'awaiting_explanation' && lastDay !== null && lastDay < today
  return row.officeCode === own && (turn === 'office' || isOver)
}

export function toCaseItem(loaded: LoadedCase, reader: CaseReader): SupervisionCaseItem {
  const { notAnnounced, row, standing, steps } = loaded
  const { nameOf, today } = reader
  const owner = steps.findLast((step) => step.owner !== null)?.owner ?? null
  const { escalation, isReceived, lastDay, returns, state, turn } = standing
  return {
    caseId: row.caseId,
    inspectionId: row.inspectionId,
    checkCode: row.checkCode,
    unitCode: row.unitCode,
    unitName: nameOf(row.unitCode),
    officeCode: row.officeCode,
    officeName: row.officeName,
    finding: row.finding,
    foundAt: toLocalIso(row.foundAt),
    state,
    turn,
    lastDay,
    notAnnounced,
    daysLeft: lastDay === null ? null : daysLeft(lastDay, today),
    lamp: turn === 'unit' ? lampOf(lastDay, today) : 'off',
    isReceived,
    escalation,
    returns,
    owner: owner === null ? null : maskNumbers(owner),
    isMine: isMine(loaded, reader),
  }
}
