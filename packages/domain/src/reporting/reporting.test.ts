import { describe, expect, it } from 'vitest'
import { ELEMENTS } from '../facts/facts.ts'
import { CALL_ENTRY_MS, callThatCounts, needsCallReason } from './phone-record.ts'
import { elementsAfterCorrection, leastLevelByDeaths, listElementsGiven } from './report-contents.ts'
import { listNextReports, refusesStage, toEventCode } from './report-order.ts'
import { refusesTimes } from './report-times.ts'

const NOTHING = { texts: {}, place: '', deaths: null, injuries: null, missing: null }
const first = { stage: 'first', sequence: 0, writtenAt: 1 } as const
const told = { ...first, writtenAt: null }
const followUp = { stage: 'follow_up', sequence: 1, writtenAt: 2 } as const
const final = { stage: 'final', sequence: 0, writtenAt: 3 } as const

describe('the elements of a report', () => {
  it('are those of its fields and of the texts that are not blank', () => {
    expect(listElementsGiven(NOTHING)).toEqual(['learned_time', 'occurred_time', 'nature'])
    expect(listElementsGiven({ ...NOTHING, texts: { trend: '趋稳', cause: ' \n ' }, place: '  ' })).toEqual([
      'learned_time',
      'occurred_time',
      'nature',
      'trend',
    ])
    const whole = { ...NOTHING, texts: Object.fromEntries(ELEMENTS.map((element) => [element, '有'])) }
    expect(listElementsGiven(whole)).toEqual(ELEMENTS)
  })

  it('hold the place by its field and casualties by a figure, a nought too', () => {
    expect(listElementsGiven({ ...NOTHING, place: '东街' })).toContain('place')
    for (const figures of [{ deaths: 0 }, { injuries: 2 }, { missing: 0 }]) {
      expect(listElementsGiven({ ...NOTHING, ...figures })).toContain('casualties')
    }
    expect(listElementsGiven({ ...NOTHING, texts: { casualties: '无' } })).toContain('casualties')
  })

  it('are supplemented by a correction only while that counts; what it takes out is out', () => {
    expect(elementsAfterCorrection(['cause', 'trend'], ['trend', 'source'], true)).toEqual(['source', 'trend'])
    expect(elementsAfterCorrection(['cause', 'trend'], ['trend', 'source'], false)).toEqual(['trend'])
  })
})

it.each([
  [null, null],
  [0, 'IV'],
  [2, 'IV'],
  [3, 'III'],
  [9, 'III'],
  [10, 'II'],
  [29, 'II'],
  [30, 'I'],
])('%s deaths are at least level %s of an accident, 以上 included', (deaths, level) => {
  expect(leastLevelByDeaths(deaths)).toBe(level)
})

describe('the order of reports', () => {
  it('begins with the first, and a call alone is none', () => {
    expect(listNextReports([])).toEqual([{ stage: 'first', sequence: 0 }])
    expect(listNextReports([told])).toEqual([{ stage: 'first', sequence: 0 }])
    expect([refusesStage([told], 'first'), refusesStage([told], 'follow_up'), refusesStage([], 'final')]).toEqual([
      null,
      'first_missing',
      'first_missing',
    ])
  })

  it('goes on with numbered follow-ups and one final report', () => {
    expect(listNextReports([first])).toEqual([{ stage: 'follow_up', sequence: 1 }, final0])
    expect(listNextReports([first, { ...followUp, sequence: 3 }, followUp])).toEqual([
      { stage: 'follow_up', sequence: 4 },
      final0,
    ])
    expect([refusesStage([first], 'first'), refusesStage([first], 'follow_up')]).toEqual(['first_taken', null])
  })

  it('ends with the final one', () => {
    expect(listNextReports([first, final])).toEqual([])
    expect([refusesStage([first, final], 'follow_up'), refusesStage([first, final], 'final')]).toEqual([
      'final_taken',
      'final_taken',
    ])
  })

  it('gives an event a code of its unit and day', () => {
    expect(toEventCode('C01', '2026-07-03', 2)).toBe('C01-20260703-02')
    expect(toEventCode('C01', '2026-07-03', 120)).toBe('C01-20260703-120')
  })
})
const final0 = { stage: 'final', sequence: 0 }

describe('the clocks of a report', () => {
  it.each([
    [{ occurredAt: 10, learnedAt: 10, phonedAt: null }, null],
    [{ occurredAt: 8, learnedAt: 9, phonedAt: 10 }, null],
    [{ occurredAt: 8, learnedAt: 11, phonedAt: null }, 'future'],
    [{ occurredAt: 11, learnedAt: 10, phonedAt: null }, 'future'],
    [{ occurredAt: 8, learnedAt: 9, phonedAt: 11 }, 'future'],
    [{ occurredAt: 9, learnedAt: 8, phonedAt: null }, 'learned_before_occurred'],
    [{ occurredAt: 8, learnedAt: 9, phonedAt: 8 }, 'phoned_before_learned'],
  ])('%o are %s at 10', (times, refusal) => {
    expect(refusesTimes(times, 10)).toBe(refusal)
  })
})

describe('a call', () => {
  it('is written down at once, or with a reason', () => {
    expect([needsCallReason(0, CALL_ENTRY_MS), needsCallReason(0, CALL_ENTRY_MS + 1)]).toEqual([false, true])
  })

  it('counts by the record of the office, else as the unit claims it until the office says no', () => {
    expect(callThatCounts([30, 20], 10, false)).toBe(20)
    expect(callThatCounts([30], 10, true)).toBe(30)
    expect(callThatCounts([], 10, false)).toBe(10)
    expect(callThatCounts([], 10, true)).toBeNull()
    expect(callThatCounts([], null, false)).toBeNull()
  })
})
