import { z } from 'zod'
import { Count, DimensionPoints, Instant, Provenance, QuarterText, TreeKey } from './values.ts'

/** What the shell of the dashboard needs before any page. */
export const Meta = z.object({
  /** The unit at the top of the reader's reach; null before units are imported. */
  installation: z.object({ unitCode: z.string(), name: z.string() }).nullable(),
  /** Quarters with any fact, plus the present one; newest first. */
  quarters: z.array(QuarterText),
  currentQuarter: QuarterText,
  /** The quarter a page opens with: the newest that has facts, else the present one. */
  defaultQuarter: QuarterText,
  provenance: Provenance,
  /** Maximum points of each dimension. */
  base: DimensionPoints,
  now: Instant,
  version: z.string(),
})
export type Meta = z.infer<typeof Meta>

export const GroupsInput = z.strictObject({ quarter: QuarterText, tree: TreeKey.optional() })
export const Groups = z.array(z.object({ group: z.string(), unitCount: Count }))
export type Groups = z.infer<typeof Groups>
