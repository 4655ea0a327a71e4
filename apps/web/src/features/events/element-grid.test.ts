import { ELEMENTS } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { makeGraveJudgement, makeJudgement } from '../../ui/timeline/testing/make-judgement.ts'
import { buildElementGrid } from './element-grid.ts'

describe('buildElementGrid', () => {
  it('has all twelve elements, in the order of the contract', () => {
    expect(buildElementGrid(makeJudgement()).rows.map((row) => row.element)).toEqual([...ELEMENTS])
  })

  it('tells reports that count from those written after the elements were counted', () => {
    expect(buildElementGrid(makeGraveJudgement()).columns.map((column) => [column.key, column.isCounted])).toEqual([
      ['first-0', true],
      ['follow_up-1', true],
      ['follow_up-2', true],
      ['final-0', false],
    ])
  })

  it('calls an element missing only once it was judged', () => {
    const verdictOf = (isJudged: boolean) => {
      const completeness = { ...makeJudgement().completeness, isJudged }
      return buildElementGrid(makeJudgement({ completeness })).rows.at(-1)?.verdict
    }
    expect(verdictOf(true)).toBe('missing')
    expect(verdictOf(false)).toBe('waiting')
  })
})
