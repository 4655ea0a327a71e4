import { describe, expect, it } from 'vitest'
import { CALL_OUTCOMES } from './call.ts'
import { dutyLinesOf, type InspectionCourse, judgeInspection } from './judge-inspection.ts'

const SETTINGS = {
  clause: '1',
  maxRings: 3,
  maxSeconds: 15,
  giveUpRings: 8,
  attempts: 2,
  spacingSeconds: 180,
  alternateLine: true,
  callBackSeconds: 600,
} as const
const ITEMS = [
  ['rostered', 'not_as_rostered', null],
  ['present', 'absent', null],
  ['forwarding', 'call_forwarded', ['room']],
  ['log', 'log_missing', null],
  ['handover', 'log_missing', null],
  ['secrecy', null, null],
] as const
const checklist = {
  items: ITEMS.map(([key, finding, dutyModes]) => ({
    key,
    section: '值班',
    text: '一切正常',
    hint: null,
    photo: 'none' as const,
    finding,
    dutyModes,
  })),
}
const LONG = 24 * 3_600_000
const silent = { line: 'duty_room', dialledMs: 0, ringMs: 40_000, rings: 9, outcome: 'no_answer' } as const
const reached = { ...silent, ringMs: 6_000, rings: 2, outcome: 'right_person' } as const

const no = (...items: string[]) => items.map((item) => ({ item, answer: 'no' as const }))

function courseOf(change: Partial<InspectionCourse> = {}, unit: Partial<InspectionCourse['unit']> = {}) {
  return judgeInspection({
    method: 'phone',
    settings: SETTINGS,
    attempts: [reached],
    callBack: null,
    signals: [],
    answers: [],
    checklist,
    elapsedMs: LONG,
    unit: { dutyMode: 'room', isRegistered: false, lines: [], rostered: [], ...unit },
    metPerson: null,
    ...change,
  })
}

const points = (...signals: ('second_line' | 'room_code')[]) =>
  signals.map((signal) => ({ signal, reading: 'points_to' as const, note: null }))

describe('a telephone check', () => {
  it('that reached somebody finds what the answers say, each once, with the items behind it', () => {
    const { findings, result, verdict } = courseOf({ answers: no('handover', 'log', 'secrecy') })
    expect(findings).toEqual([{ finding: 'log_missing', items: ['log', 'handover'], isSuspected: false }])
    expect([result, verdict]).toEqual(['findings', { kind: 'reached', isLate: false }])
    expect(courseOf()).toMatchObject({ result: 'passed', findings: [] })
  })

  it('proves absence by the calls of the protocol alone', () => {
    const twice = [silent, { ...silent, dialledMs: 300_000 }]
    expect(courseOf({ attempts: [silent] })).toMatchObject({ result: 'inconclusive', verdict: null })
    expect(courseOf({ attempts: [silent], answers: no('present') })).toMatchObject({
      result: 'inconclusive',
      findings: [],
      unproven: [{ finding: 'absent', reason: 'protocol' }],
    })
    expect(courseOf({ attempts: twice }).findings).toMatchObject([{ finding: 'no_answer' }])
    // The window for calling back is not over.
    expect(courseOf({ attempts: twice, elapsedMs: 400_000 })).toMatchObject({ result: 'inconclusive', verdict: null })
    const nobody = twice.map((one) => ({ ...one, outcome: 'nobody_on_duty' as const }))
    expect(courseOf({ attempts: nobody, answers: no('present') })).toMatchObject({
      findings: [{ finding: 'absent', items: ['present'] }],
      unproven: [],
    })
  })

  it('of whoever says a name that is on the roster as it was known finds no stranger', () => {
    const stranger = { attempts: [{ ...reached, outcome: 'not_on_roster' as const }], metPerson: '张三' }
    expect(courseOf(stranger).findings).toMatchObject([{ finding: 'not_as_rostered' }])
    expect(courseOf({ ...stranger, answers: no('rostered') }).findings).toEqual([
      { finding: 'not_as_rostered', items: ['rostered'], isSuspected: false },
    ])
    const known = courseOf({ ...stranger, answers: no('rostered') }, { rostered: ['张三'] })
    expect(known).toMatchObject({ findings: [], unproven: [{ finding: 'not_as_rostered', reason: 'on_roster' }] })
  })

  it('goes by the numbers on record, else by those that were dialled', () => {
    expect(dutyLinesOf({ dutyMode: 'room', lines: [] }, [{ line: 'leader' }, { line: 'alternate' }])).toEqual([
      'alternate',
    ])
    const lines = ['alternate', 'duty_mobile', 'duty_room'] as const
    expect(dutyLinesOf({ dutyMode: 'room', lines }, [])).toEqual(['duty_room', 'alternate', 'duty_mobile'])
    expect(dutyLinesOf({ dutyMode: 'phone', lines }, [])).toEqual(['duty_mobile', 'duty_room', 'alternate'])
  })
})

describe('forwarding', () => {
  const signals = points('second_line', 'room_code')

  it('is suspected by two signals, and found when it was seen on the spot', () => {
    expect(courseOf({ signals }).findings).toEqual([{ finding: 'call_forwarded', items: [], isSuspected: true }])
    expect(courseOf({ signals, answers: no('forwarding') }).findings).toEqual([
      { finding: 'call_forwarded', items: ['forwarding'], isSuspected: false },
    ])
    expect(courseOf({ signals: points('room_code') }).findings).toEqual([])
  })

  it('is no fault where it is registered, and nothing is asked of a unit without a duty room', () => {
    const answers = no('forwarding')
    expect(courseOf({ signals, answers }, { isRegistered: true })).toMatchObject({
      findings: [],
      unproven: [{ finding: 'call_forwarded', reason: 'exempt' }],
    })
    expect(courseOf({ signals, answers }, { dutyMode: 'phone' })).toMatchObject({ findings: [], unproven: [] })
  })
})

describe('a check on the spot', () => {
  const method = 'onsite'

  it('takes absence as it was seen, and proves nothing when nothing was looked at', () => {
    expect(courseOf({ method, attempts: [], answers: no('present') }).findings).toMatchObject([{ finding: 'absent' }])
    expect(courseOf({ method, attempts: [] })).toMatchObject({ result: 'inconclusive', verdict: null })
    const answers = [{ item: 'log', answer: 'yes' as const }]
    expect(courseOf({ method, attempts: [], answers }).result).toBe('passed')
  })
})

it('no outcome of one call alone makes a unit absent', () => {
  for (const outcome of CALL_OUTCOMES) {
    const { findings } = courseOf({ attempts: [{ ...silent, outcome }] })
    expect(findings.filter(({ finding }) => ['absent', 'no_answer', 'invalid_number'].includes(finding))).toEqual([])
  }
})
