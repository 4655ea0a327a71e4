import { InspectionDocument, toInspectionJson } from '@zhidu/contract'
import { CALL_OUTCOMES, type CallOutcome, SIGNAL_READINGS, FORWARDING_SIGNALS } from '@zhidu/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeKit, NIGHT } from '../testing/make-kit.ts'
import {
  addFile,
  answerRest,
  askCallBack,
  conclude,
  dial,
  endCall,
  readSignal,
  setAnswer,
  suspectForwarding,
  takeCallBack,
} from './acts.ts'
import { beginCheck } from './begin.ts'
import { forwardingOf, listFindings, listItems, ringAt, roomCodeAt, stepOf, verdictOf } from './reading.ts'
import { elapsedMs, type Sheet, type SheetBasis, type SheetCourse, stepBack, touch, withCourse } from './sheet.ts'
import { toDocument } from './to-document.ts'
import { nextVisit, tabulateVisits } from './visit-states.ts'

const MINUTE = 60_000
const kit = makeKit()
const now = { session: 's', monotonicMs: 1_000, wallMs: NIGHT }

function begin(method: 'phone' | 'onsite' = 'phone', changes: Partial<SheetBasis> = {}): Sheet {
  const [visit = null] = kit.visits
  const sheet = beginCheck({
    inspectionId: '00000000-0000-4000-8000-000000000001',
    kit,
    method,
    unitCode: 'D01',
    visit,
    reason: null,
  })
  if (sheet === null) throw new Error('the kit has it')
  return { ...sheet, basis: { ...sheet.basis, ...changes } }
}

/** One call: dialled, and ended so long after. */
function call(
  sheet: Sheet,
  outcome: CallOutcome,
  atMs: number,
  ringMs = 40_000,
  line: 'duty_room' | 'alternate' = 'duty_room',
): Sheet {
  const dialled = dial(sheet.course, { line, number: '0600', atMs, now })
  return withCourse(sheet, endCall(sheet.basis, dialled, outcome, atMs + ringMs))
}

describe('a telephone check', () => {
  it('goes to the questions when somebody answers, and to the read-back only when the protocol allows a verdict', () => {
    expect(call(begin(), 'right_person', 0).course.stage).toBe('items')
    const alone = begin('phone', { unit: { ...begin().basis.unit, lines: begin().basis.unit.lines.slice(0, 1) } })
    const once = call(alone, 'no_answer', 0)
    expect([once.course.stage, verdictOf(once.basis, once.course, { elapsedMs: 60 * MINUTE, startAt: NIGHT })]).toEqual(
      ['call', null],
    )
    const twice = call(once, 'no_answer', 4 * MINUTE)
    expect(twice.course.stage).toBe('call')
    expect(verdictOf(twice.basis, twice.course, { elapsedMs: 5 * MINUTE, startAt: NIGHT })).toBeNull()
    // Nobody called back in ten minutes.
    const end = 4 * MINUTE + 40_000 + 10 * MINUTE
    expect(conclude(twice.basis, twice.course, end - 1).stage).toBe('call')
    expect(conclude(twice.basis, twice.course, end)).toMatchObject({ stage: 'read_back', opinion: 'nobody' })
    expect(listFindings(twice.basis, twice.course, { elapsedMs: end, startAt: NIGHT })).toEqual(['no_answer'])
  })

  it('takes a call back in the window as reached, and answers the question of the roster when another person answered', () => {
    const twice = call(call(begin(), 'no_answer', 0), 'no_answer', 4 * MINUTE)
    const asked = askCallBack(twice.course, 5 * MINUTE)
    expect(takeCallBack(twice.basis, asked, { isFromDutyLine: true, atMs: 6 * MINUTE }).stage).toBe('items')
    expect(takeCallBack(twice.basis, asked, { isFromDutyLine: false, atMs: 6 * MINUTE }).stage).toBe('call')
    const other = call(begin(), 'not_on_roster', 0)
    expect(other.course).toMatchObject({ stage: 'items', answers: { rostered: { answer: 'no' } } })
  })

  it('suspects forwarding by two signals, never by one, and never on telephone duty', () => {
    const { basis, course } = begin()
    const answered = suspectForwarding(basis, dial(course, { line: 'duty_room', number: '0600', atMs: 0, now }), 9_000)
    expect([answered.stage, answered.attempts[0]?.outcome]).toEqual(['signals', 'right_person'])
    const one = readSignal(answered, { signal: 'second_line', reading: 'points_to', note: null })
    expect(forwardingOf(basis, one, { elapsedMs: 1, startAt: NIGHT }).isSuspected).toBe(false)
    const two = readSignal(one, { signal: 'room_code', reading: 'points_to', note: null })
    expect(listFindings(basis, two, { elapsedMs: 1, startAt: NIGHT })).toEqual(['call_forwarded'])
    const mobile = { ...basis, unit: { ...basis.unit, dutyMode: 'phone' as const } }
    expect(listFindings(mobile, two, { elapsedMs: 1, startAt: NIGHT })).toEqual([])
    const changed = readSignal(two, { signal: 'room_code', reading: 'speaks_against', note: null })
    expect(forwardingOf(basis, changed, { elapsedMs: 1, startAt: NIGHT }).isSuspected).toBe(false)
    const until = (forwardingUntil: string) => ({
      ...basis,
      unit: { ...basis.unit, lines: basis.unit.lines.map((line) => ({ ...line, forwardingUntil })) },
    })
    expect(forwardingOf(until('2026-10-09'), two, { elapsedMs: 1, startAt: NIGHT }).exempt).toBe('registered')
    expect(forwardingOf(until('2026-10-08'), two, { elapsedMs: 1, startAt: NIGHT }).exempt).toBeNull()
  })

  it('counts rings by the seconds: one each five, the first at once', () => {
    expect([0, 4_999, 5_000, 24_000, 35_000].map(ringAt)).toEqual([1, 1, 2, 5, 8])
  })

  it('asks only what its duty mode is asked, and one tap answers what is left', () => {
    const { basis, course } = begin()
    const faulty = setAnswer(course, 'limits', { answer: 'no' })
    expect(listFindings(basis, answerRest(basis, faulty), { elapsedMs: 0, startAt: NIGHT })).toEqual(['unfamiliar'])
    const given = Object.values(answerRest(basis, faulty).answers).map(({ answer }) => answer)
    expect([given.filter((one) => one === 'no').length, given.length]).toEqual([1, 5])
    const mobile = { ...basis, unit: { ...basis.unit, dutyMode: 'phone' as const } }
    expect(listItems(mobile).map(({ key }) => key)).toEqual(['rostered', 'leader', 'limits', 'log'])
  })

  it('shows the code of the five minutes it is in', () => {
    const { basis } = begin()
    expect([0, 299_999, 300_000].map((ms) => roomCodeAt(basis, Date.parse(kit.codesFrom) + ms))).toEqual([
      '4000',
      '4000',
      '4001',
    ])
    expect(roomCodeAt(basis, Date.parse(kit.codesFrom) - 1)).toBeNull()
  })
})

describe('time', () => {
  it('goes on by the monotonic clock whatever the wall clock is set to, and over a restart by the wall clock', () => {
    const started = touch(
      withCourse(begin(), dial(begin().course, { line: 'duty_room', number: null, atMs: 0, now })),
      now,
    )
    const seen = touch({ ...started, seen: { ...now, elapsedMs: 0 } }, { ...now, monotonicMs: 6_000, wallMs: 0 })
    expect(seen.seen?.elapsedMs).toBe(5_000)
    const restarted = { session: 'next', monotonicMs: 10, wallMs: NIGHT + 65_000 }
    expect(
      elapsedMs(
        { ...seen, seen: { session: 's', monotonicMs: 6_000, wallMs: NIGHT + 5_000, elapsedMs: 5_000 } },
        restarted,
      ),
    ).toBe(65_000)
    // Set back meanwhile: not known, and never backwards.
    expect(elapsedMs(seen, { ...restarted, wallMs: -1 })).toBe(5_000)
  })

  it('stays begun when the first call is taken back', () => {
    const dialled = withCourse(begin(), dial(begin().course, { line: 'duty_room', number: null, atMs: 0, now }))
    const back = stepBack(dialled)
    expect([back.course.dialling, back.course.start, back.past]).toEqual([null, now, []])
    expect(stepBack(back)).toBe(back)
  })
})

describe('what is sent', () => {
  const words = fc.oneof(
    fc.constantFrom('', ' 道路中断 ', '\ud800半个', 'a\0b'),
    fc.string({ maxLength: 30, unit: 'grapheme' }),
  )
  const act: fc.Arbitrary<(course: SheetCourse, basis: SheetBasis) => SheetCourse> = fc.oneof(
    fc.record({ outcome: fc.constantFrom(...CALL_OUTCOMES), ms: fc.nat({ max: 60_000 }) }).map(
      ({ ms, outcome }) =>
        (course: SheetCourse, basis: SheetBasis) =>
          endCall(basis, dial(course, { line: 'duty_room', number: ' 0600 1 ', atMs: 0, now }), outcome, ms),
    ),
    fc
      .record({
        signal: fc.constantFrom(...FORWARDING_SIGNALS),
        reading: fc.constantFrom(...SIGNAL_READINGS),
        note: words,
      })
      .map((record) => (course: SheetCourse) => readSignal(course, record)),
    fc.record({ item: fc.constantFrom('rostered', 'leader', 'limits', 'log', 'unknown'), note: words }).map(
      ({ item, note }) =>
        (course: SheetCourse) =>
          setAnswer(course, item, { answer: 'no', note }),
    ),
    fc
      .nat({ max: 5 })
      .map(
        (n) => (course: SheetCourse) =>
          addFile(
            course,
            { sha256: String(n).repeat(64), kind: 'photo', type: 'image/jpeg', bytes: 1, takenMs: 1, name: ' 照片 ' },
            'log',
          ),
      ),
    words.map((note) => (course: SheetCourse) => ({
      ...course,
      note,
      objection: note,
      person: note,
      post: note,
      opinion: 'objects' as const,
    })),
    fc.nat({ max: 9 }).map((atMs) => (course: SheetCourse) => askCallBack(course, atMs)),
  )
  const anchor = fc.record({
    session: fc.constantFrom('s', 'other'),
    monotonicMs: fc.nat(),
    wallMs: fc.nat(),
    serverMs: fc.nat(),
    roundTripMs: fc.nat({ max: 1_000 }),
  })

  it('has the spelling that the server hashes, whatever was tapped and typed', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 12 }),
        fc.array(anchor, { maxLength: 14 }),
        fc.nat({ max: 100_000_000 }),
        (acts, anchors, elapsedMs) => {
          const { basis, ...sheet } = begin()
          const course = acts.reduce<SheetCourse>((course, one) => one(course, basis), { ...sheet.course, start: now })
          const document = toDocument({ ...sheet, basis, course }, { anchors, elapsedMs, readBack: ' 念给对方听 ' })
          expect(toInspectionJson(InspectionDocument.parse(document))).toBe(JSON.stringify(document))
          expect(document.anchors.length).toBe(Math.min(10, anchors.length))
          const own = anchors.filter(({ session }) => session === 's')
          if (own.length > 0) expect(document.anchors[0]?.session).toBe('s')
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is nothing before the check was begun', () => {
    const sheet = begin()
    expect(() => toDocument(sheet, { anchors: [], elapsedMs: 0, readBack: 'x' })).toThrow('not begun')
  })
})

describe('the list', () => {
  it('says where each visit stands, and goes on with the next that is open and the reader’s', () => {
    const visits = kit.visits.map((visit, index) => ({
      ...visit,
      isMine: index !== 1,
      inspectionId: index === 2 ? '00000000-0000-4000-8000-000000000009' : null,
    }))
    const own = { ...kit, visits }
    const sheetOfVisit = (index: number, start: Sheet['course']['start']): Sheet => {
      const visit = visits[index] ?? null
      const sheet = beginCheck({
        inspectionId: `i${index}`,
        kit: own,
        method: 'phone',
        unitCode: `D0${index + 1}`,
        visit,
        reason: null,
      })
      if (sheet === null) throw new Error('the kit has it')
      return { ...sheet, course: { ...sheet.course, start } }
    }
    const draft = (index: number, start: Sheet['course']['start']) => ({
      draftId: `i${index}`,
      document: sheetOfVisit(index, start),
      files: [],
      savedAt: 0,
    })
    const item = (index: number, refusal: { code: 'invalid'; reason: string } | null) => ({
      itemId: `i${index}`,
      text: '',
      hash: '',
      document: sheetOfVisit(index, now),
      files: [],
      isReceived: false,
      refusal,
      submittedAt: 0,
      vainCount: 0,
      notBefore: 0,
      deliveredAt: null,
    })
    const rows = tabulateVisits(own, {
      drafts: [draft(0, now), draft(3, null)],
      waiting: [item(4, null), item(5, { code: 'invalid', reason: 'x' })],
      delivered: [item(6, null)],
    })
    expect(rows.map(({ standing, visit }) => `${visit.position} ${standing}`)).toEqual([
      '1 begun',
      '3 elsewhere',
      '4 open',
      '5 saved',
      '6 refused',
      '7 delivered',
      '8 open',
      '2 open',
    ])
    expect(nextVisit(rows, rows[0]?.key ?? null)?.visit.position).toBe(4)
    expect(nextVisit(rows, rows[2]?.key ?? null)?.visit.position).toBe(8)
    expect(nextVisit(rows, rows[6]?.key ?? null)?.visit.position).toBe(4)
  })
})

it('has a step for every state, so that a verdict is never offered before the protocol allows it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...CALL_OUTCOMES), { maxLength: 6 }), (outcomes) => {
      let sheet = begin()
      for (const [index, outcome] of outcomes.entries()) {
        const atMs = index * 4 * MINUTE
        const step = stepOf(sheet.basis, sheet.course, atMs)
        if (step.kind !== 'dial' || sheet.course.stage !== 'call') break
        sheet = call(sheet, outcome, Math.max(atMs, step.notBeforeMs), 1_000, step.line as 'duty_room')
        const allowed = stepOf(sheet.basis, sheet.course, Math.max(atMs, step.notBeforeMs) + 1_000).kind === 'conclude'
        expect(sheet.course.stage !== 'call').toBe(allowed)
      }
    }),
  )
})
