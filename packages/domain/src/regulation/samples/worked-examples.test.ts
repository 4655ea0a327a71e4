import { describe, expect, it } from 'vitest'
import { assessUnit } from '../../league/assess-unit.ts'
import type { Regulation } from '../regulation.ts'
import { REGULATION_SAMPLES } from './samples.ts'
import { WORKED_EXAMPLES } from './worked-examples.ts'

function sampleOf(id: string): Regulation {
  const sample = REGULATION_SAMPLES.find((one) => one.id === id)
  if (sample === undefined) throw new RangeError(`no sample ${id}`)
  return sample
}

describe('the examples worked by hand (docs/regulations)', () => {
  it.each(WORKED_EXAMPLES.map((example) => [`${example.regulationId}: ${example.title.en}`, example] as const))(
    '%s',
    (_title, { asOf, expected, facts, holidays, quarter, regulationId }) => {
      const regulation = sampleOf(regulationId)
      const { deductions, ...summary } = assessUnit(facts, { asOf, holidays, quarter, regulation })
      const { lines, ...figures } = expected
      expect(deductions.map(({ code, points, ref }) => ({ code, ref, points }))).toEqual(lines)
      expect(summary).toMatchObject(figures)
    },
  )

  it('are two or more for every sample, told in both languages step by step', () => {
    for (const { id } of REGULATION_SAMPLES) {
      const own = WORKED_EXAMPLES.filter(({ regulationId }) => regulationId === id)
      expect(own.length).toBeGreaterThanOrEqual(2)
      for (const { working } of own) expect(working.zh).toHaveLength(working.en.length)
    }
  })
})
