import { describe, expect, it } from 'vitest'
import type { Certainty } from '../rank-range/lists.ts'
import { buildStandingHeadline, type StandingView } from './standing-headline.ts'

const CODES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']

function makeStanding(change: Partial<StandingView> & { first?: string; last?: string } = {}): StandingView {
  const { first, last, ...rest } = change
  return {
    measuredCount: CODES.length,
    rankability: { word: 'with_care' },
    bandCount: 3,
    rows: CODES.map((unitCode) => ({ unitCode, certain: { isFirst: unitCode === first, isLast: unitCode === last } })),
    praise: [],
    criticism: [],
    ...rest,
  }
}

function list(...entries: [string, Certainty][]): StandingView['praise'] {
  return entries.map(([unitCode, certainty]) => ({ unitCode, certainty }))
}

describe('buildStandingHeadline', () => {
  it('counts who is behind by certainty and leaves the others to their bands', () => {
    const criticism = list(['F', 'cannot_tell'], ['G', 'likely'], ['H', 'certain'])
    expect(buildStandingHeadline(makeStanding({ criticism, last: 'H' }))).toEqual({
      kind: 'bands',
      bandCount: 3,
      word: 'with_care',
      ahead: null,
      behind: { certainCount: 1, likelyCount: 1, isUnbroken: true, listedCount: 3 },
      restCount: 6,
      firstCode: null,
      lastCode: 'H',
    })
  })

  it('does not call units the first ones when one above them cannot be told', () => {
    const praise = list(['A', 'cannot_tell'], ['B', 'likely'])
    const { ahead, restCount } = buildStandingHeadline(makeStanding({ praise }))
    expect(ahead).toEqual({ certainCount: 0, likelyCount: 1, isUnbroken: false, listedCount: 2 })
    expect(restCount).toBe(8)
    const unbroken = buildStandingHeadline(makeStanding({ praise: list(['B', 'likely'], ['A', 'likely']), first: 'A' }))
    expect([unbroken.ahead?.isUnbroken, unbroken.firstCode, unbroken.restCount]).toEqual([true, 'A', 6])
  })

  it('says nothing of ends that cannot be told, whatever the places are', () => {
    const both = { praise: list(['A', 'cannot_tell']), criticism: list(['H', 'cannot_tell']) }
    const headline = buildStandingHeadline(makeStanding({ ...both, bandCount: 1 }))
    expect([headline.kind, headline.ahead, headline.behind, headline.firstCode, headline.lastCode]).toEqual([
      'flat',
      null,
      null,
      null,
      null,
    ])
    expect(buildStandingHeadline(makeStanding(both)).kind).toBe('bands')
    expect(buildStandingHeadline(makeStanding({ bandCount: 1, criticism: list(['H', 'likely']) })).kind).toBe('bands')
  })

  it('cuts fewer than five units into no bands', () => {
    expect(buildStandingHeadline(makeStanding({ bandCount: null, rankability: null }))).toMatchObject({
      kind: 'few',
      bandCount: 0,
      word: null,
    })
  })
})
