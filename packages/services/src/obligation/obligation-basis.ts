import { createHash } from 'node:crypto'
import { type Db, type ObligationBasis, putObligationBasis } from '@zhidu/db'
import type { HolidayBlock, Quarter } from '@zhidu/domain'
import type { Rules } from '../rules/load-rules.ts'

/** The same for the same holidays; they come in their order. */
function fingerprintOf(holidays: readonly HolidayBlock[]): string {
  return createHash('sha256').update(JSON.stringify(holidays)).digest('hex')
}

export function toObligationBasis(quarter: Quarter, { holidays, regulation }: Rules): ObligationBasis {
  return {
    quarter,
    regulationId: regulation.id,
    regulationVersion: regulation.version,
    calendar: fingerprintOf(holidays),
  }
}

/** Puts down by which rules a quarter's first obligations were written. */
export async function keepObligationBasis(trx: Db, quarter: Quarter, rules: Rules, at: number): Promise<void> {
  await putObligationBasis(trx, toObligationBasis(quarter, rules), at, 'keep')
}
