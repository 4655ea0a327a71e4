/** Reports of one unit about one event, every instant of which stands on, or a second beside, a boundary. */
import fc from 'fast-check'
import {
  DAY,
  HOUR,
  instantIn,
  MINUTE,
  nudge,
  type QuarterSpan,
  SECOND,
  slotAfter,
  toCell,
} from './boundary-instants.ts'
import type { Row } from './reference-cells.ts'

export const ELEMENT_KEYS = [
  'source',
  'learned_time',
  'occurred_time',
  'place',
  'cause',
  'nature',
  'process',
  'casualties',
  'scope',
  'trend',
  'response',
  'next_steps',
] as const

const level = fc.constantFrom('IV', 'III', 'II', 'I')
const category = fc.constantFrom('accident', 'natural_disaster', 'public_health', 'social_security')

/** How long after the event it was learned of. */
const gap = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, MINUTE, 10 * MINUTE) },
  { weight: 1, arbitrary: fc.constantFrom(15 * MINUTE, 35 * MINUTE, HOUR, 2 * HOUR, 9 * HOUR, DAY) },
)

const elements: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(ELEMENT_KEYS) },
  { weight: 3, arbitrary: fc.subarray([...ELEMENT_KEYS], { minLength: 7 }) },
  { weight: 2, arbitrary: fc.subarray([...ELEMENT_KEYS], { maxLength: 3 }) },
)

type Anchor = 'clock' | 'written limit' | 'phone limit' | 'first' | 'slot' | 'learned'

/** An instant named by what it stands beside. */
interface Spot {
  readonly anchor: Anchor
  readonly slot: number
  readonly add: number
  readonly shift: number
}

const firstSpot: fc.Arbitrary<Spot> = fc.record({
  anchor: fc.constantFrom<Anchor>('written limit', 'written limit', 'learned', 'phone limit', 'slot'),
  slot: fc.nat(3),
  add: fc.oneof(
    fc.constant(0),
    fc.constantFrom(1, 2, 3, 4, 5, 6, -2).map((hours) => hours * HOUR),
  ),
  shift: nudge,
})

const callSpot: fc.Arbitrary<Spot> = fc.record({
  anchor: fc.constantFrom<Anchor>('phone limit', 'phone limit', 'clock', 'written limit', 'first'),
  slot: fc.constant(0),
  add: fc.constantFrom(0, 0, 0, 5 * MINUTE, DAY),
  shift: nudge,
})

const laterSpot: fc.Arbitrary<Spot> = fc.record({
  anchor: fc.constantFrom<Anchor>('slot', 'slot', 'slot', 'first', 'written limit', 'learned'),
  slot: fc.nat(6),
  add: fc.constantFrom(0, 0, 0, 2 * HOUR, DAY, -HOUR, MINUTE),
  shift: nudge,
})

interface LaterReport {
  readonly level: string | null
  readonly written: Spot | null
  readonly phoned: Spot | null
  readonly elements: readonly string[]
  /** This row's own time of learning: seconds against the first row's. */
  readonly learnedShift: number
}

const laterReport: fc.Arbitrary<LaterReport> = fc.record({
  level: fc.option(level, { freq: 2, nil: null }),
  written: fc.option(laterSpot, { freq: 6, nil: null }),
  phoned: fc.option(callSpot, { freq: 2, nil: null }),
  elements,
  learnedShift: fc.constantFrom(0, 0, 0, -SECOND, -MINUTE, MINUTE, DAY),
})

interface EventPlan {
  readonly clock: number
  readonly level: string
  readonly category: string
  readonly gap: number
  readonly first: 'written' | 'unwritten' | 'absent'
  readonly firstWritten: Spot
  readonly firstPhoned: Spot | null
  readonly elements: readonly string[]
  readonly followUps: readonly LaterReport[]
  readonly final: LaterReport | null
  readonly isShuffled: boolean
}

function eventPlan(span: QuarterSpan): fc.Arbitrary<EventPlan> {
  return fc.record({
    clock: instantIn(span),
    level,
    category,
    gap,
    first: fc.constantFrom('written', 'written', 'written', 'written', 'written', 'unwritten', 'absent'),
    firstWritten: firstSpot,
    firstPhoned: fc.option(callSpot, { freq: 2, nil: null }),
    elements,
    followUps: fc.array(laterReport, { maxLength: 4 }),
    final: fc.option(laterReport, { freq: 3, nil: null }),
    isShuffled: fc.boolean(),
  })
}

/** Nothing wrong but, at times, a second: so that units reach high grades and ties. */
function quietPlan(span: QuarterSpan): fc.Arbitrary<EventPlan> {
  return fc
    .record({ clock: instantIn(span), level: fc.constantFrom('IV', 'IV', 'III'), category, gap, shift: nudge })
    .map(({ shift, ...own }) => ({
      ...own,
      first: 'written',
      firstWritten: { anchor: 'written limit', slot: 0, add: own.level === 'IV' ? 0 : -30 * MINUTE, shift },
      firstPhoned: null,
      elements: ELEMENT_KEYS,
      followUps: [],
      final: {
        level: null,
        written: { anchor: 'first', slot: 0, add: 2 * HOUR, shift },
        phoned: null,
        elements: [],
        learnedShift: 0,
      },
      isShuffled: false,
    }))
}

const WRITTEN_LIMIT: Readonly<Record<string, number>> = { I: 35, II: 35, III: 60, IV: 120 }

/** The rows of a plan, each with occurred ≤ learned ≤ phoned, written as the contract demands. */
function toRows(plan: EventPlan, eventCode: string, unitCode: string): Row[] {
  const startsAtOccurrence = plan.level === 'I' || plan.level === 'II'
  const occurred = startsAtOccurrence ? plan.clock : plan.clock - plan.gap
  const learned = startsAtOccurrence ? plan.clock + plan.gap : plan.clock
  const anchors = {
    clock: plan.clock,
    learned,
    'written limit': plan.clock + (WRITTEN_LIMIT[plan.level] ?? 0) * MINUTE,
    'phone limit': plan.clock + 15 * MINUTE,
  }
  const place = (spot: Spot, first: number, notBefore: number): number => {
    const base =
      spot.anchor === 'slot' ? slotAfter(first, spot.slot) : spot.anchor === 'first' ? first : anchors[spot.anchor]
    return Math.max(base + spot.add + spot.shift, notBefore)
  }
  // "Slot" and "first" of a first report mean those after the learning.
  const f = place(plan.firstWritten, learned, learned)
  const row = (stage: string, sequence: string, own: LaterReport): Row => {
    const ownLearned = Math.max(learned + own.learnedShift, occurred)
    return {
      event_code: eventCode,
      unit_code: unitCode,
      stage,
      sequence,
      category: plan.category,
      level: own.level ?? plan.level,
      occurred_at: toCell(occurred),
      learned_at: toCell(ownLearned),
      phoned_at: own.phoned === null ? '' : toCell(place(own.phoned, f, ownLearned)),
      written_at: own.written === null ? '' : toCell(place(own.written, f, ownLearned)),
      elements: own.elements.join(';'),
    }
  }
  const rows = plan.followUps.map((own, index) => row('follow_up', String(index + 1), own))
  if (plan.final !== null) rows.push(row('final', plan.isShuffled ? '0' : '', plan.final))
  if (plan.first !== 'absent') {
    const own = { level: null, written: null, phoned: plan.firstPhoned, elements: plan.elements, learnedShift: 0 }
    const written = plan.first === 'written' ? toCell(f) : ''
    rows.push({ ...row('first', '0', own), written_at: written })
  }
  return plan.isShuffled ? rows : rows.toReversed()
}

/** Some rows of one event and unit; may be none when the plan has neither a first nor a later report. */
export function reportRows(span: QuarterSpan, eventCode: string, unitCode: string): fc.Arbitrary<Row[]> {
  const plan = fc.oneof({ weight: 2, arbitrary: eventPlan(span) }, { weight: 1, arbitrary: quietPlan(span) })
  return plan.map((own) => toRows(own, eventCode, unitCode))
}
