import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryRegulation } from '../testing/arbitrary-regulation.ts'
import { weighted } from '../testing/change-regulation.ts'
import { CONTRADICTIONS_OF_METHOD } from '../testing/contradictions-of-method.ts'
import { CONTRADICTIONS_OF_RULES } from '../testing/contradictions-of-rules.ts'
import { on } from '../testing/make-facts.ts'
import { checkRegulation, checkVersions, clauseUses, fullPointsOf } from './check-regulation.ts'
import { REGULATION_PROBLEM_REASONS } from './regulation-problem.ts'
import { ANHUI } from './samples/anhui.ts'
import { HUNAN } from './samples/hunan.ts'
import { MEIZHOU } from './samples/meizhou.ts'
import { deduction } from './samples/rule-makers.ts'
import { SAMPLE_REGULATION as SAMPLE } from './samples/sample-regulation.ts'
import { REGULATION_SAMPLES } from './samples/samples.ts'

describe('what can be used', () => {
  it.each(REGULATION_SAMPLES.map((regulation) => [regulation.title, regulation] as const))(
    '%s',
    (_title, regulation) => {
      expect(checkRegulation(regulation)).toEqual([])
    },
  )

  it('a misreport that absorbs and makes the month nothing: that costs something', () => {
    const concealed = deduction('concealed', '1', 'timeliness', { kind: 'zero_month' })
    const deductions = [...HUNAN.deductions, concealed]
    expect(checkRegulation({ ...HUNAN, deductions, absorbingMisreports: ['concealed'] })).toEqual([])
  })

  it('every mixture of shapes', () => {
    fc.assert(
      fc.property(arbitraryRegulation, (regulation) => {
        expect(checkRegulation(regulation)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

const PROBLEMS = [...CONTRADICTIONS_OF_RULES, ...CONTRADICTIONS_OF_METHOD]

describe('what is refused, with the clause and the values that would be accepted', () => {
  it.each(PROBLEMS)('%s: %s', (reason, _what, regulation, expected) => {
    expect(checkRegulation(regulation)).toEqual(expected.map((problem) => ({ reason, ...problem })))
  })

  it('is every reason there is', () => {
    const reached = new Set([...PROBLEMS.map(([reason]) => reason), 'version_twice', 'versions_overlap'])
    expect(REGULATION_PROBLEM_REASONS.filter((reason) => !reached.has(reason))).toEqual([])
  })

  it('comes from the rules it says it does', () => {
    const uses = clauseUses({ ...SAMPLE, preReport: { clause: '5-T-1', extendsSeconds: 1800 } })
    expect(uses.slice(0, 10).map(({ clause, part }) => `${part} ${clause}`)).toEqual([
      'clocks 5-T-1',
      'clocks 5-T-1',
      'clocks 5-T-2',
      'clocks 5-T-2',
      'deadlines 5-T-1',
      'deadlines 5-T-1',
      'deadlines 5-T-2',
      'deadlines 5-T-2',
      'preReport 5-T-1',
      'followUps 5-F-1',
    ])
    expect(clauseUses(ANHUI).filter(({ part }) => part === 'workload')).toEqual([{ part: 'workload', clause: '4' }])
    expect(clauseUses(MEIZHOU).filter(({ part }) => part === 'items')).toEqual([{ part: 'items', clause: '1' }])
  })
})

describe('the most that can be reached', () => {
  it('is the bases, weighted where they are, and the most of workload', () => {
    expect([SAMPLE, ANHUI, HUNAN, MEIZHOU].map(fullPointsOf)).toEqual([100_00, 100_00, 60_00, Infinity])
    // 30 × 40 % + 20 × 30 % + 20 × 10 % + 20 × 10 % + 10 × 10 %
    expect(fullPointsOf(weighted(40_00, 30_00, 10_00, 10_00, 10_00))).toBe(23_00)
  })

  it('has no end where grades see a bonus without an end', () => {
    const endless = { ...SAMPLE, bonus: { ...SAMPLE.bonus, maxPerPeriod: null } }
    const grades = { ...SAMPLE.grades, by: 'with_bonus', excellent: 200_00 } as const
    expect(checkRegulation({ ...endless, grades })).toEqual([])
    expect(checkRegulation({ ...HUNAN, grades: { ...HUNAN.grades, by: 'with_bonus', excellent: 60_01 } })).toHaveLength(
      1,
    )
  })
})

describe('versions', () => {
  const version = (id: string, name: string, effectiveFrom: string | null) => {
    return { id, version: name, effectiveFrom: effectiveFrom === null ? null : on(effectiveFrom) }
  }

  it('follow one another, of one method or of several', () => {
    const versions = [version('a', '1', null), version('a', '2', '2026-07-01'), version('b', '1', '2026-10-01')]
    expect(checkVersions(versions)).toEqual([])
  })

  it('do not bear one name twice, nor begin on one day', () => {
    const versions = [version('a', '1', null), version('a', '1', '2026-07-01'), version('b', '1', '2026-07-01')]
    expect(checkVersions(versions)).toEqual([
      { reason: 'version_twice', clause: null, part: 'version', params: { other: '1' } },
      { reason: 'versions_overlap', clause: null, part: 'effectiveFrom', params: { other: '1' } },
    ])
    expect(checkVersions([version('a', '1', null), version('b', '7', null)])).toMatchObject([
      { reason: 'versions_overlap', params: { other: '1' } },
    ])
  })
})
