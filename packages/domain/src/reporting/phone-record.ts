/** What an office does about a report: 签收; what it says to the call that the unit claims: 有此来电, 查无此来电. */
export const REPORT_ACTS = ['signed_for', 'claim_confirmed', 'claim_denied'] as const
export type ReportActKind = (typeof REPORT_ACTS)[number]

/** A call is written down while it goes on; what is entered longer after it began says why. */
export const CALL_ENTRY_MS = 600_000

/** True when whoever wrote a call down so late has to say why. Epoch ms. */
export function needsCallReason(beganAt: number, recordedAt: number): boolean {
  return recordedAt - beganAt > CALL_ENTRY_MS
}

/**
 * Which call counts for a unit's first report (`phoned_at` of its row), epoch ms; null = none. `recorded`: calls that the office took;
 * `claim`: what the unit says itself, left out of account once the office denied it. A record of the office goes before any claim.
 */
export function callThatCounts(recorded: readonly number[], claim: number | null, isDenied: boolean): number | null {
  if (recorded.length > 0) return Math.min(...recorded)
  return isDenied ? null : claim
}
