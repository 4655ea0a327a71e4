import { describe, expect, it } from 'vitest'
import type { PreReportFact, ReopeningFact, ReportFact } from '../facts/facts.ts'
import { toNoticeBook } from '../league/notice-book.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { deduction, EVERY, fixed } from '../regulation/samples/rule-makers.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makePeriod, makeReport } from '../testing/make-facts.ts'
import { type EventJudgement, judgeEvent } from './judge-event.ts'
import { reopeningsOf } from './reopening.ts'

const NEVER = '2026-12-31 00:00:00'
/** Level IV, learned 2026-07-03 14:05:30, limit 16:05:30. */
const report = (writtenAt: string | null): ReportFact =>
  makeReport({ writtenAt: writtenAt === null ? null : at(writtenAt) })

interface Notices {
  readonly preReports?: readonly PreReportFact[]
  readonly reopenings?: readonly ReopeningFact[]
}

function judge(reports: ReportFact[], regulation: Regulation, asOf: string, notices: Notices = {}): EventJudgement {
  const book = toNoticeBook({ preReports: [], adoptions: [], reopenings: [], ...notices })
  return judgeEvent(reports, { periods: [makePeriod()], regulation, asOf: at(asOf), notices: book })
}

const linesOf = ({ deductions }: EventJudgement): string[] =>
  deductions.filter(({ dimension }) => dimension === 'timeliness').map(({ code, points }) => `${code} ${points / 100}`)

describe('a pre-report (docs/indicators/pre-report.md)', () => {
  const rules = { ...SAMPLE_REGULATION, preReport: { clause: '5-T-2', extendsSeconds: 3600 } }
  const sent = (time: string): PreReportFact => {
    return { unitCode: 'U01', eventCode: 'E1', sentAt: at(`2026-07-03 ${time}`), reason: '道路中断，现场无法通信' }
  }

  it.each([
    ['16:05:30', '17:05:30', 'on_time', '17:05:30', []],
    ['16:05:30', '17:05:31', 'late', '17:05:30', ['written_late 1']],
    ['16:05:30', null, 'missing', '17:05:30', ['written_missing 8']],
    ['16:05:31', '17:05:30', 'late', '16:05:30', ['written_late 1']],
    ['16:05:31', '17:05:31', 'late', '16:05:30', ['written_late 2']],
  ])('worked example: sent %s, report written %s is %s, due %s', (sentAt, writtenAt, outcome, dueAt, lines) => {
    const written = report(writtenAt === null ? null : `2026-07-03 ${writtenAt}`)
    const judgement = judge([written], rules, NEVER, { preReports: [sent(sentAt)] })
    expect(judgement.written).toMatchObject({
      outcome,
      dueAt: at(`2026-07-03 ${dueAt}`),
      ruleDueAt: at('2026-07-03 16:05:30'),
    })
    expect(linesOf(judgement)).toEqual(lines)
    expect(judgement.preReport?.reason).toBe('道路中断，现场无法通信')
  })

  it('moves nothing before it was sent, and nothing at all where the rules know none', () => {
    const preReports = [sent('15:00:00')]
    const dueAt = (asOf: string, regulation: Regulation = rules): unknown => {
      const { preReport, written } = judge([report(null)], regulation, `2026-07-03 ${asOf}`, { preReports })
      return [written.dueAt === at('2026-07-03 17:05:30'), preReport !== null]
    }
    expect(dueAt('14:59:59')).toEqual([false, false])
    expect(dueAt('15:00:00')).toEqual([true, true])
    expect(dueAt('15:00:00', SAMPLE_REGULATION)).toEqual([false, true])
  })

  it('keeps the elements of an event from being missing until the moved limit', () => {
    const missing = (asOf: string): boolean =>
      judge([report(null)], rules, asOf, { preReports: [sent('15:00:00')] }).completeness.isJudged
    expect([missing('2026-07-03 17:05:30'), missing('2026-07-03 17:05:31')]).toEqual([false, true])
  })
})

const reopening = (change: Partial<ReopeningFact> = {}): ReopeningFact => ({
  unitCode: 'U01',
  obligation: 'written',
  ref: 'E1',
  until: at('2026-07-04 12:00:00'),
  reopenedAt: at('2026-07-04 09:00:00'),
  reopenedBy: '李主任',
  reason: '系统停运',
  ...change,
})

describe('a re-opening (docs/indicators/reopening.md)', () => {
  it.each([
    ['2026-07-04 08:59:59', 'missing', '2026-07-03 16:05:30', ['written_missing 8']],
    ['2026-07-04 09:00:00', 'not_yet_due', '2026-07-04 12:00:00', []],
    ['2026-07-04 11:00:00', 'on_time', '2026-07-04 12:00:00', []],
  ])('worked example: as of %s the report of 11:00:00 is %s, due %s', (asOf, outcome, dueAt, lines) => {
    const judgement = judge([report('2026-07-04 11:00:00')], SAMPLE_REGULATION, asOf, { reopenings: [reopening()] })
    expect(judgement.written).toMatchObject({ outcome, dueAt: at(dueAt), ruleDueAt: at('2026-07-03 16:05:30') })
    expect(linesOf(judgement)).toEqual(lines)
    expect(judgement.reopenings).toHaveLength(asOf < '2026-07-04 09' ? 0 : 1)
  })

  it('worked example: a report after the new end is late by what it is over that', () => {
    const judgement = judge([report('2026-07-04 12:00:01')], SAMPLE_REGULATION, NEVER, { reopenings: [reopening()] })
    expect(judgement.written).toMatchObject({ outcome: 'late', lateSeconds: 1 })
    expect(linesOf(judgement)).toEqual(['written_late 1'])
  })

  it('never brings a limit forward; of several the latest end counts, and they are told oldest first', () => {
    const earlier = reopening({ until: at('2026-07-03 15:00:00'), reopenedAt: at('2026-07-04 10:00:00') })
    const alone = judge([report(null)], SAMPLE_REGULATION, NEVER, { reopenings: [earlier] })
    expect(alone.written.dueAt).toBe(at('2026-07-03 16:05:30'))
    const both = judge([report(null)], SAMPLE_REGULATION, NEVER, { reopenings: [earlier, reopening()] })
    expect(both.written.dueAt).toBe(at('2026-07-04 12:00:00'))
    expect(both.reopenings).toEqual([reopening(), earlier])
  })

  it('moves what it names and nothing else', () => {
    const grave = makeReport({ level: 'II', phonedAt: at('2026-07-03 18:00:00') })
    const call = reopening({ obligation: 'phone', until: at('2026-07-03 18:00:00') })
    expect(linesOf(judge([grave], SAMPLE_REGULATION, NEVER, { reopenings: [call] }))).toEqual(['written_missing 8'])
    expect(linesOf(judge([grave], SAMPLE_REGULATION, NEVER, { reopenings: [{ ...call, ref: 'E2' }] }))).toEqual([
      'phone_late 1',
      'written_missing 8',
    ])
    expect(reopeningsOf([call, reopening()], 'written', 'E1')).toEqual([reopening()])
  })

  it('after a pre-report counts when it ends later', () => {
    const regulation = { ...SAMPLE_REGULATION, preReport: { clause: '5-T-2', extendsSeconds: 24 * 3600 } }
    const preReports = [{ unitCode: 'U01', eventCode: 'E1', sentAt: at('2026-07-03 15:00:00'), reason: '道路中断' }]
    const dueAt = (until: string): number =>
      judge([report(null)], regulation, NEVER, { preReports, reopenings: [reopening({ until: at(until) })] }).written
        .dueAt
    expect(dueAt('2026-07-04 12:00:00')).toBe(at('2026-07-04 16:05:30'))
    expect(dueAt('2026-07-05 12:00:00')).toBe(at('2026-07-05 12:00:00'))
  })
})

describe('the final report (docs/indicators/final-report.md)', () => {
  const limit = { ...EVERY, clause: '5-T-2', stage: 'final', channel: 'written', limitSeconds: 48 * 3600 } as const
  const rules: Regulation = {
    ...SAMPLE_REGULATION,
    deadlines: [...SAMPLE_REGULATION.deadlines, limit],
    deductions: [
      ...SAMPLE_REGULATION.deductions,
      deduction('final_late', '5-A-3', 'timeliness', { kind: 'per_started_hour', points: 1_00, max: 2_00 }),
      deduction('final_missing', '5-A-4', 'timeliness', fixed(3_00)),
    ],
  }
  const first = report('2026-07-03 15:00:00')
  const final = (writtenAt: string): ReportFact => makeReport({ stage: 'final', writtenAt: at(writtenAt) })

  it.each([
    ['2026-07-05 15:00:00', 'on_time', []],
    ['2026-07-05 15:00:01', 'late', ['final_late 1']],
    ['2026-07-05 16:00:01', 'late', ['final_late 2']],
    ['2026-07-06 15:00:00', 'late', ['final_late 2']],
    [null, 'missing', ['final_missing 3']],
  ])('worked example: first report 07-03 15:00:00, final %s is %s', (writtenAt, outcome, lines) => {
    const judgement = judge([first, ...(writtenAt === null ? [] : [final(writtenAt)])], rules, NEVER)
    expect(judgement.final).toMatchObject({ outcome, dueAt: at('2026-07-05 15:00:00') })
    expect(linesOf(judgement)).toEqual(lines)
  })

  it('is not yet due up to its limit, and moved by a re-opening of its own', () => {
    expect(judge([first], rules, '2026-07-05 15:00:00').final?.outcome).toBe('not_yet_due')
    expect(judge([first], rules, '2026-07-05 15:00:01').final?.outcome).toBe('missing')
    const reopenings = [reopening({ obligation: 'final', until: at('2026-07-08 00:00:00') })]
    expect(linesOf(judge([first, final('2026-07-08 00:00:00')], rules, NEVER, { reopenings }))).toEqual([])
  })

  it('is not owed before the first is written, nor where the rules set no limit for it', () => {
    expect(judge([report(null), final('2026-07-09 00:00:00')], rules, NEVER).final).toBeNull()
    expect(judge([first], SAMPLE_REGULATION, NEVER).final).toBeNull()
  })
})
