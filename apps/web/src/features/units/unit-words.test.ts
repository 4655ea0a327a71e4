import { describe, expect, it } from 'vitest'
import { makeUnit, makeUnitPage } from './testing/make-unit-page.ts'
import { buildUnitHeadline, countByMethod, countFilings, countMissingElements, filingLimit } from './unit-words.ts'

const page = makeUnitPage()
const row = page.row!

describe('buildUnitHeadline', () => {
  it('gives score, rank and where half of the loss is', () => {
    expect(buildUnitHeadline(page)).toEqual({
      kind: 'ranked',
      score: 87.5,
      rank: 27,
      isTied: false,
      loss: { share: 'half', place: 'timeliness' },
    })
  })

  it('names a kind of fault only with the share of its own points', () => {
    const [late] = page.deductions.filter((deduction) => deduction.code === 'written_late')
    const timeliness = (points: number, rest: number) =>
      buildUnitHeadline({
        ...page,
        row: { ...row, dimensions: { ...page.base, timeliness: 30 - points - rest, completeness: 10 } },
        deductions: [
          { ...late!, points },
          { ...late!, code: 'follow_up_missed', points: rest },
        ],
      })
    // 12 of 25 lost by late reports; then 8 of 25, where only the dimension is worth naming.
    expect(timeliness(12, 3)).toMatchObject({ loss: { share: 'half', place: 'timelinessWritten' } })
    expect(timeliness(8, 7)).toMatchObject({ loss: { share: 'overHalf', place: 'timeliness' } })
  })

  it('names no kind of fault where timeliness stopped at 0', () => {
    const [late] = page.deductions.filter((deduction) => deduction.code === 'written_late')
    const headline = buildUnitHeadline({
      ...page,
      row: { ...row, dimensions: { ...page.base, timeliness: 0 } },
      deductions: [{ ...late!, points: 40 }],
    })
    expect(headline).toMatchObject({ loss: { share: null, place: 'timeliness' } })
  })

  it('says when all of the loss is in one place and when there is none', () => {
    const dimensions = { ...page.base, discipline: 18 }
    expect(buildUnitHeadline({ ...page, row: { ...row, dimensions } })).toMatchObject({
      loss: { share: null, place: 'discipline' },
    })
    expect(buildUnitHeadline({ ...page, row: { ...row, dimensions: page.base } })).toMatchObject({ loss: null })
  })

  it('ranks nobody who was not measured, stands in no table or is alone', () => {
    expect(buildUnitHeadline({ ...page, row: { ...row, score: null, rank: null } })).toEqual({ kind: 'not_measured' })
    expect(buildUnitHeadline({ ...page, row: null })).toEqual({ kind: 'not_in_table' })
    expect(buildUnitHeadline({ ...page, unit: makeUnit({ isOpen: false }), row: null })).toEqual({ kind: 'closed' })
    expect(buildUnitHeadline({ ...page, rankedCount: 1, groupUnitCount: 1 })).toEqual({ kind: 'alone', score: 87.5 })
  })
})

describe('filingLimit', () => {
  it('is 00:00 local time of the day after the due day', () => {
    expect(filingLimit('2026-09-26')).toBe(Date.parse('2026-09-27T00:00:00+08:00'))
  })
})

describe('countMissingElements', () => {
  it('counts judged events that owed something only', () => {
    expect(countMissingElements(page)).toEqual({ elements: 4, events: 2 })
    const events = page.events.map((event) => ({ ...event, standing: 'unit_closed' as const }))
    expect(countMissingElements({ ...page, events })).toEqual({ elements: 0, events: 0 })
  })
})

describe('countFilings', () => {
  it('keeps forms that are not yet due apart', () => {
    const filings = [...page.filings, { ...page.filings[0]!, outcome: 'not_yet_due' as const }]
    expect(countFilings({ ...page, filings })).toEqual({ onTime: 3, late: 1, missing: 0, notYetDue: 1, due: 4 })
  })
})

describe('countByMethod', () => {
  it('leaves out methods that were not used', () => {
    expect(countByMethod(page.checks)).toEqual([
      { method: 'phone', passed: 1, total: 2 },
      { method: 'onsite', passed: 0, total: 1 },
    ])
  })
})
