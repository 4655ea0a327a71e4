import type { FeatureReason } from './record.ts'
import { LISTED_FROM_BITS, PRIOR_SHARE, PROPOSED_FROM } from './weights.ts'

/** An incident that may be what a lead saw. */
export interface Candidate {
  readonly id: string
  /** Sum of the reasons. */
  readonly bits: number
  /** Of being the event, among all incidents of the time and none of them; 0..1. */
  readonly probability: number
  /** In the order of FEATURES. */
  readonly reasons: readonly FeatureReason[]
}

export interface LeadMatch {
  readonly leadId: string
  /** The likeliest first, the code deciding between equals. */
  readonly candidates: readonly Candidate[]
  /** The first, where it is likely enough to be proposed; a person confirms it. null = no report is likely. */
  readonly proposed: Candidate | null
}

/** How many are kept of a lead. */
export const MOST_CANDIDATES = 5

/** A pair's evidence; the reasons are asked for where it is shown. */
export interface Weighed {
  readonly id: string
  readonly bits: number
  reasons(): readonly FeatureReason[]
}

/**
 * Turns evidence into probabilities: at most one incident is the event. Before anything is compared each of the `windowCount`
 * incidents of the time is as likely as the others, and together PRIOR_SHARE.
 */
export function judgeCandidates(leadId: string, weighed: readonly Weighed[], windowCount: number): LeadMatch {
  const listed = weighed
    .filter(({ bits }) => bits >= LISTED_FROM_BITS)
    .toSorted((a, b) => b.bits - a.bits || (a.id < b.id ? -1 : 1))
  const prior = PRIOR_SHARE / Math.max(1, windowCount)
  const odds = listed.map(({ bits }) => prior * 2 ** bits)
  const whole = odds.reduce((sum, one) => sum + one, 1 - PRIOR_SHARE)
  const candidates = listed.slice(0, MOST_CANDIDATES).map((one, at): Candidate => {
    const { bits, id } = one
    return { id, bits, probability: (odds[at] ?? 0) / whole, reasons: one.reasons() }
  })
  const [first] = candidates
  return { leadId, candidates, proposed: first !== undefined && first.probability >= PROPOSED_FROM ? first : null }
}
