import { describe, expect, it } from 'vitest'
import { exampleInspector, examplePool, exampleUnit } from '../testing/example-draw.ts'
import { listContradictions, tabulateStandings } from './standing.ts'

const RULES = examplePool().rules

function standingOf(more: Parameters<typeof exampleUnit>[1], rules: Partial<typeof RULES> = {}) {
  const [row] = tabulateStandings(
    examplePool({ units: [exampleUnit('U1', more)], rules: { ...RULES, ...rules }, inspectors: [] }),
  )
  return [row?.kind, ...(row?.reasons ?? [])]
}

describe('the standing of a unit', () => {
  it('is due in the last quarter in which the rule of N quarters can still be kept', () => {
    expect(standingOf({ lastCheckedIn: '2025Q4' })).toEqual(['must', 'due'])
    expect(standingOf({ lastCheckedIn: '2026Q1' })).toEqual(['may', 'free'])
    expect(standingOf({ lastCheckedIn: '2026Q4' }, { everyUnitWithinQuarters: 1 })).toEqual(['may', 'free'])
    expect(standingOf({ lastCheckedIn: null, supervisedSince: '2026Q1' })).toEqual(['must', 'due'])
    expect(standingOf({ lastCheckedIn: null, supervisedSince: '2026Q2' })).toEqual(['may', 'free'])
    expect(standingOf({ lastCheckedIn: '2020Q1' }, { everyUnitWithinQuarters: null })).toEqual(['may', 'free'])
  })

  it('may wait while another draw follows in the quarter', () => {
    expect(standingOf({ lastCheckedIn: '2025Q4' }, { isLastOfQuarter: false })).toEqual(['may', 'due_later'])
  })

  it('is out at the limit of a month, at that of nights by night only, and with a reason of the office', () => {
    expect(standingOf({ checksThisMonth: 1 })).toEqual(['may', 'free'])
    expect(standingOf({ checksThisMonth: 2 })).toEqual(['never', 'month_full'])
    expect(standingOf({ nightChecksThisQuarter: 3 })).toEqual(['never', 'nights_full'])
    expect(standingOf({ nightChecksThisQuarter: 3 }, { isNight: false })).toEqual(['may', 'free'])
    expect(standingOf({ exclusion: 'flood', lastCheckedIn: null })).toEqual(['never', 'excluded', 'due'])
  })

  it('is out when fewer than two inspectors are unrelated to it', () => {
    const [first, second] = [exampleInspector('I1', 'U01'), exampleInspector('I2')]
    const kindOf = (inspectors: readonly (typeof first)[]) => tabulateStandings(examplePool({ inspectors }))[0]?.reasons
    expect(kindOf([first, second])).toEqual(['no_pair'])
    expect(kindOf([first, second, exampleInspector('I3')])).toEqual(['free'])
  })
})

it('tells what cannot be drawn at all, and how much is missing', () => {
  const contradictionsOf = (more: Parameters<typeof examplePool>[0]) => {
    const pool = examplePool(more)
    return listContradictions(pool, tabulateStandings(pool))
  }
  const county = (size: number) => [{ id: 'county', name: 'Counties', size, substitutes: 0 }]
  expect(contradictionsOf({})).toEqual([])
  expect(contradictionsOf({ strata: county(0) })).toEqual([
    { kind: 'too_many_due', stratum: 'county', wanted: 0, there: 1 },
  ])
  expect(contradictionsOf({ strata: county(7) })).toEqual([])
  expect(contradictionsOf({ strata: county(8) })).toEqual([
    { kind: 'too_few_eligible', stratum: 'county', wanted: 8, there: 7 },
  ])
  const empty = { id: 'port', name: 'Ports', size: 1, substitutes: 0 }
  expect(contradictionsOf({ strata: [empty] })).toEqual([
    { kind: 'stratum_empty', stratum: 'port', wanted: 1, there: 0 },
  ])
  expect(contradictionsOf({ rules: { ...RULES, mostPerInspector: 2 } })).toEqual([
    { kind: 'inspectors_too_few', stratum: null, wanted: 12, there: 8 },
  ])
})
