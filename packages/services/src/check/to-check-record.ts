import type { CheckRecord } from '@zhidu/contract'
import { type CheckFact, judgeCheck, maskName, maskNumbers, type Regulation, toLocalIso } from '@zhidu/domain'
import { unitNameAt } from '../event/load-judgements.ts'
import type { Roster } from '../league/load-roster.ts'
import { toPoints } from '../league/shape.ts'

/** Names and numbers of people are masked; `revealPersonal` gives them, for a reason. */
export function toCheckRecord(check: CheckFact, roster: Roster, regulation: Regulation): CheckRecord {
  const judgement = judgeCheck(check, { periods: roster.periodsOf.get(check.unitCode) ?? [], regulation })
  return {
    checkCode: check.checkCode,
    unitCode: check.unitCode,
    unitName: unitNameAt(roster, check.unitCode, check.checkedAt),
    quarter: judgement.quarter,
    counts: judgement.counts,
    method: check.method,
    checkedAt: toLocalIso(check.checkedAt),
    inspectors: check.inspectors.map(maskName),
    findings: judgement.findings.map(({ finding, points }) => ({ finding, points: toPoints(points) })),
    passed: judgement.isPassed,
    note: check.note === null ? null : maskNumbers(check.note),
  }
}
