import { MOVE_FACTORS, type MoveFactor } from '@zhidu/domain'
import { z } from 'zod'
import { LeagueDeduction } from './league.ts'
import { Count, Instant, Provenance, QuarterText, RegulationRef } from './values.ts'

export const ExplainMoveInput = z.strictObject({
  unitCode: z.string().min(1).max(100),
  quarter: QuarterText,
  asOf: Instant.optional(),
})
export type ExplainMoveInput = z.infer<typeof ExplainMoveInput>

const byFactor = (value: z.ZodInt) =>
  z.object(Object.fromEntries(MOVE_FACTORS.map((factor) => [factor, value])) as Record<MoveFactor, z.ZodInt>)

/** Why did the unit move? Places only; of others nothing but how many there are. */
export const MoveExplanation = z.object({
  quarter: QuarterText,
  previousQuarter: QuarterText,
  group: z.string(),
  unitCode: z.string(),
  name: z.string(),
  provenance: Provenance,
  previousRegulation: RegulationRef,
  /** Units ranked in the two tables. */
  rankedBefore: Count,
  rankedNow: Count,
  previousRank: Count.nullable(),
  rank: Count.nullable(),
  /** null = nothing to explain; `obstacle` says why. */
  move: z
    .object({
      /** Places won; negative = lost. */
      gain: z.int(),
      /** Twenty-fourths of a place; they sum to 24 × gain. */
      shares: byFactor(z.int()),
      /** Whole places; they sum to gain. */
      places: byFactor(z.int()),
    })
    .nullable(),
  obstacle: z.enum(['new', 'gone', 'not_measured_before', 'not_measured_now']).nullable(),
  /** Units that came into the table and that left it since. */
  joined: Count,
  left: Count,
  isRuleChanged: z.boolean(),
  /** The unit's own deductions of the two quarters. */
  deductionsBefore: z.array(LeagueDeduction),
  deductionsNow: z.array(LeagueDeduction),
})
export type MoveExplanation = z.infer<typeof MoveExplanation>
