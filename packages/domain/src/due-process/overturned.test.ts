import { expect, it } from 'vitest'
import { tabulateOverturned } from './overturned.ts'

const of = (code: 'absent' | 'log_missing', state: 'kept' | 'submitted' | 'upheld' | 'rejected', count: number) => ({
  code,
  clause: '12',
  state,
  count,
})

it('counts what was upheld in what was decided, with its range, and nothing that was not handed in', () => {
  const rows = tabulateOverturned([
    of('absent', 'kept', 9),
    of('absent', 'submitted', 1),
    of('absent', 'upheld', 3),
    of('absent', 'rejected', 1),
    of('log_missing', 'submitted', 2),
  ])
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({ code: 'absent', appealed: 5, decided: 4, upheld: 3 })
  // Wilson, 3 of 4.
  expect(rows[0]?.interval?.low).toBeCloseTo(0.3006, 4)
  expect(rows[0]?.interval?.high).toBeCloseTo(0.9544, 4)
  expect(rows[1]).toEqual({ code: 'log_missing', clause: '12', appealed: 2, decided: 0, upheld: 0, interval: null })
})
