import { describe, expect, it } from 'vitest'
import {
  bandTone,
  listLines,
  listOddEnds,
  mainReason,
  moveMarkOf,
  placePercent,
  rankTicks,
  shareAxis,
  sharePercent,
  whiskerOf,
  withStanding,
} from './standing-view.ts'
import { makeRow, makeTable } from './testing/make-league.ts'
import { makeStanding, makeStandingRow } from './testing/make-standing.ts'

const standing = makeStanding()
const standings = new Map(standing.rows.map((row) => [row.unitCode, row]))
const ranked = withStanding(
  makeTable().rows.filter(({ score }) => score !== null),
  standings,
)

describe('the lines of the table', () => {
  it('put each band before its rows, and none before rows that are not shown', () => {
    expect(listLines(ranked, standings, standing.bands).map(({ key }) => key)).toEqual([
      'band/1',
      'D01',
      'band/2',
      'D13',
      'D21',
    ])
    expect(listLines(ranked.slice(1), standings, standing.bands).map(({ key }) => key)).toEqual([
      'band/2',
      'D13',
      'D21',
    ])
    expect(listLines(ranked, standings, []).map(({ key }) => key)).toEqual(['D01', 'D13', 'D21'])
  })

  it('give the first, the middle and the last band their own blue', () => {
    expect([1, 2, 3, 4].map((band) => bandTone(band, 4))).toEqual([1, 2, 2, 3])
    expect([bandTone(2, 2), bandTone(null, 4), bandTone(1, null)]).toEqual([3, null, null])
  })
})

describe('the axes', () => {
  it('run from the first place to the last with round places between that do not run into the ends', () => {
    expect(rankTicks(31).map(({ text }) => text)).toEqual(['1', '10', '20', '31'])
    expect(rankTicks(5).map(({ text }) => text)).toEqual(['1', '2', '4', '5'])
    expect(rankTicks(200).map(({ text }) => text)).toEqual(['1', '50', '100', '150', '200'])
    expect(rankTicks(1).map(({ text }) => text)).toEqual(['1'])
    expect([placePercent(1, 31), placePercent(16, 31), placePercent(31, 31), placePercent(1, 1)]).toEqual([
      0, 50, 100, 0,
    ])
  })

  it('begin at a fifth, at 0 for a group worse than half, and end at 100 %', () => {
    expect(shareAxis({ part: 9, whole: 10 })).toMatchObject({
      from: 0.2,
      ticks: [{ text: '40', percent: 25 }, {}, {}, {}],
    })
    expect(shareAxis({ part: 4, whole: 10 }).from).toBe(0)
    expect(shareAxis({ part: 0, whole: 0 }).from).toBe(0.2)
    expect([sharePercent(0.1, 0.2), sharePercent(1, 0.2)]).toEqual([0, 100])
  })

  it('cut an interval that leaves the axis, and draw none where nothing is decided', () => {
    const axis = shareAxis({ part: 9, whole: 10 })
    const row = makeRow({ timeliness: { onTime: 1, late: 4, missing: 0, notYetDue: 0, owed: 5 } })
    expect(whiskerOf(row, axis)).toMatchObject({ isCut: true, left: 0, dot: 0 })
    expect(whiskerOf(makeRow(), axis)).toMatchObject({ isCut: false, right: 100, dot: 100 })
    const pending = makeRow({ timeliness: { onTime: 0, late: 0, missing: 0, notYetDue: 2, owed: 2 } })
    expect(whiskerOf(pending, axis)).toBeNull()
  })
})

describe('the mark of a movement', () => {
  const movement = standings.get('D13')?.movement ?? null
  const moved = (rank: number, previousRank: number | null) => makeRow({ rank, previousRank })

  it('is solid or hollow only where share and place moved the same way', () => {
    expect(moveMarkOf(moved(19, 2), movement)).toEqual({ kind: 'solid', direction: 'down', places: 17 })
    const hollow = movement === null ? null : { ...movement, kind: 'hollow' as const }
    expect(moveMarkOf(moved(19, 2), hollow)).toEqual({ kind: 'hollow', direction: 'down', places: 17 })
    expect(moveMarkOf(moved(2, 19), movement)).toEqual({ kind: 'grey', direction: 'up', places: 17 })
    expect(moveMarkOf(moved(2, 19), null).kind).toBe('grey')
  })

  it('tells a unit that is new from one that is measured again, and from another unit', () => {
    expect(moveMarkOf(moved(2, 2), movement).kind).toBe('same')
    expect(moveMarkOf(makeRow({ previousRank: null, trend: [null, null, null, 90] }), null).kind).toBe('new')
    expect(moveMarkOf(makeRow({ previousRank: null, trend: [90, 91, null, 90] }), null).kind).toBe('back')
    expect(moveMarkOf(makeRow({ breaks: [null, null, null, 'merged'] }), movement).kind).toBe('break')
  })
})

describe('why the fair place differs', () => {
  it('names what cost a unit that stands better there, what saved one that stands worse', () => {
    expect(mainReason(makeStandingRow())).toEqual({ kind: 'volume', points: -1.5 })
    expect(mainReason(standings.get('D13')!)).toEqual({ kind: 'volume', points: 6.2 })
  })

  it('says nothing where the places agree or no reason points that way', () => {
    expect(mainReason(standings.get('D21')!)).toBeNull()
    const { fair } = makeStandingRow()
    if (fair === null) throw new Error('no fair place')
    expect(mainReason(makeStandingRow({ fair: { ...fair, rank: 1 } }))).toBeNull()
    expect(mainReason(makeStandingRow({ fair: { ...fair, reasons: [{ kind: 'mix', points: 2 }] } }))).toBeNull()
  })
})

describe('the ends of the table', () => {
  const { fair: usual } = makeStandingRow()
  const fair = (expectedLoss: number) => (usual === null ? null : { ...usual, expectedLoss })
  const rowsOf = (firstPlace: number, lastPlace: number) => [
    makeStandingRow({ unitCode: 'A', rank: 1, expectedRank: 1.5, fair: fair(2) }),
    makeStandingRow({ unitCode: 'B', rank: 1, expectedRank: firstPlace, fair: fair(12) }),
    makeStandingRow({ unitCode: 'C', rank: 3, expectedRank: 3, fair: null }),
    makeStandingRow({ unitCode: 'D', rank: 4, expectedRank: lastPlace, fair: fair(1) }),
  ]
  const told = (firstPlace: number, lastPlace: number, isWhole = true) =>
    listOddEnds(makeStanding({ measuredCount: 4, rows: rowsOf(firstPlace, lastPlace) }), isWhole).map(
      ({ chances, row }) => [row.unitCode, chances],
    )

  it('are explained where they lie a quarter of the table from what is expected, with what they had to lose', () => {
    expect(told(2, 3)).toEqual([
      ['B', 'many'],
      ['D', 'few'],
    ])
    expect(told(1.9, 3.1)).toEqual([])
  })

  it('are not where only part of the group is seen, where it is too small for bands, or where all are alike', () => {
    expect(told(3, 2, false)).toEqual([])
    expect(listOddEnds(null, true)).toEqual([])
    expect(listOddEnds(makeStanding({ bandCount: null, rows: rowsOf(4, 1) }), true)).toEqual([])
    expect(listOddEnds(makeStanding({ rows: [makeStandingRow({ expectedRank: 9 })] }), true)).toEqual([])
  })
})
