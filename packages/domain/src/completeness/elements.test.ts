import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../calendar/local-time.ts'
import { ELEMENTS, type ReportFact, type Stage } from '../facts/facts.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makeReport } from '../testing/make-facts.ts'
import { judgeWritten } from '../timeliness/written.ts'
import { type ElementsRule, eventRulesOf } from '../regulation/event-rules.ts'
import { countElements, fromElementMask, toElementMask } from './element-mask.ts'
import { elementPoints, type ElementsJudgement, judgeElements } from './elements.ts'

const RULES = eventRulesOf(SAMPLE_REGULATION, 'IV', 'accident', 'county')
const LEARNED = at('2026-07-14 11:30:00')
const FIRST = at('2026-07-14 12:20:00')
const NEVER = at('2030-01-01 00:00')

const first = makeReport({ learnedAt: LEARNED, writtenAt: FIRST, elements: ['source', 'place'] })
const atTheEnd = makeReport({
  stage: 'follow_up',
  sequence: 1,
  writtenAt: FIRST + DAY_MS,
  elements: ['cause', 'place'],
})
const tooLate = makeReport({ stage: 'final', writtenAt: FIRST + DAY_MS + 1000, elements: ['nature'] })

function judge(rows: ReportFact[], asOf = NEVER): ElementsJudgement & { points: number } {
  const writtenAt = rows.find(({ stage }) => stage === 'first')?.writtenAt ?? null
  const written = judgeWritten(LEARNED, RULES.writtenLimitSeconds, writtenAt, asOf)
  const [judgement, ...others] = judgeElements(rows, RULES.completeness, written, asOf)
  if (judgement === undefined || others.length > 0)
    throw new RangeError('the sample rules judge the first report alone')
  return { ...judgement, points: elementPoints(judgement, written, RULES.deductions.element_missing?.shape) }
}

describe('the elements of an event (docs/indicators/completeness.md)', () => {
  it('worked example: the union of what was written until 24 hours after the first report, to the second', () => {
    const judgement = judge([tooLate, atTheEnd, first])
    expect(fromElementMask(judgement.given)).toEqual(['source', 'place', 'cause'])
    expect(judgement).toMatchObject({ judgedAt: FIRST + DAY_MS, isJudged: true, points: 400 })
  })

  it('are judged from that second on and count nothing before', () => {
    expect(judge([first], FIRST + DAY_MS - 1000)).toMatchObject({
      isJudged: false,
      judgedAt: FIRST + DAY_MS,
      points: 0,
    })
    expect(judge([first], FIRST + DAY_MS)).toMatchObject({ isJudged: true, points: 400 })
  })

  it('show what has come so far until they are judged', () => {
    expect(fromElementMask(judge([first, atTheEnd], FIRST).given)).toEqual(['source', 'place'])
    expect(judge([first], FIRST - 1000)).toMatchObject({ isJudged: false, judgedAt: null, given: 0, points: 0 })
  })

  it('written before the first report count too, never written ones do not', () => {
    const before = makeReport({ stage: 'follow_up', sequence: 1, writtenAt: FIRST - 3_600_000, elements: ['trend'] })
    const never = makeReport({ stage: 'final', elements: ['nature'] })
    expect(fromElementMask(judge([first, before, never]).given)).toEqual(['source', 'place', 'trend'])
  })

  it.each([
    [12, 0],
    [11, 100],
    [9, 300],
    [8, 400],
    [7, 400],
    [0, 400],
  ])('%i given of 12 cost %i hundredths', (given, points) => {
    expect(judge([{ ...first, elements: ELEMENTS.slice(0, given) }]).points).toBe(points)
  })

  it('of a missing event are none of twelve from the second after its limit, whatever follow-ups said', () => {
    const followUp = makeReport({ stage: 'follow_up', sequence: 1, writtenAt: LEARNED + 1000, elements: [...ELEMENTS] })
    const limit = at('2026-07-14 13:30:00')
    expect(judge([followUp], limit)).toMatchObject({ isJudged: false, judgedAt: null, points: 0 })
    expect(judge([followUp], limit + 1000)).toMatchObject({ isJudged: true, judgedAt: limit, given: 0, points: 400 })
  })

  it('of a report that is not owed yet are shown as they come and count nothing', () => {
    const followUp = makeReport({ stage: 'follow_up', sequence: 1, writtenAt: LEARNED + 1000, elements: ['cause'] })
    const judgement = judge([followUp], LEARNED + 1000)
    expect(judgement).toMatchObject({ isJudged: false, judgedAt: null, points: 0 })
    expect(fromElementMask(judgement.given)).toEqual(['cause'])
  })

  it('are counted one by one', () => {
    expect([0, 1, 0b1010_0000_0001, 0xfff].map(countElements)).toEqual([0, 1, 3, 12])
  })
})

describe('elements by stage', () => {
  const HOUR = 3_600_000
  const required = (stage: Stage, supplementSeconds: number): ElementsRule => {
    return { clause: '1', stage, required: toElementMask(['cause', 'nature', 'scope']), supplementSeconds }
  }
  const rows = [
    makeReport({ learnedAt: LEARNED, writtenAt: FIRST, elements: ['cause'] }),
    makeReport({ stage: 'follow_up', sequence: 2, writtenAt: FIRST + 3 * HOUR, elements: ['scope'] }),
    makeReport({ stage: 'follow_up', sequence: 1, writtenAt: FIRST + 2 * HOUR, elements: ['nature', 'place'] }),
    makeReport({ stage: 'follow_up', sequence: 3, elements: ['scope'] }),
    makeReport({ stage: 'final', writtenAt: FIRST + 5 * HOUR, elements: [] }),
  ]
  const judgeAll = (rules: ElementsRule[], asOf = NEVER): string[] => {
    const written = judgeWritten(LEARNED, 7200, FIRST, asOf)
    return judgeElements(rows, rules, written, asOf).map(
      ({ given, isJudged, judgedAt, rule }) =>
        `${rule.stage} ${((judgedAt ?? NaN) - FIRST) / HOUR} ${isJudged} ${fromElementMask(given).join('+')}`,
    )
  }

  it('of a follow-up are its own and those of the window after it, one judgement for each that was written', () => {
    expect(judgeAll([required('follow_up', 3600)])).toEqual(['follow_up 3 true nature+scope', 'follow_up 4 true scope'])
    expect(judgeAll([required('follow_up', 3600)], FIRST + 3 * HOUR)).toEqual([
      'follow_up 3 true nature+scope',
      'follow_up 4 false scope',
    ])
    expect(judgeAll([required('follow_up', 3599)])).toEqual([
      `follow_up ${2 + 3599 / 3600} true nature`,
      `follow_up ${3 + 3599 / 3600} true scope`,
    ])
  })

  it('of a final report sum up all that was reported before', () => {
    expect(judgeAll([required('final', 0)])).toEqual(['final 5 true cause+nature+scope'])
    expect(judgeAll([required('final', 0)], FIRST + 5 * HOUR - 1000)).toEqual([])
  })

  it('of several stages are judged one after the other', () => {
    expect(judgeAll([required('first', 0), required('final', 0)])).toEqual([
      'first 0 true cause',
      'final 5 true cause+nature+scope',
    ])
    expect(judgeAll([])).toEqual([])
  })
})
