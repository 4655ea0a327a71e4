import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildTicks, buildTimeScale } from './time-scale.ts'

const HOUR = 3_600_000
const at = (text: string): number => Date.parse(`${text}+08:00`)
const core = { from: at('2026-08-17T14:05:00'), to: at('2026-08-17T16:05:00') }

describe('buildTimeScale', () => {
  it('is to scale between the clock and the limit and what lies near', () => {
    const written = at('2026-08-17T16:35:00')
    const scale = buildTimeScale({ instants: [core.from, core.to, written], core, width: 1020, margin: 10 })
    expect(scale.x(core.from)).toBe(10)
    expect(scale.x(written)).toBe(1010)
    expect(scale.x(core.to)).toBe(810)
    expect(scale.breakAfter).toBeNull()
  })

  it('breaks the axis where something lies days away, so that the limit stays readable', () => {
    const scale = buildTimeScale({ instants: [core.from, core.to, core.to + 80 * HOUR], core, width: 1000, margin: 10 })
    expect(scale.breakAfter).not.toBeNull()
    expect(scale.x(core.to + 80 * HOUR)).toBe(990)
    expect(scale.x(core.to)).toBe(990 - 148)
  })

  it('never puts a later instant to the left of an earlier one', () => {
    const offsets = fc.array(fc.integer({ min: -500 * HOUR, max: 500 * HOUR }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(offsets, (list) => {
        const instants = list.map((offset) => core.from + offset).toSorted((a, b) => a - b)
        const scale = buildTimeScale({ instants, core, width: 800, margin: 12 })
        const xs = instants.map((each) => scale.x(each))
        return xs.every((x, index) => x >= 12 && x <= 788 && (index === 0 || x >= (xs[index - 1] ?? 0)))
      }),
    )
  })
})

describe('buildTicks', () => {
  it('stands on round local times', () => {
    const scale = buildTimeScale({ instants: [], core, width: 1000, margin: 0 })
    expect(buildTicks(scale, 72).map((tick) => new Date(tick + 8 * HOUR).toISOString().slice(11, 16))).toEqual([
      '14:10',
      '14:20',
      '14:30',
      '14:40',
      '14:50',
      '15:00',
      '15:10',
      '15:20',
      '15:30',
      '15:40',
      '15:50',
      '16:00',
    ])
  })

  it('falls on local midnight when a step is a day', () => {
    const long = { from: core.from, to: core.from + 240 * HOUR }
    const ticks = buildTicks(buildTimeScale({ instants: [], core: long, width: 1000, margin: 0 }), 72)
    expect(ticks.every((tick) => (tick + 8 * HOUR) % (24 * HOUR) === 0)).toBe(true)
    expect(ticks).toHaveLength(10)
  })
})
