import { describe, expect, it } from 'vitest'
import type { OutcomeCounts } from '../league/assessment.ts'
import { computeMovements } from './movement.ts'

const counts = (onTime: number, late: number, notYetDue = 0): OutcomeCounts => ({
  onTime,
  late,
  missing: 0,
  notYetDue,
  owed: onTime + late + notYetDue,
})

describe('the movement of the share on time', () => {
  it('is solid when it stands among all of the table, hollow when alone, grey when it may be chance', () => {
    const still = Array.from({ length: 30 }, (_, unit) => ({
      unitCode: `S${unit}`,
      now: counts(18, 2),
      before: counts(18, 2),
    }))
    const movements = computeMovements([
      ...still,
      { unitCode: 'FELL', now: counts(20, 20), before: counts(40, 0) },
      { unitCode: 'SLIPPED', now: counts(13, 7), before: counts(19, 1) },
      { unitCode: 'ROSE', now: counts(40, 0, 5), before: counts(20, 20) },
    ])
    const wordsOf = (unitCode: string): string => {
      const { direction, kind } = movements.get(unitCode) ?? {}
      return `${kind} ${direction}`
    }
    expect(['FELL', 'SLIPPED', 'ROSE', 'S0'].map(wordsOf)).toEqual([
      'solid down',
      'hollow down',
      'solid up',
      'grey level',
    ])
    expect(movements.get('ROSE')).toMatchObject({ now: { part: 40, whole: 40 }, before: { part: 20, whole: 40 } })
    expect(movements.get('S0')?.pValue).toBeCloseTo(1, 6)
  })

  it('is nothing without a quarter before, or with nothing decided in one of them', () => {
    const movements = computeMovements([
      { unitCode: 'NEW', now: counts(3, 0), before: null },
      { unitCode: 'WAITS', now: counts(0, 0, 4), before: counts(3, 0) },
      { unitCode: 'QUIET', now: counts(3, 0), before: counts(0, 0) },
    ])
    expect(movements.size).toBe(0)
  })
})
