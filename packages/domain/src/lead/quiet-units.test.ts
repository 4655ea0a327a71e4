import { describe, expect, it } from 'vitest'
import { tabulateQuiet, type UnitVolume } from './quiet-units.ts'

const unit = (unitCode: string, events: number, pastEvents = 160, group = '县区组'): UnitVolume => ({
  unitCode,
  group,
  pastEvents,
  pastDays: 365,
  events,
  days: 60,
  unmatchedLeads: 0,
})

describe('a unit that is unusually quiet', () => {
  it('stands out against its own past and its group, and the others do not', () => {
    const rows = tabulateQuiet([unit('C01', 27), unit('C02', 25), unit('C03', 4), unit('C04', 30), unit('C05', 22)])
    expect(rows.map(({ isQuiet, unitCode }) => [unitCode, isQuiet])).toEqual([
      ['C01', false],
      ['C02', false],
      ['C03', true],
      ['C04', false],
      ['C05', false],
    ])
    expect(rows[2]?.expected).toBeGreaterThan(20)
    expect(rows[2]?.tail).toBeLessThan(0.001)
  })

  it('is not measured where few are expected, or nobody of the group reported before', () => {
    const few = tabulateQuiet([unit('D01', 0, 6), unit('D02', 1, 8)])
    expect(few.map(({ expected, isQuiet, tail }) => [expected, tail, isQuiet])).toEqual([
      [null, null, false],
      [null, null, false],
    ])
    expect(tabulateQuiet([unit('D01', 0, 0, '市直组')])[0]).toMatchObject({
      expected: null,
      tail: null,
      isQuiet: false,
    })
  })

  it('is one row for each unit, in order', () => {
    expect(tabulateQuiet([])).toEqual([])
    expect(tabulateQuiet([unit('B', 20), unit('A', 20)]).map(({ unitCode }) => unitCode)).toEqual(['B', 'A'])
  })
})
