import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryRegulation } from '../testing/arbitrary-regulation.ts'
import { checkRegulation } from './check-regulation.ts'
import { REGULATION_SAMPLES } from './samples/samples.ts'

describe('what can be used', () => {
  it.each(REGULATION_SAMPLES.map((regulation) => [regulation.title, regulation] as const))(
    '%s',
    (_title, regulation) => {
      expect(checkRegulation(regulation)).toEqual([])
    },
  )

  it('every mixture of shapes', () => {
    fc.assert(
      fc.property(arbitraryRegulation, (regulation) => {
        expect(checkRegulation(regulation)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
