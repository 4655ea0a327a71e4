import { describe, expect, it } from 'vitest'
import { buildFirstTimeline, buildLaterTimeline, judgedReport, needsSeconds } from './timeline-model.ts'
import { makeGraveJudgement, makeJudgement, makeReport } from './testing/make-judgement.ts'

const at = (text: string): number => Date.parse(`${text}+08:00`)
const asOf = at('2026-10-05T00:00:00')

describe('buildFirstTimeline', () => {
  it('lists every instant up to the first report in order, with what it was read from', () => {
    const { marks } = buildFirstTimeline(makeJudgement(), asOf)
    const report = { kind: 'report', stage: 'first', sequence: 0 }
    expect(marks).toEqual([
      { at: at('2026-08-17T13:52:00'), kinds: ['occurred'], tone: 'fact', sources: [report] },
      { at: at('2026-08-17T14:05:00'), kinds: ['learned'], tone: 'clock', sources: [report] },
      { at: at('2026-08-17T14:21:00'), kinds: ['phoned'], tone: 'fact', sources: [report] },
      { at: at('2026-08-17T16:05:00'), kinds: ['written_limit'], tone: 'limit', sources: [{ kind: 'rule' }] },
      { at: at('2026-08-17T16:22:00'), kinds: ['written'], tone: 'late', sources: [report] },
    ])
  })

  it('ends the overrun at the late report', () => {
    expect(buildFirstTimeline(makeJudgement(), asOf).bars).toEqual([
      {
        kind: 'written',
        from: at('2026-08-17T14:05:00'),
        dueAt: at('2026-08-17T16:05:00'),
        overrunTo: at('2026-08-17T16:22:00'),
        isOpen: false,
      },
    ])
  })

  it('lets the overrun of a missing report run on to now', () => {
    const missing = makeJudgement({
      written: { ...makeJudgement().written, at: null, outcome: 'missing', lateSeconds: null, startedHours: null },
      reports: [makeReport({ writtenAt: null })],
    })
    const { bars, marks } = buildFirstTimeline(missing, asOf)
    expect(bars[0]).toMatchObject({ overrunTo: asOf, isOpen: true })
    expect(marks.at(-1)).toMatchObject({ kinds: ['as_of'], at: asOf })
  })

  it('draws no overrun while the limit has not passed', () => {
    const waiting = makeJudgement({
      written: { ...makeJudgement().written, at: null, outcome: 'not_yet_due', lateSeconds: null, startedHours: null },
      reports: [makeReport({ writtenAt: null })],
    })
    expect(buildFirstTimeline(waiting, at('2026-08-17T15:00:00')).bars[0]).toMatchObject({ overrunTo: null })
  })

  it('shares a point between instants of one second, with the gravest tone', () => {
    const same = '2026-08-17T14:05:00+08:00'
    const judgement = makeJudgement({ occurredAt: same, reports: [makeReport({ occurredAt: same, phonedAt: same })] })
    expect(buildFirstTimeline(judgement, asOf).marks[0]).toMatchObject({
      kinds: ['occurred', 'learned', 'phoned'],
      tone: 'clock',
    })
  })

  it('shares a point between a limit and the report that met it to the second', () => {
    const dueAt = makeJudgement().written.dueAt
    const written = {
      ...makeJudgement().written,
      at: dueAt,
      outcome: 'on_time' as const,
      lateSeconds: null,
      startedHours: null,
    }
    const judgement = makeJudgement({ written, reports: [makeReport({ writtenAt: dueAt })] })
    expect(buildFirstTimeline(judgement, asOf).marks.at(-1)).toEqual({
      at: at('2026-08-17T16:05:00'),
      kinds: ['written_limit', 'written'],
      tone: 'limit',
      sources: [{ kind: 'rule' }, { kind: 'report', stage: 'first', sequence: 0 }],
    })
  })

  it('starts the clock of a grave event when it occurred and draws the window of the call', () => {
    const { marks, bars } = buildFirstTimeline(makeGraveJudgement(), asOf)
    expect(marks.find((mark) => mark.tone === 'clock')?.kinds).toEqual(['occurred'])
    expect(bars.map((bar) => [bar.kind, bar.overrunTo])).toEqual([
      ['written', null],
      ['phone', at('2026-07-31T21:58:05')],
    ])
  })

  it('does not mark a call as late where the report in writing stands for it', () => {
    const phone = { ...makeGraveJudgement().phone!, outcome: 'on_time' as const, lateSeconds: null, metByWritten: true }
    const { marks, bars } = buildFirstTimeline(makeGraveJudgement({ phone }), asOf)
    expect(marks.find((mark) => mark.kinds.includes('phoned'))?.tone).toBe('fact')
    expect(bars.every((bar) => bar.overrunTo === null)).toBe(true)
  })
})

describe('judgedReport', () => {
  it('is the earliest by learning when there is no first report', () => {
    const reports = [
      makeReport({ stage: 'final', learnedAt: '2026-08-17T14:00:00+08:00' }),
      makeReport({ stage: 'follow_up', sequence: 2, learnedAt: '2026-08-17T14:00:00+08:00' }),
      makeReport({ stage: 'follow_up', sequence: 1, learnedAt: '2026-08-17T14:01:00+08:00' }),
    ]
    expect(judgedReport(makeJudgement({ reports }))).toMatchObject({ stage: 'follow_up', sequence: 2 })
  })

  it('is nothing where no report came at all', () => {
    expect(judgedReport(makeJudgement({ reports: [] }))).toBeUndefined()
  })
})

describe('buildLaterTimeline', () => {
  it('has the limit of the final report among its marks, also where nothing has come yet', () => {
    const dueAt = '2026-08-24T16:05:00+08:00'
    const later = buildLaterTimeline(makeJudgement(), asOf, dueAt)
    expect(later?.marks.at(-1)).toEqual({ at: Date.parse(dueAt), kind: 'final_limit', stage: null, sequence: 0 })
    expect(later?.to).toBe(Date.parse(dueAt))
    expect(buildLaterTimeline(makeJudgement(), asOf)?.marks.map(({ kind }) => kind)).not.toContain('final_limit')
  })

  it('tells slots met from slots missed and puts reports and the count of elements between them', () => {
    const later = buildLaterTimeline(makeGraveJudgement(), asOf)
    expect(later?.marks.map((mark) => mark.kind)).toEqual([
      'report',
      'slot_met',
      'report',
      'slot_met',
      'judged',
      'slot_missed',
      'slot_met',
      'report',
    ])
  })

  it('is absent without a first report in writing', () => {
    const written = { ...makeJudgement().written, at: null, outcome: 'missing' as const }
    expect(buildLaterTimeline(makeJudgement({ written }), asOf)).toBeNull()
  })

  it('leaves out reports written after the moment asked about', () => {
    const later = buildLaterTimeline(makeGraveJudgement(), at('2026-08-01T12:00:00'))
    expect(later?.marks.filter((mark) => mark.kind === 'report')).toHaveLength(1)
  })
})

describe('needsSeconds', () => {
  it('asks for seconds as soon as one instant has them', () => {
    expect(needsSeconds([at('2026-08-17T14:05:00'), at('2026-08-17T16:05:00')])).toBe(false)
    expect(needsSeconds([at('2026-08-17T14:05:00'), at('2026-08-17T16:05:30')])).toBe(true)
  })
})
