import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../calendar/local-time.ts'
import { CATEGORIES, ELEMENTS, type Level, LEVELS, type ReportFact } from '../facts/facts.ts'
import { eventRulesOf } from '../regulation/event-rules.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makePeriod, makeReport } from '../testing/make-facts.ts'
import { judgeEvent } from '../timeliness/judge-event.ts'
import { compareLevels, type FilingCase, viewFiling } from './filing-clocks.ts'

const LEARNED = at('2026-07-14 11:30:00')

function fileAs(
  level: Level,
  reports: readonly ReportFact[],
  asOf: number,
  more: Partial<FilingCase> = {},
): FilingCase {
  return {
    rules: eventRulesOf(SAMPLE_REGULATION, level, 'accident', 'county'),
    occurredAt: LEARNED - 10 * MINUTE_MS,
    learnedAt: LEARNED,
    reports,
    preReport: null,
    preReportRule: SAMPLE_REGULATION.preReport,
    asOf,
    ...more,
  }
}

/** `kind outcome minutes-from-learned` of each clock. */
function tell(filing: FilingCase): string[] {
  return viewFiling(filing).clocks.map(
    ({ dueAt, kind, missed, outcome }) => `${kind} ${outcome} ${(dueAt - LEARNED) / MINUTE_MS} ${missed}`,
  )
}

describe('the clocks at the desk', () => {
  it('run from the clock of the level before anything is sent, to the second', () => {
    expect(tell(fileAs('II', [], LEARNED))).toEqual(['phone not_yet_due 5 0', 'written not_yet_due 25 0'])
    expect(tell(fileAs('IV', [], LEARNED + 120 * MINUTE_MS))).toEqual(['written not_yet_due 120 0'])
    expect(tell(fileAs('IV', [], LEARNED + 120 * MINUTE_MS + SECOND_MS))[0]).toBe('written missing 120 0')
  })

  it('go on with the elements and the next follow-up once the first report is written', () => {
    const first = makeReport({ level: 'III', writtenAt: LEARNED + 60 * MINUTE_MS, elements: ['source'] })
    expect(tell(fileAs('III', [first], LEARNED + 70 * MINUTE_MS))).toEqual([
      'written on_time 60 0',
      'elements not_yet_due 1500 0',
      'follow_up not_yet_due 330 0',
    ])
    const late = tell(fileAs('III', [first], LEARNED + 3 * DAY_MS))
    expect(late).toEqual(['written on_time 60 0', 'follow_up not_yet_due 4650 6'])
    const final = makeReport({ level: 'III', stage: 'final', writtenAt: LEARNED + 90 * MINUTE_MS })
    expect(tell(fileAs('III', [first, final], LEARNED + 3 * HOUR_MS))).toEqual([
      'written on_time 60 0',
      'elements not_yet_due 1500 0',
    ])
  })

  it('name what met a call: the call itself, or the first report in its time', () => {
    const called = makeReport({ level: 'I', phonedAt: LEARNED + MINUTE_MS })
    expect(viewFiling(fileAs('I', [called], LEARNED + HOUR_MS)).clocks[0]).toMatchObject({
      outcome: 'on_time',
      at: LEARNED + MINUTE_MS,
    })
    const written = makeReport({ level: 'I', writtenAt: LEARNED + 2 * MINUTE_MS })
    expect(viewFiling(fileAs('I', [written], LEARNED + HOUR_MS)).clocks[0]).toMatchObject({
      outcome: 'on_time',
      at: LEARNED + 2 * MINUTE_MS,
    })
  })

  it('have a final report where the rules ask for one by a time, and a later limit after a pre-report', () => {
    const rules = { ...eventRulesOf(SAMPLE_REGULATION, 'IV', 'accident', 'county'), finalLimitSeconds: 7_200 }
    const first = makeReport({ writtenAt: LEARNED })
    expect(tell(fileAs('IV', [first], LEARNED + HOUR_MS, { rules })).at(-1)).toBe('final not_yet_due 120 0')
    const final = makeReport({ stage: 'final', writtenAt: LEARNED + HOUR_MS })
    expect(tell(fileAs('IV', [first, final], LEARNED + 2 * HOUR_MS, { rules })).at(-1)).toBe('final on_time 120 0')
    const preReport = { unitCode: 'U01', eventCode: 'E1', sentAt: LEARNED, reason: '道路中断' }
    const granted = { preReport, preReportRule: { clause: '1', extendsSeconds: 1_800 } }
    expect(tell(fileAs('IV', [], LEARNED, granted))).toEqual(['written not_yet_due 150 0'])
  })

  it('know nothing of elements where the rules ask for none', () => {
    const rules = { ...eventRulesOf(SAMPLE_REGULATION, 'IV', 'accident', 'county'), completeness: [] }
    expect(viewFiling(fileAs('IV', [], LEARNED, { rules }))).toMatchObject({ given: [], missing: [] })
  })

  it('stand level beside level, and leave out what the rules do not know', () => {
    const of = (level: Level) => eventRulesOf(SAMPLE_REGULATION, level, 'accident', 'county')
    const times = { occurredAt: LEARNED - 10 * MINUTE_MS, learnedAt: LEARNED }
    expect(compareLevels({ II: of('II'), IV: of('IV') }, times)).toEqual([
      { level: 'II', phoneDueAt: LEARNED + 5 * MINUTE_MS, writtenDueAt: LEARNED + 25 * MINUTE_MS },
      { level: 'IV', phoneDueAt: null, writtenDueAt: LEARNED + 120 * MINUTE_MS },
    ])
  })
})

const minutes = (max: number) => fc.integer({ min: 0, max }).map((n) => n * MINUTE_MS)

it('say before sending what the judge says after it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LEVELS),
      fc.constantFrom(...CATEGORIES),
      minutes(180),
      fc.option(minutes(60)),
      minutes(300),
      minutes(4_000),
      fc.subarray([...ELEMENTS]),
      (level, category, gap, call, written, later, elements) => {
        const report = makeReport({
          level,
          category,
          occurredAt: LEARNED - gap,
          learnedAt: LEARNED,
          phonedAt: call === null ? null : LEARNED + call,
          writtenAt: LEARNED + written,
          elements,
        })
        const asOf = LEARNED + written + later
        const judged = judgeEvent([report], { periods: [makePeriod()], regulation: SAMPLE_REGULATION, asOf })
        const rules = eventRulesOf(SAMPLE_REGULATION, level, category, 'county')
        const seen = viewFiling(
          fileAs(level, [report], asOf, { rules, occurredAt: report.occurredAt, learnedAt: report.learnedAt }),
        )
        const of = (kind: string) => seen.clocks.find((clock) => clock.kind === kind)
        expect(of('written')).toMatchObject({ dueAt: judged.written.dueAt, outcome: judged.written.outcome })
        expect(of('phone')?.outcome).toBe(judged.phone?.outcome)
        expect(of('phone')?.dueAt).toBe(judged.phone?.dueAt)
        expect([seen.given, seen.missing]).toEqual([judged.completeness.given, judged.completeness.missing])
        const missed = judged.slots.filter(({ metBy }) => metBy === null).length
        expect(of('follow_up')?.missed ?? 0).toBe(missed)
      },
    ),
  )
})
