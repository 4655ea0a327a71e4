import { clauseLabel, type InspectionFinding, type InspectionItem } from '@zhidu/contract'
import type { InspectionFindingRow, InspectionProgress, InspectionRow } from '@zhidu/db'
import {
  CASE_STATE_AFTER,
  FINDINGS,
  judgeFindings,
  localDateOf,
  maskName,
  type Regulation,
  toLocalIso,
  unitPeriodOn,
} from '@zhidu/domain'
import { unitNameAt } from '../event/load-judgements.ts'
import type { Roster } from '../league/load-roster.ts'
import { toPoints } from '../league/shape.ts'
import { stateOf } from './states.ts'

function standingOf({ isSuspected, outcome }: InspectionFindingRow): InspectionFinding['standing'] {
  return outcome ?? (isSuspected ? 'suspected' : 'provisional')
}

/** In the order of `FINDINGS`, with what each costs under these rules. */
export function toFindings(
  row: InspectionRow,
  rows: readonly InspectionFindingRow[],
  { regulation, roster }: { readonly roster: Roster; readonly regulation: Regulation },
): InspectionFinding[] {
  const period = unitPeriodOn(roster.periodsOf.get(row.unitCode) ?? [], localDateOf(row.at))
  const { at: checkedAt, checkCode, inspectors, method, unitCode } = row
  const check = { checkCode, unitCode, method, checkedAt, inspectors, note: null, findings: FINDINGS }
  const points = new Map(judgeFindings(check, period, regulation).findings.map((one) => [one.finding, one.points]))
  return FINDINGS.flatMap((finding) => {
    const found = rows.find((one) => one.finding === finding)
    if (found === undefined) return []
    const { at, byName, caseId, clause, files, items, moved, reason } = found
    const isDecided = at !== null && byName !== null && reason !== null
    return [
      {
        finding,
        standing: standingOf(found),
        clause,
        clauseLabel: clauseLabel(regulation, clause),
        points: toPoints(points.get(finding) ?? 0),
        items: [...items],
        files: [...files],
        decision: isDecided ? { by: byName, at: toLocalIso(at), reason } : null,
        caseId,
        caseState: caseId === null ? null : CASE_STATE_AFTER[moved],
      },
    ]
  })
}

export function toItem(
  row: InspectionRow & InspectionProgress,
  findings: readonly InspectionFinding[],
  roster: Roster,
): InspectionItem {
  return {
    inspectionId: row.inspectionId,
    checkCode: row.checkCode,
    unitCode: row.unitCode,
    unitName: unitNameAt(roster, row.unitCode, row.at),
    method: row.method,
    purpose: row.purpose,
    at: toLocalIso(row.at),
    elapsedSeconds: Math.round(row.elapsedMs / 1_000),
    inspectors: row.inspectors.map(maskName),
    state: stateOf(row),
    findings: findings.map(({ finding, points, standing }) => ({ finding, standing, points })),
    filesMissing: row.filesMissing,
    receivedAt: toLocalIso(row.receivedAt),
  }
}
