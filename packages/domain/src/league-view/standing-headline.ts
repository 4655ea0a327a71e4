import type { Certainty } from '../rank-range/lists.ts'
import type { RankabilityWord } from '../rank-range/rank-range.ts'

/** What the first sentence of a league table looks at; as served beside the table. */
export interface StandingView {
  readonly measuredCount: number
  readonly rankability: { readonly word: RankabilityWord } | null
  readonly bandCount: number | null
  /** In the order of the table. */
  readonly rows: readonly {
    readonly unitCode: string
    readonly certain: { readonly isFirst: boolean; readonly isLast: boolean }
  }[]
  readonly praise: readonly { readonly unitCode: string; readonly certainty: Certainty }[]
  readonly criticism: readonly { readonly unitCode: string; readonly certainty: Certainty }[]
}

/** Units at one end of the table of which it may be said that they belong there. */
export interface NamedEnd {
  readonly certainCount: number
  readonly likelyCount: number
  /** False = others stand among them of whom it cannot be told. */
  readonly isUnbroken: boolean
  /** Units of the list, all told. */
  readonly listedCount: number
}

export interface StandingHeadline {
  /** `few`: fewer than five measured units, no bands. `flat`: one band, nobody stands out. */
  readonly kind: 'few' | 'flat' | 'bands'
  readonly bandCount: number
  readonly word: RankabilityWord | null
  readonly ahead: NamedEnd | null
  readonly behind: NamedEnd | null
  /** Units of which neither may be said. */
  readonly restCount: number
  /** First, last of all; null = the sets that hold together do not say so. */
  readonly firstCode: string | null
  readonly lastCode: string | null
}

type Listed = StandingView['praise']

function endOf(listed: Listed, order: readonly string[]): NamedEnd | null {
  const said = listed.filter(({ certainty }) => certainty !== 'cannot_tell')
  if (said.length === 0) return null
  const codes = new Set(said.map(({ unitCode }) => unitCode))
  const certainCount = said.filter(({ certainty }) => certainty === 'certain').length
  return {
    certainCount,
    likelyCount: said.length - certainCount,
    isUnbroken: order.slice(0, said.length).every((unitCode) => codes.has(unitCode)),
    listedCount: listed.length,
  }
}

/**
 * What the first sentence of a table may say: how many bands, who is ahead and behind with which certainty, and of how many nothing
 * can be told. Never first or last without the sets that hold together. `rows` of the whole group.
 */
export function buildStandingHeadline(standing: StandingView): StandingHeadline {
  const { bandCount, criticism, measuredCount, praise, rankability, rows } = standing
  const order = rows.map(({ unitCode }) => unitCode)
  const ahead = endOf(praise, order)
  const behind = endOf(criticism, order.toReversed())
  // Units ahead are spoken of only as the first ones; broken, they stay among the others.
  const countOf = (end: NamedEnd | null): number => (end === null ? 0 : end.certainCount + end.likelyCount)
  const saidAhead = ahead?.isUnbroken === true ? countOf(ahead) : 0
  const isFlat = bandCount === 1 && ahead === null && behind === null
  return {
    kind: bandCount === null ? 'few' : isFlat ? 'flat' : 'bands',
    bandCount: bandCount ?? 0,
    word: rankability?.word ?? null,
    ahead,
    behind,
    restCount: measuredCount - saidAhead - countOf(behind),
    firstCode: rows.find(({ certain }) => certain.isFirst)?.unitCode ?? null,
    lastCode: rows.find(({ certain }) => certain.isLast)?.unitCode ?? null,
  }
}
