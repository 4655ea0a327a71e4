import { SUCCESSION_KINDS, UNIT_CHANGES } from '@zhidu/domain'
import { z } from 'zod'
import { UnitListItem } from './unit.ts'
import { Count, DayText, Instant, PlainDateText, Provenance, QuarterText } from './values.ts'

const UnitCode = z.string().min(1).max(100)

/** 单位与分组: every unit in reach as of a day; missing = today. */
export const UnitTreeInput = z.strictObject({ onDate: DayText.optional() })
export const SuccessionItem = z.object({
  actId: z.uuid(),
  kind: z.enum(SUCCESSION_KINDS),
  onDate: PlainDateText,
  fromUnits: z.array(z.object({ unitCode: z.string(), name: z.string() })),
  toUnits: z.array(z.object({ unitCode: z.string(), name: z.string() })),
  reason: z.string(),
  recordedAt: Instant,
  recordedBy: z.string(),
})
export type SuccessionItem = z.infer<typeof SuccessionItem>
export const UnitTreeView = z.object({
  onDate: PlainDateText,
  provenance: Provenance,
  units: z.array(UnitListItem.omit({ present: true }).extend({ parentName: z.string().nullable() })),
  /** Mergers and splits that hold, newest first. */
  successions: z.array(SuccessionItem),
  /** True when the reader stands at the top of the installation and may record one. */
  mayRecord: z.boolean(),
})
export type UnitTreeView = z.infer<typeof UnitTreeView>

export const UnitHistoryInput = z.strictObject({ unitCode: UnitCode })
export const UnitChangeItem = z.object({
  onDate: PlainDateText.nullable(),
  kind: z.enum(UNIT_CHANGES),
  /** Names for codes of units in reach; the code itself for others. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string().nullable(),
})
export const UnitHistory = z.object({
  unitCode: z.string(),
  name: z.string(),
  changes: z.array(UnitChangeItem),
  /** Units merged into it, with what they did before; their facts and pages stay. */
  before: z.array(
    z.object({
      unitCode: z.string(),
      name: z.string(),
      /** Newest quarter in which it was in a table; null = none that is known. */
      lastQuarter: QuarterText.nullable(),
      owed: Count,
      checks: Count,
    }),
  ),
  /** True when the reader stands at the top of the installation and may record a change of it. */
  mayRecord: z.boolean(),
  /** Who bears its past today; null = itself. */
  bearer: z.object({ unitCode: z.string(), name: z.string() }).nullable(),
})
export type UnitHistory = z.infer<typeof UnitHistory>
