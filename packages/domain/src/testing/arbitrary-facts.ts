import fc from 'fast-check'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { addDays, type PlainDate } from '../calendar/plain-date.ts'
import {
  ADOPTION_USES,
  type AdoptionFact,
  BONUS_KINDS,
  CATEGORIES,
  type CheckFact,
  DUTY_MODES,
  ELEMENTS,
  type FilingFact,
  FILING_FORMS,
  FINDINGS,
  LEVELS,
  type LogItemFact,
  MISREPORT_KINDS,
  type PreReportFact,
  REOPENED_OBLIGATIONS,
  type ReopeningFact,
  type ReportFact,
  TIERS,
  type UnitFacts,
  type UnitPeriod,
} from '../facts/facts.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { makePeriod, on } from './make-facts.ts'

const QUARTER_START = startOfLocalDay(on('2026-07-01'))
const QUARTER_END = startOfLocalDay(on('2026-10-01'))

/** Distances at which some rule changes its mind. */
const STEPS = [
  0,
  MINUTE_MS,
  15 * MINUTE_MS,
  35 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  3 * HOUR_MS,
  5 * HOUR_MS,
  6 * HOUR_MS,
  7 * HOUR_MS,
  8 * HOUR_MS,
  9 * HOUR_MS,
  17 * HOUR_MS,
  DAY_MS,
  DAY_MS + 35 * MINUTE_MS,
  2 * DAY_MS,
]

/** A step, or a second off it. */
const distance = fc
  .tuple(fc.constantFrom(...STEPS), fc.constantFrom(-SECOND_MS, 0, 0, SECOND_MS))
  .map(([step, off]) => Math.max(step + off, 0))

/** Instants around which everything is gathered: the edges of the quarter, of a unit's days, slots, any hour. */
const anchor = fc
  .oneof(
    fc.constantFrom(QUARTER_START, QUARTER_END, QUARTER_END - DAY_MS, startOfLocalDay(on('2026-08-10'))),
    fc.integer({ min: -1, max: 92 }).map((days) => QUARTER_START + days * DAY_MS + 8 * HOUR_MS),
    fc.integer({ min: -24, max: 93 * 24 }).map((hours) => QUARTER_START + hours * HOUR_MS),
  )
  .chain((base) => fc.constantFrom(-SECOND_MS, 0, 0, SECOND_MS).map((off) => base + off))

export const arbitraryInstant = fc
  .tuple(anchor, distance, fc.boolean())
  .map(([base, step, isAfter]) => (isAfter ? base + step : base - step))

const date: fc.Arbitrary<PlainDate> = fc
  .oneof(fc.constantFrom(-1, 0, 40, 91, 92), fc.integer({ min: -3, max: 95 }))
  .map((days) => addDays(on('2026-07-01'), days))

const elements = fc.oneof(fc.constant([...ELEMENTS]), fc.subarray([...ELEMENTS]))

const stageAndSequence = fc.constantFrom(
  { stage: 'first', sequence: 0 } as const,
  { stage: 'follow_up', sequence: 1 } as const,
  { stage: 'follow_up', sequence: 2 } as const,
  { stage: 'follow_up', sequence: 3 } as const,
  { stage: 'final', sequence: 0 } as const,
)

/** All rows of one event: contract-valid times per row, rows out of order with each other on purpose. */
function arbitraryEvent(eventCode: string): fc.Arbitrary<ReportFact[]> {
  const row = (base: number, level: ReportFact['level']): fc.Arbitrary<ReportFact> =>
    fc
      .record({
        identity: stageAndSequence,
        category: fc.constantFrom(...CATEGORIES),
        level: fc.oneof({ weight: 4, arbitrary: fc.constant(level) }, fc.constantFrom(...LEVELS)),
        shift: fc.constantFrom(0, 0, 0, SECOND_MS, HOUR_MS),
        learned: fc.constantFrom(0, SECOND_MS, 2 * MINUTE_MS, 40 * MINUTE_MS, 3 * HOUR_MS),
        phoned: fc.option(distance, { freq: 1 }),
        written: fc.option(distance, { freq: 5 }),
        elements,
      })
      .map(({ identity, category, shift, learned, phoned, written, ...rest }) => {
        const occurredAt = base + shift
        const learnedAt = occurredAt + learned
        return {
          eventCode,
          unitCode: 'U01',
          ...identity,
          category,
          level: rest.level,
          occurredAt,
          learnedAt,
          phonedAt: phoned === null ? null : Math.max(occurredAt + phoned, learnedAt),
          writtenAt: written === null ? null : Math.max(occurredAt + written, learnedAt),
          elements: rest.elements,
        }
      })
  return fc.tuple(anchor, fc.constantFrom(...LEVELS)).chain(([base, level]) =>
    fc.uniqueArray(row(base, level), {
      minLength: 1,
      maxLength: 5,
      selector: ({ stage, sequence }) => `${stage}${sequence}`,
    }),
  )
}

const arbitraryPeriods: fc.Arbitrary<UnitPeriod[]> = fc
  .record({
    one: fc.record({ dutyMode: fc.constantFrom(...DUTY_MODES), tier: fc.constantFrom('county', 'county', ...TIERS) }),
    other: fc.record({ dutyMode: fc.constantFrom(...DUTY_MODES), tier: fc.constantFrom(...TIERS) }),
    shape: fc.constantFrom(0, 1, 2, 3),
    dates: fc.tuple(date, date),
  })
  .map(({ dates: [a, b], one, other, shape }) => {
    const [from, to] = a <= b ? [a, b] : [b, a]
    if (shape === 0) return [makePeriod(one)]
    if (shape === 1) return [makePeriod({ ...one, validFrom: from })]
    if (shape === 2) return [makePeriod({ ...one, validTo: to })]
    return [makePeriod({ ...one, validTo: from }), makePeriod({ ...other, validFrom: to })]
  })

const arbitraryChecks: fc.Arbitrary<CheckFact[]> = fc
  .array(fc.tuple(arbitraryInstant, fc.subarray([...FINDINGS], { maxLength: 3 })), { maxLength: 3 })
  .map((rows) =>
    rows.map(([checkedAt, findings], index) => ({
      checkCode: `K${index}`,
      unitCode: 'U01',
      method: 'phone',
      checkedAt,
      inspectors: [],
      findings,
      note: null,
    })),
  )

const arbitraryFilings: fc.Arbitrary<FilingFact[]> = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom('中秋节', '国庆节', '端午节'),
      fc.constantFrom(...FILING_FORMS),
      fc.option(
        fc.oneof(
          arbitraryInstant,
          fc.constantFrom(
            startOfLocalDay(on('2026-09-21')) - SECOND_MS,
            startOfLocalDay(on('2026-09-21')),
            startOfLocalDay(on('2026-09-27')),
          ),
        ),
      ),
    )
    .map(([holidayName, form, receivedAt]) => ({
      unitCode: 'U01',
      holidayYear: 2026,
      holidayName: holidayName as FilingFact['holidayName'],
      form,
      receivedAt,
    })),
  { maxLength: 4, selector: ({ form, holidayName }) => `${holidayName}${form}` },
)

const eventCode = fc.constantFrom('E0', 'E1', 'E2', null)
const namedEvent = fc.constantFrom('E0', 'E1', 'E2', 'E3')

/** Sent so long after 1970; `aboutEvents` moves them to their events. */
const arbitraryPreReports: fc.Arbitrary<PreReportFact[]> = fc
  .uniqueArray(fc.tuple(namedEvent, distance), { maxLength: 3, selector: ([code]) => code })
  .map((rows) => rows.map(([code, sentAt]) => ({ unitCode: 'U01', eventCode: code, sentAt, reason: '道路中断' })))

const arbitraryAdoptions: fc.Arbitrary<AdoptionFact[]> = fc
  .uniqueArray(fc.tuple(namedEvent, fc.constantFrom(...ADOPTION_USES), date), {
    maxLength: 4,
    selector: ([code]) => code,
  })
  .map((rows) => rows.map(([code, use, usedOn]) => ({ unitCode: 'U01', eventCode: code, use, usedOn })))

const filingRef = fc
  .tuple(fc.constantFrom('中秋节', '国庆节'), fc.constantFrom(...FILING_FORMS))
  .map(([name, form]) => `2026-${name}/${form}`)

const arbitraryReopenings: fc.Arbitrary<ReopeningFact[]> = fc.array(
  fc
    .record({
      obligation: fc.constantFrom(...REOPENED_OBLIGATIONS),
      event: namedEvent,
      filing: filingRef,
      until: distance,
      lead: distance,
      isEarlier: fc.boolean(),
    })
    .map(({ event, filing, isEarlier, lead, obligation, until }) => ({
      unitCode: 'U01',
      obligation,
      ref: obligation === 'filing' ? filing : event,
      until,
      reopenedAt: isEarlier ? until - lead : until + lead,
      reopenedBy: '李主任',
      reason: '系统停运',
    })),
  { maxLength: 3 },
)

/** Written and received at moments about the quarter, closed and opened again after distances about the limits. */
const arbitraryLogItems: fc.Arbitrary<LogItemFact[]> = fc
  .array(fc.tuple(arbitraryInstant, distance, fc.array(distance, { maxLength: 4 })), { maxLength: 3 })
  .map((items) =>
    items.flatMap(([writtenAt, late, gaps], index) => {
      let at = writtenAt
      const turns = [writtenAt, ...gaps.map((gap) => (at += gap))]
      return turns.flatMap((openedAt, turn): LogItemFact[] =>
        turn % 2 === 1
          ? []
          : [
              {
                unitCode: 'U01',
                entryCode: `L${index}`,
                opening: turn / 2,
                openedAt,
                closedAt: turns[turn + 1] ?? null,
                receivedAt: writtenAt - late,
              },
            ],
      )
    }),
  )

/** Moves what is about an event to so long after the unit learned of it, and re-opened forms to their due days. */
function aboutEvents(facts: UnitFacts): UnitFacts {
  const learned = new Map(facts.reports.map(({ eventCode: code, learnedAt }) => [code, learnedAt]))
  const baseOf = (ref: string): number => learned.get(ref) ?? startOfLocalDay(on('2026-09-20'))
  return {
    ...facts,
    preReports: facts.preReports.map((row) => ({ ...row, sentAt: baseOf(row.eventCode) + row.sentAt })),
    reopenings: facts.reopenings.map((row) => {
      const base = baseOf(row.ref)
      return { ...row, until: base + row.until, reopenedAt: base + row.reopenedAt }
    }),
  }
}

/** The year's blocks, with makeup workdays about the days on which forms are due. */
export const arbitraryHolidays: fc.Arbitrary<HolidayBlock[]> = fc
  .tuple(...SAMPLE_HOLIDAYS.map(() => fc.uniqueArray(fc.integer({ min: -8, max: 8 }), { maxLength: 2 })))
  .map((days) =>
    SAMPLE_HOLIDAYS.map((block, index) => {
      const makeup = (days[index] ?? []).map((day) => addDays(block.firstDayOff, day))
      const isFree = (day: PlainDate): boolean =>
        SAMPLE_HOLIDAYS.every(({ firstDayOff, lastDayOff }) => day < firstDayOff || lastDayOff < day)
      return { ...block, makeupWorkdays: makeup.filter(isFree).sort() }
    }),
  )

/** One unit's facts around the third quarter of 2026, most of them on a boundary or a second beside it. */
export const arbitraryFacts: fc.Arbitrary<UnitFacts> = fc
  .record({
    unitCode: fc.constant('U01'),
    periods: arbitraryPeriods,
    reports: fc.tuple(...['E0', 'E1', 'E2', 'E3'].map(arbitraryEvent)).map((events) => events.flat()),
    checks: arbitraryChecks,
    misreports: fc.array(fc.tuple(eventCode, fc.constantFrom(...MISREPORT_KINDS), date), { maxLength: 2 }).map((rows) =>
      rows.map(([code, kind, confirmedOn], index) => ({
        misreportCode: `M${index}`,
        unitCode: 'U01',
        eventCode: code,
        kind,
        confirmedOn,
        basis: '核实',
      })),
    ),
    filings: arbitraryFilings,
    bonuses: fc.array(fc.tuple(fc.constantFrom(...BONUS_KINDS), date, eventCode), { maxLength: 3 }).map((rows) =>
      rows.map(([kind, awardedOn, code], index) => ({
        bonusCode: `B${index}`,
        unitCode: 'U01',
        kind,
        awardedOn,
        eventCode: code,
      })),
    ),
    preReports: arbitraryPreReports,
    adoptions: arbitraryAdoptions,
    reopenings: arbitraryReopenings,
    logItems: arbitraryLogItems,
  })
  .map(aboutEvents)

/** A moment at, shortly after or a second before something in these facts; sometimes any moment. */
export function arbitraryMomentOf(facts: UnitFacts): fc.Arbitrary<number> {
  const instants = [
    ...facts.reports.flatMap((row) => [row.occurredAt, row.learnedAt, row.phonedAt, row.writtenAt]),
    ...facts.checks.map((row) => row.checkedAt),
    ...facts.filings.map((row) => row.receivedAt),
    ...facts.misreports.map((row) => startOfLocalDay(row.confirmedOn)),
    ...facts.bonuses.map((row) => startOfLocalDay(row.awardedOn)),
    ...facts.preReports.map((row) => row.sentAt),
    ...facts.adoptions.map((row) => startOfLocalDay(row.usedOn)),
    ...facts.reopenings.flatMap((row) => [row.reopenedAt, row.until]),
    ...(facts.logItems ?? []).flatMap((row) => [row.openedAt, row.closedAt]),
  ].filter((instant) => instant !== null)
  const near = fc
    .tuple(fc.constantFrom(...instants), distance, fc.boolean())
    .map(([instant, step, isBefore]) => (isBefore ? instant - SECOND_MS : instant + step))
  return fc.oneof({ weight: 3, arbitrary: near }, arbitraryInstant)
}
