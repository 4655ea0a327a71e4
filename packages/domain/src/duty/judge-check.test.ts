import { describe, expect, it } from 'vitest'
import { FINDINGS } from '../facts/facts.ts'
import type { DeductionShape } from '../regulation/regulation.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makeCheck, makePeriod, on } from '../testing/make-facts.ts'
import { type CheckJudgement, judgeCheck } from './judge-check.ts'

const room = makePeriod({ dutyMode: 'room', validTo: on('2026-08-01') })
const phone = makePeriod({ dutyMode: 'phone', validFrom: on('2026-08-01'), validTo: on('2026-09-01') })

function judge(checkedAt: string, findings: Parameters<typeof makeCheck>[0] = {}): CheckJudgement {
  const check = makeCheck({ ...findings, checkedAt: at(checkedAt) })
  return judgeCheck(check, { periods: [room, phone], regulation: SAMPLE_REGULATION })
}

describe('a check (docs/indicators/duty-discipline.md)', () => {
  it('costs each finding once, in the order of the contract', () => {
    const { deductions, ...rest } = judge('2026-07-31 23:59:59', { findings: [...FINDINGS, ...FINDINGS].reverse() })
    expect(deductions.map(({ code, points }) => `${code} ${points}`)).toEqual([
      'absent 500',
      'call_forwarded 400',
      'no_answer 500',
      'invalid_number 300',
      'leader_unreachable 300',
      'not_as_rostered 200',
      'unfamiliar 100',
      'log_missing 100',
      'equipment_missing 100',
    ])
    expect(deductions[0]).toEqual({
      dimension: 'discipline',
      code: 'absent',
      points: 500,
      ref: 'K1',
      at: at('2026-07-31 23:59:59'),
      clause: '5-D-1',
      zeroesMonth: false,
    })
    expect(rest).toMatchObject({ quarter: '2026Q3', counts: true, isPassed: false })
  })

  it('worked example: a forwarded call costs in a duty room and passes on telephone duty, by the mode of that day', () => {
    expect(judge('2026-07-31 23:59:59', { findings: ['call_forwarded'] })).toMatchObject({
      isPassed: false,
      findings: [{ finding: 'call_forwarded', points: 400 }],
    })
    expect(judge('2026-08-01 00:00:00', { findings: ['call_forwarded'] })).toMatchObject({
      counts: true,
      isPassed: true,
      findings: [{ finding: 'call_forwarded', points: 0 }],
      deductions: [],
    })
  })

  it('passes without findings', () => {
    expect(judge('2026-08-01 00:00:00')).toMatchObject({ counts: true, isPassed: true, findings: [] })
  })

  it('may cost nothing by the rules, or make its month nothing', () => {
    const judgeUnder = (shape: DeductionShape): CheckJudgement => {
      const deductions = SAMPLE_REGULATION.deductions.map((rule) =>
        rule.code === 'absent' ? { ...rule, shape } : rule,
      )
      const regulation = { ...SAMPLE_REGULATION, deductions }
      return judgeCheck(makeCheck({ findings: ['absent'] }), { periods: [phone], regulation })
    }
    expect(judgeUnder({ kind: 'fixed', points: 0 })).toMatchObject({ isPassed: true, deductions: [] })
    expect(judgeUnder({ kind: 'zero_month' })).toMatchObject({
      isPassed: false,
      deductions: [{ code: 'absent', points: 0, zeroesMonth: true }],
    })
  })

  it('counts nothing on a day the unit is closed', () => {
    const closed = judge('2026-09-01 00:00:00', { findings: ['absent'] })
    expect(closed).toMatchObject({ counts: false, isPassed: false, deductions: [] })
    expect(closed.findings).toEqual([{ finding: 'absent', points: 0 }])
    expect(judge('2026-09-01 00:00:00')).toMatchObject({ counts: false, isPassed: true })
  })

  it('belongs to the quarter of its local time', () => {
    expect(judge('2026-09-30 23:59:59').quarter).toBe('2026Q3')
    expect(judge('2026-10-01 00:00:00').quarter).toBe('2026Q4')
  })
})
