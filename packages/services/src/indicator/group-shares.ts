import type { IndicatorShares } from '@zhidu/contract'
import { type Indicator, type IndicatorRatios, ratioValue, toIndicatorRatios } from '@zhidu/domain'
import { MIN_COMPARED } from '../league/total.ts'
import type { GroupMember } from './load-group-quarters.ts'

const SHARE_PARTS = 10_000

/** One value per indicator. */
export function mapIndicators<T>(of: (indicator: Indicator) => T): Record<Indicator, T> {
  return {
    timeliness: of('timeliness'),
    completeness: of('completeness'),
    checks: of('checks'),
    filings: of('filings'),
  }
}

export function ratiosOf({ summary }: GroupMember): IndicatorRatios {
  return toIndicatorRatios(summary)
}

/** Shares of a group are told when the whole of it is in reach, or when enough of its units had an opportunity to hide each. */
export function mayTell(members: readonly GroupMember[], indicator: Indicator, isWhole: boolean): boolean {
  return isWhole || members.filter((member) => ratiosOf(member)[indicator].whole > 0).length >= MIN_COMPARED
}

/** Of the whole group, to four decimals. */
export function toGroupShares(members: readonly GroupMember[], isWhole: boolean): IndicatorShares {
  const ratios = members.map(ratiosOf)
  return mapIndicators((indicator) => {
    if (!mayTell(members, indicator, isWhole)) return null
    const part = ratios.reduce((sum, one) => sum + one[indicator].part, 0)
    const share = ratioValue({ part, whole: ratios.reduce((sum, one) => sum + one[indicator].whole, 0) })
    return share === null ? null : Math.round(share * SHARE_PARTS) / SHARE_PARTS
  })
}

/** How the shares of a group lie, in whole percent from high to low; none of an indicator that is not told. */
export function toPeerShares(members: readonly GroupMember[]): Record<Indicator, number[]> {
  return mapIndicators((indicator) =>
    mayTell(members, indicator, false)
      ? members
          .flatMap((member) => ratioValue(ratiosOf(member)[indicator]) ?? [])
          .map((share) => Math.round(share * 100))
          .sort((a, b) => b - a)
      : [],
  )
}

/** Counts for the wire. */
export function toCounts(ratios: IndicatorRatios): Record<Indicator, { part: number; whole: number }> {
  return mapIndicators((indicator) => ({ ...ratios[indicator] }))
}
