import type { ObligationItem } from '@zhidu/contract'

const HOUR = 3600
const THREE_DAYS = 3 * 24 * HOUR

/** What is left of a limit as a lamp: more than three days, up to three days, less than an hour or over it. null = it was done. */
export function lampOf(item: Pick<ObligationItem, 'outcome' | 'secondsLeft'>): 'green' | 'amber' | 'red' | null {
  const { outcome, secondsLeft } = item
  if (outcome === 'missing') return 'red'
  if (outcome !== 'not_yet_due' || secondsLeft === null) return null
  if (secondsLeft < HOUR) return 'red'
  return secondsLeft <= THREE_DAYS ? 'amber' : 'green'
}
