import type { UnitDeduction, UnitPage } from '@zhidu/contract'
import { addDays, CHECK_METHODS, type CheckMethod, type Dimension, startOfLocalDay, toPlainDate } from '@zhidu/domain'
import { findMainLoss, roundPoints } from './waterfall.ts'

/** Share of the loss from which on it is called by its word. */
const MOST = 0.7
const HALF_LOW = 0.45
const HALF_HIGH = 0.55

export type LossShare = 'half' | 'overHalf' | 'most' | 'largest'
export type LossPlace = Dimension | 'timelinessWritten' | 'timelinessMissing' | 'timelinessPhone' | 'timelinessFollowUp'

export type UnitHeadline =
  | { readonly kind: 'closed' | 'not_in_table' | 'not_measured' }
  | { readonly kind: 'alone'; readonly score: number }
  | {
      readonly kind: 'ranked'
      readonly score: number
      readonly rank: number
      readonly isTied: boolean
      /** null = nothing lost; share null = all of it in one place. */
      readonly loss: { readonly share: LossShare | null; readonly place: LossPlace } | null
    }

/** What the page of a unit opens with: its score, its rank, and where most was lost. */
export function buildUnitHeadline(page: UnitPage): UnitHeadline {
  const { row, unit } = page
  if (!unit.isOpen) return { kind: 'closed' }
  if (row === null) return { kind: 'not_in_table' }
  if (row.score === null || row.rank === null) return { kind: 'not_measured' }
  if (page.rankedCount <= 1 && page.groupUnitCount <= 1) return { kind: 'alone', score: row.score }
  const main = findMainLoss(page)
  return {
    kind: 'ranked',
    score: row.score,
    rank: row.rank,
    isTied: row.tied,
    loss: main === null ? null : placeLoss(main, page.deductions),
  }
}

function nameShare(share: number): LossShare | null {
  if (share >= 1) return null
  if (share >= MOST) return 'most'
  if (share > HALF_HIGH) return 'overHalf'
  return share >= HALF_LOW ? 'half' : 'largest'
}

const TIMELINESS_PLACES = {
  written_late: 'timelinessWritten',
  written_missing: 'timelinessMissing',
  phone_late: 'timelinessPhone',
  phone_missing: 'timelinessPhone',
  follow_up_missed: 'timelinessFollowUp',
} as const satisfies Partial<Record<UnitDeduction['code'], LossPlace>>

/**
 * Where most was lost, with its share of all that was lost: the dimension, or within timeliness one kind of fault when that
 * kind alone makes up about half. Not when timeliness stopped at 0: then the listed points are not the lost ones.
 */
function placeLoss(
  main: NonNullable<ReturnType<typeof findMainLoss>>,
  deductions: readonly UnitDeduction[],
): { readonly share: LossShare | null; readonly place: LossPlace } {
  const whole = { share: nameShare(main.lost / main.total), place: main.dimension }
  if (main.dimension !== 'timeliness') return whole
  const sums = new Map<LossPlace, number>()
  for (const { code, dimension, points } of deductions) {
    if (dimension !== 'timeliness') continue
    const place = Object.entries(TIMELINESS_PLACES).find(([key]) => key === code)?.[1] ?? 'timeliness'
    sums.set(place, (sums.get(place) ?? 0) + points)
  }
  const listed = [...sums.values()].reduce((sum, points) => sum + points, 0)
  const [place, points] = [...sums].toSorted(([, one], [, other]) => other - one)[0] ?? ['timeliness', 0]
  const isNamed = roundPoints(listed) === main.lost && points / main.total >= HALF_LOW
  return isNamed ? { share: nameShare(points / main.total), place } : whole
}

/** True when there is a mean that is not told: of so few units it would say what another one scored. */
export function isMeanHidden(page: UnitPage): boolean {
  return page.row !== null && page.rankedCount > 0 && page.groupMeanScore === null
}

/** Epoch ms of the end of the day on which a form is due: received before it is on time (contract §5). */
export function filingLimit(dueOn: string): number {
  return startOfLocalDay(addDays(toPlainDate(dueOn), 1))
}

/** Elements missing over the quarter's judged events, and how many events they belong to. */
export function countMissingElements(page: UnitPage): { readonly elements: number; readonly events: number } {
  const judged = page.events.filter((event) => event.completeness.isJudged && event.standing === 'counts')
  const lacking = judged.filter((event) => event.completeness.missing.length > 0)
  return {
    elements: lacking.reduce((sum, event) => sum + event.completeness.missing.length, 0),
    events: lacking.length,
  }
}

/** Forms by outcome, those not yet due apart. */
export function countFilings(page: UnitPage): {
  readonly onTime: number
  readonly late: number
  readonly missing: number
  readonly notYetDue: number
  readonly due: number
} {
  const count = (outcome: UnitPage['filings'][number]['outcome']): number =>
    page.filings.filter((filing) => filing.outcome === outcome).length
  const [onTime, late, missing] = [count('on_time'), count('late'), count('missing')]
  return { onTime, late, missing, notYetDue: count('not_yet_due'), due: onTime + late + missing }
}

/** Checks by method, those without any left out. */
export function countByMethod(
  checks: UnitPage['checks'],
): { readonly method: CheckMethod; readonly passed: number; readonly total: number }[] {
  return CHECK_METHODS.map((method) => {
    const some = checks.filter((check) => check.method === method)
    return { method, passed: some.filter((check) => check.passed).length, total: some.length }
  }).filter(({ total }) => total > 0)
}
