import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutToSecond, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../calendar/local-time.ts'
import { toQuarter } from '../calendar/quarter.ts'
import type { PreReportFact, ReopeningFact, UnitFacts } from '../facts/facts.ts'
import { judgeFilings } from '../filing/judge-filings.ts'
import { assessUnit, groupByEvent } from '../league/assess-unit.ts'
import { toNoticeBook } from '../league/notice-book.ts'
import { HUNAN } from '../regulation/samples/hunan.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { arbitraryFacts, arbitraryInstant, arbitraryMomentOf } from '../testing/arbitrary-facts.ts'
import { at, makeFacts, makeReport } from '../testing/make-facts.ts'
import { judgeEvent } from '../timeliness/judge-event.ts'
import { OUTCOMES, type Outcome } from '../timeliness/outcome.ts'
import { toOpenSpans } from '../unit/membership.ts'
import { listEventObligations, listFilingObligations } from './list-obligations.ts'
import { checkReopening, listMilestones, secondsLeft } from './milestones.ts'
import { type Obligation, obligationOutcomeAt } from './obligation.ts'

const QUARTER = toQuarter('2026Q3')
/** Limits for every channel and stage, and time granted for a pre-report. */
const WITH_FINAL = {
  ...SAMPLE_REGULATION,
  preReport: { clause: '5-T-1', extendsSeconds: 3600 },
  deadlines: [
    ...SAMPLE_REGULATION.deadlines,
    {
      clause: '5-F-1',
      stage: 'final' as const,
      channel: 'written' as const,
      limitSeconds: 86_400,
      levels: null,
      categories: null,
      tiers: null,
    },
  ],
}
const REGULATIONS = [SAMPLE_REGULATION, HUNAN, WITH_FINAL]

const notices = fc.record({
  preReports: fc
    .uniqueArray(fc.tuple(fc.constantFrom('E0', 'E1', 'E2'), arbitraryInstant), { selector: ([code]) => code })
    .map((rows) =>
      rows.map(([eventCode, sentAt]): PreReportFact => ({ unitCode: 'U01', eventCode, sentAt, reason: '路断' })),
    ),
  reopenings: fc
    .array(
      fc.record({
        obligation: fc.constantFrom('phone' as const, 'written' as const, 'final' as const, 'filing' as const),
        ref: fc.constantFrom('E0', 'E1', '2026-中秋节/roster'),
        reopenedAt: arbitraryInstant.map(cutToSecond),
        hours: fc.integer({ min: 1, max: 200 }),
      }),
      { maxLength: 4 },
    )
    .map((rows) =>
      rows.map(({ hours, ...row }): ReopeningFact => ({
        ...row,
        unitCode: 'U01',
        until: row.reopenedAt + hours * HOUR_MS,
        reopenedBy: '考核专责',
        reason: '通信中断',
      })),
    ),
})
const facts = fc.tuple(arbitraryFacts, notices).map(([base, more]): UnitFacts => ({ ...base, ...more, adoptions: [] }))
const cases = facts.chain((one) => fc.tuple(fc.constant(one), fc.constantFrom(...REGULATIONS), arbitraryMomentOf(one)))

function listAll(one: UnitFacts, regulation: (typeof REGULATIONS)[number]): Obligation[] {
  const context = { quarter: QUARTER, spans: toOpenSpans(one.periods), regulation, notices: toNoticeBook(one) }
  return [
    ...[...groupByEvent(one.reports).values()].flatMap((reports) => listEventObligations(reports, context)),
    ...listFilingObligations({ ...one, quarter: QUARTER, regulation, holidays: SAMPLE_HOLIDAYS }),
  ]
}

function count(outcomes: readonly (Outcome | null)[]): object {
  const [onTime, late, missing, notYetDue] = OUTCOMES.map((one) => outcomes.filter((each) => each === one).length)
  return { onTime, late, missing, notYetDue, owed: outcomes.filter((one) => one !== null).length }
}

describe('obligations', { timeout: 60_000 }, () => {
  it('are counted as the table counts them, at every moment', () => {
    fc.assert(
      fc.property(cases, ([one, regulation, moment]) => {
        const asOf = cutToSecond(moment)
        const all = listAll(one, regulation)
        const assessment = assessUnit(one, { quarter: QUARTER, regulation, holidays: SAMPLE_HOLIDAYS, asOf })
        const of = (kind: string): (Outcome | null)[] =>
          all.filter((each) => each.kind === kind).map(({ turns }) => obligationOutcomeAt(turns, asOf))
        expect(count(of('written'))).toEqual(assessment.timeliness)
        expect(count(of('filing'))).toEqual(assessment.filings)
      }),
      { numRuns: 1_000 },
    )
  })

  it('turn when the judgement of their event or form turns', () => {
    fc.assert(
      fc.property(cases, ([one, regulation, moment]) => {
        const asOf = cutToSecond(moment)
        const book = toNoticeBook(one)
        const events = groupByEvent(one.reports)
        const filings = judgeFilings({ ...one, quarter: QUARTER, regulation, holidays: SAMPLE_HOLIDAYS, asOf })
        for (const obligation of listAll(one, regulation)) {
          const outcome = obligationOutcomeAt(obligation.turns, asOf)
          if (obligation.kind === 'filing') {
            expect(outcome).toBe(filings.find(({ form, holiday }) => `${holiday}/${form}` === obligation.ref)?.outcome)
            continue
          }
          const judged = judgeEvent(events.get(obligation.ref) ?? [], {
            periods: one.periods,
            regulation,
            asOf,
            notices: book,
          })
          expect(judged.quarter).toBe(QUARTER)
          if (judged.standing !== 'counts') expect(outcome).toBeNull()
          else expect(outcome).toBe(judged[obligation.kind]?.outcome ?? null)
          const { arisesAt, turns } = obligation
          expect(turns[0]?.at).toBe(arisesAt)
          for (const [index, turn] of turns.entries()) expect(turn.outcome).not.toBe(turns[index - 1]?.outcome)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('say when they arose and by when they were due under which clause', () => {
    const report = makeReport({
      level: 'II',
      occurredAt: at('2026-07-03 14:00:00'),
      writtenAt: at('2026-07-03 14:20:00'),
    })
    const one = makeFacts({ reports: [report] })
    const [phone, written, final, ...rest] = listAll(one, WITH_FINAL).filter(({ kind }) => kind !== 'filing')
    expect(phone).toMatchObject({ kind: 'phone', dueAt: at('2026-07-03 14:15:00'), clause: '5-T-1' })
    expect(written).toMatchObject({ kind: 'written', arisesAt: report.learnedAt, dueAt: at('2026-07-03 14:35:00') })
    expect(final).toMatchObject({ kind: 'final', arisesAt: report.writtenAt, dueAt: at('2026-07-04 14:20:00') })
    expect(rest).toEqual([])
  })
})

describe('the timeline of an obligation', () => {
  const learnedAt = at('2026-07-03 14:05:30')
  const preReport = { unitCode: 'U01', eventCode: 'E1', sentAt: learnedAt + HOUR_MS, reason: '路断' }
  const reopening: ReopeningFact = {
    unitCode: 'U01',
    obligation: 'written',
    ref: 'E1',
    until: learnedAt + DAY_MS,
    reopenedAt: learnedAt + 5 * HOUR_MS,
    reopenedBy: '考核专责',
    reason: '通信中断',
  }

  it('names due, grace, closed, re-opened and met in their order, as known then', () => {
    const report = makeReport({ writtenAt: learnedAt + 6 * HOUR_MS })
    const one = makeFacts({ reports: [report], preReports: [preReport], reopenings: [reopening] })
    const [obligation] = listAll(one, WITH_FINAL)
    if (obligation === undefined) throw new RangeError('nothing owed')
    const movedTo = learnedAt + 3 * HOUR_MS
    const known = { metAt: report.writtenAt, preReport, movedTo, supplementUntil: null, reopenings: [reopening] }
    const kinds = (asOf: number): string[] => listMilestones(obligation, asOf, known).map(({ kind }) => kind)
    expect(kinds(learnedAt)).toEqual(['arises', 'due'])
    expect(kinds(learnedAt + 4 * HOUR_MS)).toEqual(['arises', 'pre_reported', 'due', 'grace', 'closed'])
    const whole = ['arises', 'pre_reported', 'due', 'grace', 'closed', 'reopened', 'met']
    expect(kinds(learnedAt + 7 * HOUR_MS)).toEqual(whole)
    const last = listMilestones(obligation, learnedAt + 7 * HOUR_MS, { ...known, supplementUntil: learnedAt + DAY_MS })
    expect(last.at(-2)).toMatchObject({ kind: 'met', outcome: 'on_time' })
    expect(last.at(-1)).toEqual({ kind: 'grace', of: 'supplement', at: learnedAt + DAY_MS })
    // Sent too late to move the limit; done in its last second; done before it was owed.
    const only = { ...known, movedTo: null, reopenings: [] }
    expect(
      listMilestones(obligation, obligation.dueAt, { ...only, metAt: obligation.dueAt }).map(({ kind }) => kind),
    ).toEqual(['arises', 'pre_reported', 'due', 'met'])
    const early = listMilestones(obligation, learnedAt - SECOND_MS, { ...only, metAt: learnedAt - HOUR_MS })
    expect(early[0]).toEqual({ kind: 'met', at: learnedAt - HOUR_MS, outcome: 'on_time' })
  })

  it('leaves time until the very second of the limit', () => {
    expect([secondsLeft(60_000, 0), secondsLeft(0, 0), secondsLeft(0, 1000)]).toEqual([60, 0, -1])
  })
})

describe('a re-opening', () => {
  const now = at('2026-07-10 09:00:00')
  const standing = { now, dueAt: now - DAY_MS, outcome: 'missing' as const }
  const asked = { until: now + HOUR_MS, reason: '通信中断。' }

  it.each([
    [asked, standing, null],
    [{ ...asked, until: now + SECOND_MS }, standing, null],
    [{ ...asked, until: now }, standing, 'until_past'],
    [asked, { ...standing, dueAt: asked.until }, 'until_before_due'],
    [asked, { ...standing, dueAt: asked.until - SECOND_MS }, null],
    [{ ...asked, until: now + 92 * DAY_MS }, standing, null],
    [{ ...asked, until: now + 92 * DAY_MS + MINUTE_MS }, standing, 'until_too_far'],
    [{ ...asked, reason: ' 通信中断 ' }, standing, 'reason_short'],
    [asked, { ...standing, outcome: 'on_time' as const }, 'already_on_time'],
  ])('asked %o of %o: %s', (what, state, problem) => {
    expect(checkReopening(what, state)).toBe(problem)
  })
})
