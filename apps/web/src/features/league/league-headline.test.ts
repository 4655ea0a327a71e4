import { describe, expect, it } from 'vitest'
import { buildLeagueHeadline } from './league-headline.ts'
import { makeNotMeasured, makeRow, makeTable } from './testing/make-league.ts'

describe('buildLeagueHeadline', () => {
  it('counts the ranked and the reports over those due, and names nobody as first or last', () => {
    expect(buildLeagueHeadline(makeTable())).toEqual({ kind: 'ranked', ranked: 3, onTime: { part: 30, whole: 36 } })
  })

  it('does not rank one unit, nor one measured among many, nor a group in which all are equal', () => {
    expect(buildLeagueHeadline(makeTable({ rows: [makeRow()] })).kind).toBe('single')
    expect(buildLeagueHeadline(makeTable({ rows: [makeRow(), makeNotMeasured()] })).kind).toBe('one_measured')
    expect(
      buildLeagueHeadline(makeTable({ rows: [makeRow({ tied: true }), makeRow({ tied: true, unitCode: 'D2' })] })).kind,
    ).toBe('all_tied')
  })

  it('says so when nobody was measured or nobody is there', () => {
    expect(buildLeagueHeadline(makeTable({ rows: [makeNotMeasured()] }))).toEqual({ kind: 'none_measured', units: 1 })
    expect(buildLeagueHeadline(makeTable({ rows: [] })).kind).toBe('empty')
  })
})
