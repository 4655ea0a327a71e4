import { startOfLocalDay } from '../calendar/local-time.ts'
import type { MisreportFact } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import type { Regulation } from '../regulation/regulation.ts'

/** When a misreport begins to count: 00:00 local time of the day it was confirmed. Epoch ms. */
export function misreportCountsAt(misreport: MisreportFact): number {
  return startOfLocalDay(misreport.confirmedOn)
}

/** What a misreport costs; null when the rules put nothing on its kind. Card: docs/indicators/truthfulness.md */
export function misreportDeduction(misreport: MisreportFact, regulation: Regulation): Deduction | null {
  const points = regulation.deduction.misreport[misreport.kind]
  if (points === 0) return null
  const at = misreportCountsAt(misreport)
  return { dimension: 'truthfulness', code: misreport.kind, points, ref: misreport.misreportCode, at }
}

/** True for a kind of misreport that replaces what the event it names would cost under timeliness and completeness. */
export function isAbsorbing(misreport: MisreportFact, regulation: Regulation): boolean {
  return regulation.absorbingMisreports.includes(misreport.kind)
}
