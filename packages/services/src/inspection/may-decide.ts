import type { InspectionPage } from '@zhidu/contract'
import type { InspectionProgress, InspectionRow } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'

/** So long a decision waits for evidence that is still on the phone; then the phone is taken as lost. */
export const FILES_WAIT_MS = 72 * 3_600_000

/**
 * Why whoever asks may not decide on what a check found; null = may. The rule “nobody decides on what he found himself” goes by
 * account and by name: who held the phone, and who stood beside.
 */
export function barrierTo(
  { actor, clock }: ServiceContext,
  row: InspectionRow & InspectionProgress,
): InspectionPage['decisionBarredBy'] {
  if (row.result === 'compared') return 'second'
  if (actor.kind !== 'account' || !actor.permissions.has('inspections.decide')) return 'role'
  if (actor.viewer !== null || actor.unitCode !== row.officeCode) return 'role'
  if (actor.accountId === row.recordedById || row.inspectors.includes(actor.displayName)) return 'inspector'
  if (row.undecided === 0) return 'done'
  return row.filesMissing > 0 && clock() < row.receivedAt + FILES_WAIT_MS ? 'files' : null
}
