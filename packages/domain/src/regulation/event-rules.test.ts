import { describe, expect, it } from 'vitest'
import { findDeductionRule, faultPoints } from './deduction-rule.ts'
import { eventKinds, eventRulesOf, findDeadline, levelsByOccurrence } from './event-rules.ts'
import type { Regulation } from './regulation.ts'
import { ANHUI } from './samples/anhui.ts'
import { HUNAN } from './samples/hunan.ts'
import { MEIZHOU } from './samples/meizhou.ts'
import { deduction, fixed, forLevels, written } from './samples/rule-makers.ts'
import { SAMPLE_REGULATION } from './samples/sample-regulation.ts'

describe('the rules for one kind of event', () => {
  it('are those of its level, its category and the tier of its unit', () => {
    const regulation: Regulation = {
      ...SAMPLE_REGULATION,
      deadlines: [
        { ...written('5-T-1', 10, 'I'), categories: ['accident'] },
        { ...written('5-T-1', 20, 'I'), categories: ['natural_disaster', 'public_health', 'social_security'] },
        { ...written('5-T-2', 30, 'II', 'III', 'IV'), tiers: ['county'] },
        { ...written('5-T-2', 40, 'II', 'III', 'IV'), tiers: ['province', 'city', 'township'] },
      ],
    }
    const minutesOf = (
      ...kind: Parameters<typeof eventRulesOf> extends [unknown, ...infer Rest] ? Rest : never
    ): number => eventRulesOf(regulation, ...kind).writtenLimitSeconds / 60
    expect(minutesOf('I', 'accident', 'city')).toBe(10)
    expect(minutesOf('I', 'public_health', 'county')).toBe(20)
    expect(minutesOf('IV', 'accident', 'county')).toBe(30)
    expect(minutesOf('IV', 'accident', 'township')).toBe(40)
  })

  it('are made once and the same from then on', () => {
    const rules = eventRulesOf(HUNAN, 'II', 'accident', 'county')
    expect(eventRulesOf(HUNAN, 'II', 'accident', 'county')).toBe(rules)
    expect(rules.deductions.written_late?.shape).toEqual({ kind: 'zero_month' })
    expect(eventRulesOf(HUNAN, 'III', 'accident', 'county').deductions.written_late?.shape.kind).toBe(
      'per_started_hour',
    )
  })

  it('refuse a level without a limit, and cite nothing for a clause that is not there', () => {
    const without = { ...SAMPLE_REGULATION, deadlines: [written('5-X-1', 60, 'I')] }
    expect(() => eventRulesOf(without, 'II', 'accident', 'county')).toThrow(RangeError)
    expect(eventRulesOf(without, 'I', 'accident', 'county').citation).toBe('')
    expect(findDeadline(without, { stage: 'final', channel: 'written' }, 'I', 'accident', 'county')).toBeUndefined()
  })

  it('have the elements of the first report before those of the others', () => {
    const stages = ['final', 'follow_up', 'first'] as const
    const completeness = ANHUI.completeness.flatMap((rule) => stages.map((stage) => ({ ...rule, stage })))
    const rules = eventRulesOf({ ...ANHUI, completeness }, 'I', 'accident', 'county')
    expect(rules.completeness.map(({ stage }) => stage)).toEqual(['first', 'follow_up', 'final'])
  })

  it('may have follow-ups every so many hours', () => {
    const schedule = { kind: 'every_hours', hours: 6 } as const
    const regulation = { ...SAMPLE_REGULATION, followUps: [{ ...forLevels('I'), clause: '5-F-1', schedule }] }
    expect(eventRulesOf(regulation, 'I', 'accident', 'county').followUps).toEqual(schedule)
    expect(eventRulesOf(regulation, 'II', 'accident', 'county').followUps).toBeNull()
  })

  it('are for four levels, four categories and four tiers', () => {
    expect(new Set([...eventKinds()].map(({ category, level, tier }) => `${level} ${category} ${tier}`)).size).toBe(64)
  })
})

it('levelsByOccurrence are those whose clock starts when the event occurred', () => {
  expect(levelsByOccurrence(SAMPLE_REGULATION)).toEqual(['I', 'II'])
  expect(levelsByOccurrence(ANHUI)).toEqual(['I', 'II', 'III', 'IV'])
  expect(levelsByOccurrence(HUNAN)).toEqual([])
})

describe('the rule of a fault that has no level', () => {
  it('is for the unit’s tier and its duty mode that day', () => {
    const regulation = {
      deductions: [
        deduction('absent', '1', 'discipline', fixed(1), { dutyModes: ['room'] }),
        deduction('absent', '2', 'discipline', fixed(2), { dutyModes: ['phone'], tiers: ['county'] }),
      ],
    }
    const clauseFor = (tier: 'county' | 'city', dutyMode: 'room' | 'phone' | null): string | undefined =>
      findDeductionRule(regulation, 'absent', { tier, dutyMode })?.clause
    expect([clauseFor('city', 'room'), clauseFor('county', 'phone'), clauseFor('city', 'phone')]).toEqual([
      '1',
      '2',
      undefined,
    ])
    expect(clauseFor('county', null)).toBeUndefined()
  })

  it('costs a share of the item, halves up, and nothing of no item', () => {
    const rule = findDeductionRule(MEIZHOU, 'false', { tier: 'county', dutyMode: null })
    expect([5_00, 1, null].map((item) => faultPoints(rule, item))).toEqual([2_50, 1, 0])
    expect(faultPoints(rule)).toBe(0)
    expect(faultPoints(deduction('false', '3', 'truthfulness', { kind: 'zero_month' }))).toBe(0)
    expect(faultPoints(undefined)).toBe(0)
    expect(forLevels('I').levels).toEqual(['I'])
  })
})
