import { describe, expect, it } from 'vitest'
import { buildTimelineSentences, type FaultRates, type TimelineWords, wholeMinutes } from './timeline-sentences.ts'
import { makeGraveJudgement, makeJudgement, makeReport } from './testing/make-judgement.ts'

const asOf = Date.parse('2026-10-05T00:00:00+08:00')
const rates: FaultRates = { startedHour: 1, element: 1, slot: 1 }

/** Keys with what fills them, so that a test sees which sentence was chosen and from what. */
const words: TimelineWords = {
  t: (key, params) => `${key.replace('timeline.sentence.', '')} ${JSON.stringify(params ?? {})}`,
  instant: (at, { hasDate, hasSeconds }) =>
    new Date(at + 8 * 3_600_000).toISOString().slice(hasDate ? 5 : 11, hasSeconds ? 19 : 16),
  span: (seconds) => `${seconds}s`,
  points: (points) => points.toFixed(1),
  level: (level) => level,
  elements: (elements) => elements.join(),
  list: (items) => items.join(),
}

function sentence(judgement: ReturnType<typeof makeJudgement>, kind: string, known: FaultRates | null = rates): string {
  return buildTimelineSentences(judgement, asOf, words, known).find((each) => each.kind === kind)?.text ?? ''
}

const late = makeJudgement().written

describe('buildTimelineSentences', () => {
  it('writes the subtraction of a late report out to the points', () => {
    expect(sentence(makeJudgement(), 'written')).toBe(
      'writtenLate {"at":"16:22","from":"14:05","elapsed":"8220s","limit":"7200s","late":"1020s","counting":"startedOne {}","points":"1.0","most":""}',
    )
  })

  it('says that an event met the most it can cost', () => {
    const judgement = makeJudgement({
      written: { ...late, at: '2026-08-17T22:35:00+08:00', lateSeconds: 23_400, startedHours: 7 },
      deductions: [{ ...makeJudgement().deductions[0]!, points: 5 }],
    })
    expect(sentence(judgement, 'written')).toContain(
      '"counting":"startedMany {\\"n\\":7}","points":"5.0","most":"most {\\"points\\":\\"5.0\\"}"',
    )
    expect(sentence(judgement, 'written', null)).toContain('"most":""')
  })

  it('rounds no full hour up', () => {
    const judgement = makeJudgement({
      written: { ...late, at: '2026-08-17T17:05:00+08:00', lateSeconds: 3600, startedHours: 1 },
    })
    expect(sentence(judgement, 'written')).toContain('"counting":"exactHours {\\"n\\":1}"')
  })

  it('adds dates once a subtraction crosses midnight, and seconds once one instant has them', () => {
    const judgement = makeJudgement({ written: { ...late, at: '2026-08-18T01:00:30+08:00' } })
    expect(sentence(judgement, 'written')).toContain('"at":"08-18T01:00:30","from":"08-17T14:05:00"')
  })

  it('names no points where a misreport stands in for the event', () => {
    expect(sentence(makeJudgement({ absorbedBy: ['RD-1'] }), 'written')).toContain('writtenLateFree')
  })

  it('names the first missed slots and counts the others', () => {
    const slots = Array.from({ length: 6 }, (_, day) => ({ at: `2026-08-0${day + 1}T08:00:00+08:00`, metBy: null }))
    const text = sentence(makeGraveJudgement({ slots }), 'slots')
    expect(text).toContain('"missed":6')
    expect(text).toContain('slotsMore {\\"n\\":2}')
    expect(text).toContain('"most":"most')
  })

  it('counts no elements before their time', () => {
    const completeness = { ...makeJudgement().completeness, isJudged: false }
    expect(sentence(makeJudgement({ completeness }), 'elements')).toContain('elementsWaiting')
    expect(sentence(makeJudgement({ completeness: { ...completeness, judgedAt: null } }), 'elements')).toContain(
      'elementsNotStarted',
    )
  })

  it('says how long a report has been missing, and how long is left while it is not due', () => {
    const open = { ...late, at: null, lateSeconds: null, startedHours: null }
    const reports = [makeReport({ writtenAt: null })]
    expect(sentence(makeJudgement({ written: { ...open, outcome: 'missing' }, reports }), 'written')).toContain(
      'writtenMissingFree',
    )
    expect(sentence(makeJudgement({ written: { ...open, outcome: 'not_yet_due' }, reports }), 'written')).toContain(
      'writtenNotYetDue',
    )
  })

  it('judges nothing of what a unit did not know or did not owe', () => {
    const kinds = (standing: 'not_yet_known' | 'unit_closed') =>
      buildTimelineSentences(makeJudgement({ standing }), asOf, words, rates).map((each) => each.kind)
    expect(kinds('not_yet_known')).toEqual(['standing'])
    expect(kinds('unit_closed')[0]).toBe('standing')
  })
})

describe('wholeMinutes', () => {
  it('cuts a running span to minutes, but not a short one to nothing', () => {
    expect(wholeMinutes(3_599_000)).toBe(3540)
    expect(wholeMinutes(45_000)).toBe(45)
  })
})
