import fc from 'fast-check'
import { CATEGORIES, DUTY_MODES, ELEMENTS, FINDINGS, type Level, LEVELS, STAGES, TIERS } from '../facts/facts.ts'
import { shapesFor } from '../regulation/check-deductions.ts'
import { EVENT_DEDUCTION_CODES, RULED_DEDUCTION_CODES, type RuledDeductionCode } from '../regulation/deduction-codes.ts'
import type {
  AppliesTo,
  CompletenessRule,
  DeadlineRule,
  DeductionRule,
  DeductionShape,
  Dimension,
  FollowUpRule,
  FollowUpSchedule,
} from '../regulation/regulation.ts'
import { EVERY } from '../regulation/samples/rule-makers.ts'

export const CLAUSE_IDS = ['1', '2', '3-1', '3-2', 'annex'] as const
export const clauseId = fc.constantFrom(...CLAUSE_IDS)

/** Hundredths, small and whole. */
export const points = fc.constantFrom(50, 1_00, 2_00, 3_33, 5_00, 12_00)

const HOUR = 3600

/** The kinds of event cut into parts that are disjoint and leave nothing out. */
const PARTITIONS: readonly (readonly AppliesTo[])[] = [
  [EVERY],
  [
    { ...EVERY, levels: ['I', 'II'] },
    { ...EVERY, levels: ['III', 'IV'] },
  ],
  LEVELS.map((level) => ({ ...EVERY, levels: [level] })),
  [
    { ...EVERY, categories: CATEGORIES.slice(0, 1) },
    { ...EVERY, categories: CATEGORIES.slice(1) },
  ],
  [
    { ...EVERY, tiers: TIERS.slice(0, 2) },
    { ...EVERY, tiers: TIERS.slice(2) },
  ],
  [
    { ...EVERY, levels: ['I'] },
    { ...EVERY, levels: ['II', 'III', 'IV'], tiers: ['county'] },
    { ...EVERY, levels: ['II', 'III', 'IV'], tiers: ['province', 'city', 'township'] },
  ],
]

/** A rule for each part of some partition, or for some of the parts. */
function overParts<T>(
  rule: fc.Arbitrary<T>,
  { isWhole, partitions = PARTITIONS }: { readonly isWhole: boolean; readonly partitions?: typeof PARTITIONS },
): fc.Arbitrary<(T & AppliesTo)[]> {
  return fc
    .constantFrom(...partitions)
    .chain((parts) => fc.tuple(...parts.map((part) => fc.option(rule, { freq: 3 }).map((one) => [part, one] as const))))
    .chain((parts) =>
      isWhole
        ? fc.tuple(
            ...parts.map(([part, one]) =>
              (one === null ? rule : fc.constant(one)).map((kept) => [part, kept] as const),
            ),
          )
        : fc.constant(parts),
    )
    .map((parts) => parts.flatMap(([part, one]) => (one === null ? [] : [{ ...part, ...one }])))
}

const OF_LEVELS = PARTITIONS.slice(0, 3)

/** A written limit for every kind of event, calls within the shortest of them, final reports. */
export const arbitraryDeadlines: fc.Arbitrary<DeadlineRule[]> = fc
  .record({
    written: overParts(
      fc.record({
        clause: clauseId,
        stage: fc.constant('first' as const),
        channel: fc.constant('written' as const),
        limitSeconds: fc.constantFrom(35 * 60, HOUR, 2 * HOUR, 5 * HOUR, 24 * HOUR),
      }),
      { isWhole: true },
    ),
    phone: overParts(
      fc.record({
        clause: clauseId,
        stage: fc.constant('first' as const),
        channel: fc.constant('phone' as const),
        limitSeconds: fc.constantFrom(60, 15 * 60, 35 * 60),
      }),
      { isWhole: false, partitions: OF_LEVELS },
    ),
    final: overParts(
      fc.record({
        clause: clauseId,
        stage: fc.constant('final' as const),
        channel: fc.constant('written' as const),
        limitSeconds: fc.constantFrom(2 * HOUR, 24 * HOUR, 48 * HOUR),
      }),
      { isWhole: false, partitions: OF_LEVELS },
    ),
  })
  .map(({ final, phone, written }) => [...phone, ...written, ...final])

const arbitrarySchedule: fc.Arbitrary<FollowUpSchedule> = fc.oneof(
  fc.record({ kind: fc.constant('every_hours' as const), hours: fc.constantFrom(1, 6, 8, 24) }),
  fc.record({
    kind: fc.constant('times_of_day' as const),
    minutes: fc.constantFrom([0], [8 * 60, 17 * 60], [12 * 60, 24 * 60], [9 * 60, 9 * 60 + 1, 15 * 60]),
    graceSeconds: fc.constantFrom(0, 1, 2 * HOUR, 24 * HOUR),
  }),
)

export const arbitraryFollowUps: fc.Arbitrary<FollowUpRule[]> = overParts(
  fc.record({ clause: clauseId, schedule: arbitrarySchedule }),
  { isWhole: false },
)

export const arbitraryCompleteness: fc.Arbitrary<CompletenessRule[]> = fc
  .tuple(
    ...STAGES.map((stage) =>
      overParts(
        fc.record({
          clause: clauseId,
          stage: fc.constant(stage),
          required: fc.oneof(fc.constant([...ELEMENTS]), fc.subarray([...ELEMENTS], { minLength: 1 })),
          supplementSeconds: fc.constantFrom(0, HOUR, 24 * HOUR),
        }),
        { isWhole: false },
      ),
    ),
  )
  .map((rules) => rules.flat())

export interface ShapeChoice {
  readonly hasItems: boolean
  readonly hasMonths: boolean
}

function arbitraryShape(code: RuledDeductionCode, choice: ShapeChoice): fc.Arbitrary<DeductionShape> {
  const max = fc.option(fc.constantFrom(12_00, 15_00))
  const kinds = shapesFor(code).filter(
    (kind) => (kind !== 'percent_of_item' || choice.hasItems) && (kind !== 'zero_month' || choice.hasMonths),
  )
  return fc.constantFrom(...kinds).chain((kind): fc.Arbitrary<DeductionShape> => {
    switch (kind) {
      case 'fixed':
        return fc.record({ kind: fc.constant(kind), points })
      case 'per_item':
        return fc.record({ kind: fc.constant(kind), points, max, whenMissing: fc.constantFrom(0, 4_00) })
      case 'per_started_hour':
        return fc.record({ kind: fc.constant(kind), points, max })
      case 'percent_of_item':
        return fc.record({ kind: fc.constant(kind), percent: fc.constantFrom(1, 33, 50, 100) })
      case 'zero_month':
        return fc.constant({ kind })
    }
  })
}

const isEventCode = (code: RuledDeductionCode): boolean => EVENT_DEDUCTION_CODES.some((one) => one === code)
const isFinding = (code: RuledDeductionCode): boolean => FINDINGS.some((one) => one === code)

/** Of rules that are not by level. */
const BY_TIER = [PARTITIONS[0] ?? [], PARTITIONS[4] ?? []]
const DUTY_PARTS = [[null], DUTY_MODES.map((mode) => [mode])]

/** Some rules for each fault, none of them twice for the same thing. */
export function arbitraryDeductions(
  choice: ShapeChoice,
  dimensions: readonly Dimension[],
): fc.Arbitrary<DeductionRule[]> {
  const ofCode = (code: RuledDeductionCode): fc.Arbitrary<DeductionRule[]> => {
    const rule = fc.record({
      clause: clauseId,
      code: fc.constant(code),
      dimension: fc.constantFrom(...dimensions),
      shape: arbitraryShape(code, choice),
    })
    const partitions = isEventCode(code) ? PARTITIONS : BY_TIER
    const modes = fc.constantFrom(...(isFinding(code) ? DUTY_PARTS : DUTY_PARTS.slice(0, 1)))
    return modes
      .chain((parts) =>
        fc.tuple(
          ...parts.map((dutyModes) =>
            overParts(rule, { isWhole: false, partitions }).map((rules) => rules.map((one) => ({ ...one, dutyModes }))),
          ),
        ),
      )
      .map((rules) => rules.flat())
  }
  return fc.tuple(...RULED_DEDUCTION_CODES.map(ofCode)).map((rules) => rules.flat())
}

export const arbitraryClocks = fc
  .tuple(...LEVELS.map(() => fc.record({ clause: clauseId, startsAt: fc.constantFrom('occurred_at', 'learned_at') })))
  .map(([I, II, III, IV]) => ({ I, II, III, IV }) as Record<Level, NonNullable<typeof I>>)
