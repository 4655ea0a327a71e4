import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainDate } from '../calendar/plain-date.ts'
import type { Movement } from '../rank-range/movement.ts'
import { type AgendaDecision, type AgendaFacts, buildAgenda, TYPICAL_FINDINGS } from './agenda.ts'
import {
  DECISION_STEPS,
  decisionLampOf,
  decisionStandingOf,
  type DecisionStep,
  refusesDecisionStep,
} from './decision.ts'
import { computeIndicatorChange } from './follow-up.ts'
import { hideNames, pseudonymOf } from './hide-names.ts'
import { seatStandingsOf } from './invitation.ts'
import { isSameItem, type MeetingItem } from './meeting-document.ts'

const DAY = toPlainDate('2026-10-20')
const LATER = toPlainDate('2026-10-25')
const DECIDED = { by: 'clerk', lastDay: DAY }

function moveOf(direction: Movement['direction'], kind: Movement['kind'], low = 0.1): Movement {
  const interval = direction === 'up' ? { low, high: low + 0.2 } : { low: -low - 0.2, high: -low }
  return { kind, direction, now: { part: 9, whole: 10 }, before: { part: 5, whole: 10 }, interval, pValue: 0.001 }
}

const decision = (state: AgendaDecision['state'], lastDay = DAY): AgendaDecision => ({
  state,
  lastDay,
  isReceived: false,
  returns: 0,
  decisionId: `${state} ${lastDay}`,
  unitCode: 'A',
  decidedOn: DAY,
  text: '完善值守',
  indicator: null,
  change: null,
})

const NOTHING: AgendaFacts = { decisions: [], moves: [], last: [], repeated: [], overdue: [], findings: [] }

const unitCode = fc.constantFrom('A', 'B', 'C')
const facts: fc.Arbitrary<AgendaFacts> = fc.record({
  decisions: fc.array(
    fc.constantFrom(...(['open', 'reported', 'closed'] as const)).map((state) => decision(state)),
    { maxLength: 6 },
  ),
  moves: fc.array(
    fc.record({
      unitCode,
      group: fc.constant('组'),
      movement: fc
        .tuple(
          fc.constantFrom('up' as const, 'down' as const),
          fc.constantFrom('solid' as const, 'hollow' as const, 'grey' as const),
        )
        .map(([direction, kind]) => moveOf(direction, kind)),
    }),
    { maxLength: 5 },
  ),
  last: fc.array(
    fc.record({
      unitCode,
      group: fc.constant('组'),
      rank: fc.nat(9),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 3 },
  ),
  repeated: fc.array(
    fc.record({ unitCode, finding: fc.constantFrom('absent' as const, 'no_answer' as const), caseId: fc.uuid() }),
    { maxLength: 5 },
  ),
  overdue: fc.array(fc.record({ unitCode, caseId: fc.uuid(), lastDay: fc.constantFrom(DAY, LATER) }), { maxLength: 4 }),
  findings: fc.array(
    fc.record({ finding: fc.constantFrom('absent' as const, 'no_answer' as const), count: fc.nat(3) }),
    { maxLength: 4 },
  ),
})

describe('an agenda', () => {
  it('opens with earlier decisions, the open ones first, and has nothing without evidence', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const agenda = buildAgenda(given)
        expect(agenda.every(({ evidence }) => evidence.length > 0)).toBe(true)
        const states = agenda.map(({ topic }) =>
          topic.kind === 'follow_up' ? (topic.decision.state === 'closed' ? 1 : 0) : 2,
        )
        expect(states).toEqual(states.toSorted((a, b) => a - b))
        expect(states.filter((state) => state < 2).length).toBe(given.decisions.length)
      }),
    )
  })

  it('speaks of no movement that may be chance, and of the widest first', () => {
    const moves = [
      { unitCode: 'B', group: '组', movement: moveOf('up', 'solid', 0.1) },
      { unitCode: 'A', group: '组', movement: moveOf('up', 'solid', 0.1) },
      { unitCode: 'F', group: '组', movement: moveOf('up', 'solid', 0.1) },
      { unitCode: 'C', group: '组', movement: moveOf('up', 'solid', 0.3) },
      { unitCode: 'D', group: '组', movement: moveOf('down', 'solid') },
      { unitCode: 'E', group: '组', movement: moveOf('up', 'hollow') },
    ]
    const agenda = buildAgenda({ ...NOTHING, moves })
    expect(agenda.map(({ topic, unitCodes }) => `${topic.kind} ${unitCodes.join()}`)).toEqual([
      'mover_up C',
      'mover_up A',
      'mover_up B',
      'mover_up F',
      'mover_down D',
      'practice C',
      'practice A',
      'practice B',
      'practice F',
      'speaker C',
    ])
  })

  it('takes repeated and overdue cases together by unit, the kinds found most, and who is to speak', () => {
    const agenda = buildAgenda({
      ...NOTHING,
      decisions: [decision('closed'), decision('open', LATER), decision('reported', DAY), decision('open', DAY)],
      last: [
        { unitCode: 'Y', group: '组', rank: 8, probability: 0.4 },
        { unitCode: 'Z', group: '组', rank: 9, probability: 0.9 },
        { unitCode: 'X', group: '组', rank: 7, probability: 0.9 },
      ],
      repeated: [
        { unitCode: 'B', finding: 'absent', caseId: '0' },
        { unitCode: 'A', finding: 'absent', caseId: '1' },
        { unitCode: 'A', finding: 'absent', caseId: '2' },
      ],
      overdue: [
        { unitCode: 'A', caseId: '4', lastDay: LATER },
        { unitCode: 'A', caseId: '3', lastDay: DAY },
      ],
      findings: [
        { finding: 'absent', count: 0 },
        { finding: 'no_answer', count: 1 },
        { finding: 'log_missing', count: 3 },
        { finding: 'unfamiliar', count: 2 },
      ],
    })
    expect(agenda.slice(0, 4).map(({ evidence }) => evidence[0]?.ref)).toEqual([
      `reported ${DAY}`,
      `open ${DAY}`,
      `open ${LATER}`,
      `closed ${DAY}`,
    ])
    expect(agenda.slice(4).map(({ topic }) => topic)).toMatchObject([
      { kind: 'repeated', unitCode: 'A', caseIds: ['1', '2'] },
      { kind: 'repeated', unitCode: 'B', caseIds: ['0'] },
      { kind: 'overdue', unitCode: 'A', caseIds: ['4', '3'], since: DAY },
      { kind: 'typical', finding: 'log_missing' },
      { kind: 'typical', finding: 'unfamiliar' },
      { kind: 'speaker', why: 'last', place: { unitCode: 'Z' } },
      { kind: 'speaker', why: 'typical', unitCode: 'A' },
    ])
    expect(agenda.filter(({ topic }) => topic.kind === 'typical')).toHaveLength(TYPICAL_FINDINGS)
  })
})

describe('a decision', () => {
  const step = (kind: DecisionStep['kind'], by: string, lastDay = null as DecisionStep['lastDay']) => ({
    kind,
    by,
    lastDay,
  })

  it('is reported before it is verified, whatever is tried in whatever order, and by somebody else', () => {
    const tried = fc.array(
      fc.tuple(fc.constantFrom(...DECISION_STEPS), fc.constantFrom('clerk', 'officer', 'approver')),
    )
    fc.assert(
      fc.property(tried, (all) => {
        const taken: DecisionStep[] = []
        for (const [kind, by] of all) {
          if (refusesDecisionStep(DECIDED, taken, { kind, by }) === null) taken.push(step(kind, by))
        }
        const kinds = taken.map(({ kind }) => kind)
        expect(kinds.filter((kind) => kind === 'closed').length).toBeLessThan(2)
        for (const [at, { by, kind }] of taken.entries()) {
          if (kind !== 'closed' && kind !== 'returned') continue
          expect(by).not.toBe('clerk')
          expect(taken.slice(0, at).findLast((one) => one.kind === 'reported')?.by).not.toBe(by)
        }
      }),
    )
    expect(refusesDecisionStep(DECIDED, [step('reported', 'officer')], { kind: 'closed', by: 'clerk' })).toBe(
      'same_person',
    )
    expect(refusesDecisionStep(DECIDED, [step('received', 'officer')], { kind: 'received', by: 'officer' })).toBe(
      'not_now',
    )
  })

  it('burns while it is the unit’s turn, to the last day that was set', () => {
    const steps = [step('received', 'officer'), step('reported', 'officer')]
    const reported = decisionStandingOf(DECIDED, steps)
    expect(reported).toEqual({ state: 'reported', lastDay: DAY, isReceived: true, returns: 0 })
    expect(decisionLampOf(reported, LATER)).toBe('off')
    expect(decisionLampOf(decisionStandingOf(DECIDED, []), LATER)).toBe('red')
    const back = decisionStandingOf(DECIDED, [...steps, step('returned', 'approver', LATER)])
    expect(back).toMatchObject({ state: 'open', lastDay: LATER, returns: 1 })
  })
})

it('counts the last answer to the newest invitation, and says which came late', () => {
  const reply = (kind: 'attend' | 'leave', on = DAY, round = 2) => ({ seat: 'head' as const, kind, on, round })
  const invitation = { round: 2, answerBy: DAY }
  expect(seatStandingsOf(invitation, [reply('attend', DAY, 1)]).map((one) => one.reply)).toEqual([null, null])
  const [deputy, head] = seatStandingsOf(invitation, [reply('attend'), reply('leave', LATER)])
  expect(deputy).toEqual({ seat: 'deputy', reply: null, isLate: false })
  expect(head).toMatchObject({ reply: { kind: 'leave' }, isLate: true })
  expect(seatStandingsOf(invitation, [reply('attend')])[1]?.isLate).toBe(false)
})

describe('names that are hidden', () => {
  it('leave no trace in any text, longest first, under labels that stay', () => {
    const units = [
      { unitCode: 'D02', names: ['市应急局指挥中心', '', '指挥中心'] },
      { unitCode: 'D01', names: ['市应急局'] },
    ]
    const { hideIn, labelOf } = hideNames(units, '单位')
    expect(hideIn('市应急局指挥中心（D02）与市应急局、指挥中心')).toBe('单位B（单位B）与单位A、单位B')
    expect(hideIn('市应急局，还是市应急局')).toBe('单位A，还是单位A')
    expect(labelOf('D01')).toBe('单位A')
    expect(hideNames([{ unitCode: 'A', names: ['单'] }], '单位').hideIn('A单\u00009\u0000')).toBe('单位A单位A')
  })

  it('go on after Z', () => {
    expect([0, 25, 26, 52].map((place) => pseudonymOf(place, '单位'))).toEqual(['单位A', '单位Z', '单位AA', '单位BA'])
  })
})

it('says of an indicator what is beyond chance, and what cannot be told', () => {
  const verdict = (before: [number, number], after: [number, number]) =>
    computeIndicatorChange({ part: before[0], whole: before[1] }, { part: after[0], whole: after[1] }).verdict
  expect(verdict([10, 40], [38, 40])).toBe('better')
  expect(verdict([38, 40], [10, 40])).toBe('worse')
  expect(verdict([3, 5], [4, 5])).toBe('cannot_tell')
  expect(verdict([0, 0], [4, 5])).toBe('not_measured')
  expect(verdict([4, 5], [0, 0])).toBe('not_measured')
})

it('tells two items apart by anything they say', () => {
  const item: MeetingItem = {
    id: 'a',
    kind: 'note',
    text: '甲',
    unitCodes: ['A'],
    evidence: [{ kind: 'unit', ref: 'A' }],
  }
  expect(isSameItem(item, { ...item, id: 'b' })).toBe(true)
  for (const other of [{ kind: 'heading' as const }, { text: '乙' }, { unitCodes: [] }, { evidence: [] }]) {
    expect(isSameItem(item, { ...item, ...other })).toBe(false)
  }
})
