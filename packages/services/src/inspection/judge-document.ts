import type { InspectionDocument } from '@zhidu/contract'
import {
  type Checklist,
  type InspectionJudgement,
  judgeInspection,
  localDateOf,
  phoneSettingsOf,
  type Regulation,
  type UnitPeriod,
} from '@zhidu/domain'
import type { KnownDuty } from './kit-rosters.ts'

export interface JudgingArgs {
  readonly document: InspectionDocument
  readonly checklist: Pick<Checklist, 'items'>
  readonly regulation: Regulation
  /** The unit as it was that day; null = closed. */
  readonly period: UnitPeriod | null
  /** As known at the check's second. */
  readonly duty: KnownDuty
  /** The check's start, epoch ms. */
  readonly at: number
}

/** What a document proves, by the rules it was received under. */
export function judgeDocument({ at, checklist, document, duty, period, regulation }: JudgingArgs): InspectionJudgement {
  const lines = duty.linesOf(document.unitCode)
  const day = localDateOf(at)
  return judgeInspection({
    ...document,
    settings: phoneSettingsOf(regulation),
    checklist,
    unit: {
      dutyMode: period?.dutyMode ?? 'phone',
      isRegistered: lines.some(({ forwardingUntil }) => forwardingUntil !== null && forwardingUntil >= day),
      lines: lines.map(({ line }) => line),
      rostered: duty.rosterOf(document.unitCode).map(({ person }) => person),
    },
  })
}

/** By which clause a finding costs, else by which it was looked for. */
export function clauseOf({ deductions, phoneCheck }: Regulation, finding: string, period: UnitPeriod | null): string {
  const rule = deductions.find(
    (one) =>
      one.code === finding &&
      (period === null || one.tiers === null || one.tiers.includes(period.tier)) &&
      (period === null || one.dutyModes === null || one.dutyModes.includes(period.dutyMode)),
  )
  return rule?.clause ?? phoneCheck.clause
}
