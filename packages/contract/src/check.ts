import { z } from 'zod'
import { DeductionAppeal } from './appeal.ts'
import { UnitCheck } from './unit.ts'
import { CheckMethodKey, Count, FindingKey, Provenance, QuarterText } from './values.ts'

export const CheckListInput = z.strictObject({
  quarter: QuarterText,
  unitCode: z.string().max(100).optional(),
  method: CheckMethodKey.optional(),
  finding: FindingKey.optional(),
  passed: z.boolean().optional(),
  search: z.string().max(100).optional(),
  cursor: z.string().max(200).optional(),
})
export type CheckListInput = z.infer<typeof CheckListInput>
export const CheckRecord = UnitCheck.extend({
  unitCode: z.string(),
  unitName: z.string(),
  quarter: QuarterText,
  /** False when the unit was closed that day: the check stays on record and counts nothing. */
  counts: z.boolean(),
})
export type CheckRecord = z.infer<typeof CheckRecord>
export const CheckList = z.object({
  quarter: QuarterText,
  provenance: Provenance,
  /** How many pass the filter; counting stops at 1,000, and then `isTotalExact` is false. */
  total: Count,
  isTotalExact: z.boolean(),
  items: z.array(CheckRecord),
  nextCursor: z.string().nullable(),
})
export type CheckList = z.infer<typeof CheckList>

export const CheckInput = z.strictObject({ checkCode: z.string().min(1).max(200) })
export const CheckPage = z.object({
  provenance: Provenance,
  /** Names of inspectors and phones in the note are masked; `personal.reveal` gives them. */
  check: CheckRecord,
  /** True when the reader may ask for what is masked. */
  mayReveal: z.boolean(),
  /** The record on the spot behind it; null = it was brought by a file. */
  inspectionId: z.uuid().nullable(),
  appeals: z.array(DeductionAppeal),
})
export type CheckPage = z.infer<typeof CheckPage>
