import { FINDINGS, MISREPORT_KINDS } from '../facts/facts.ts'

/** Faults of an event's reports, which may cost more or less by its level, category and the unit's tier. */
export const EVENT_DEDUCTION_CODES = [
  'phone_late',
  'phone_missing',
  'written_late',
  'written_missing',
  'follow_up_missed',
  'element_missing',
  'final_late',
  'final_missing',
] as const
export const FILING_DEDUCTION_CODES = ['filing_late', 'filing_missing'] as const

/** Faults of a duty log, whose points stand in the section of the rules about it. */
export const LOG_DEDUCTION_CODES = ['log_open', 'log_late'] as const

/** What the list of deductions of a regulation can rule. */
export const RULED_DEDUCTION_CODES = [
  'phone_late',
  'phone_missing',
  'written_late',
  'written_missing',
  'follow_up_missed',
  'element_missing',
  ...MISREPORT_KINDS,
  ...FINDINGS,
  ...FILING_DEDUCTION_CODES,
  'final_late',
  'final_missing',
] as const
export const DEDUCTION_CODES = [...RULED_DEDUCTION_CODES, ...LOG_DEDUCTION_CODES] as const
export type DeductionCode = (typeof DEDUCTION_CODES)[number]
export type RuledDeductionCode = (typeof RULED_DEDUCTION_CODES)[number]
export type EventDeductionCode = (typeof EVENT_DEDUCTION_CODES)[number]
