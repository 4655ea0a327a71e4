import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLUMN_KEYS, COLUMNS, fitColumns, parseChoice } from './league-columns.ts'
import { BASES } from './standing-view.ts'

const keysOf = (...args: Parameters<typeof fitColumns>) => fitColumns(...args).visible.map((column) => column.key)

describe('fitColumns', () => {
  it('adds the five deductions and the rate on a wide screen only, elements and deductions on request', () => {
    const usual = COLUMN_KEYS.filter((key) => !['elements', 'deductions', 'fair'].includes(key))
    expect(keysOf(1216, 1440, {})).toEqual(usual.filter((key) => key !== 'losses' && key !== 'rate'))
    expect(keysOf(1648, 1920, {})).toEqual(usual)
  })

  it('hides the sparkline first when the window gets narrow, then the whisker, never the possible places', () => {
    expect(keysOf(1120, 1279, {})).not.toContain('trend')
    expect(keysOf(1120, 1279, {})).toContain('whisker')
    expect(keysOf(1060, 1179, {})).not.toContain('whisker')
    expect(keysOf(592, 768, {})).toEqual(['rank', 'unit', 'score', 'onTime', 'places', 'range'])
  })

  it('shows the figures of the fair comparison in its view alone, whatever was chosen', () => {
    expect(keysOf(1216, 1440, {}, 'fair')).toContain('fair')
    expect(keysOf(1216, 1440, { fair: false }, 'fair')).toContain('fair')
    expect(keysOf(1216, 1440, { fair: true })).not.toContain('fair')
  })

  it('keeps what was asked for longer than what showed unasked, and says what found no room', () => {
    const fitted = fitColumns(1050, 1440, { rate: true, losses: true })
    expect(fitted.visible.map((column) => column.key)).toEqual(expect.arrayContaining(['rate', 'losses', 'range']))
    expect(fitted.dropped).toEqual(['parts', 'whisker', 'checks', 'previous', 'trend'])
  })

  it('never asks for more room than there is, save for rank, unit, score and what makes a rank honest', () => {
    const choice = fc.dictionary(fc.constantFrom(...COLUMN_KEYS), fc.boolean())
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 2400 }),
        fc.integer({ min: 320, max: 2600 }),
        choice,
        fc.constantFrom(...BASES),
        (room, width, chosen, basis) => {
          const { visible, dropped } = fitColumns(room, width, chosen, basis)
          const total = visible.reduce((sum, column) => sum + column.width, 0)
          const fixed = COLUMNS.filter(({ isFixed, key }) => isFixed && (key !== 'fair' || basis === 'fair'))
          return (
            total <=
              Math.max(
                room,
                fixed.reduce((sum, column) => sum + column.width, 0),
              ) &&
            fixed.every((column) => visible.includes(column)) &&
            dropped.every((key) => !visible.some((column) => column.key === key))
          )
        },
      ),
    )
  })
})

it('takes from the store only columns and switches it knows', () => {
  expect(parseChoice({ rate: true, grade: false, nonsense: true, trend: 'yes' })).toEqual({ rate: true, grade: false })
  expect([parseChoice(null), parseChoice('x')]).toEqual([{}, {}])
})
