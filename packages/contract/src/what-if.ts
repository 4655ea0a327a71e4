import {
  ADOPTION_USES,
  BONUS_KINDS,
  CATEGORIES,
  CHECK_METHODS,
  DEDUCTION_CODES,
  DUTY_MODES,
  FILING_FORMS,
  FINDINGS,
  fromElementMask,
  HOLIDAYS,
  LEVELS,
  MISREPORT_KINDS,
  type PlainDate,
  isPlainDate,
  REOPENED_OBLIGATIONS,
  type ReportFact,
  STAGES,
  TIERS,
  toElementMask,
  type UnitFacts,
} from '@zhidu/domain'
import { z } from 'zod'
import { Count, Instant, QuarterText, RegulationRef } from './values.ts'

const Day = z.custom<PlainDate>((value) => typeof value === 'string' && isPlainDate(value))
const At = z.int()

export const WhatIfInput = z.strictObject({
  quarter: QuarterText,
  group: z.string().min(1).max(100),
  /** Missing = now; the same for every page of one table. */
  asOf: Instant.optional(),
  /** How many units of the group were given before. */
  skip: Count.max(100_000).optional(),
})
export type WhatIfInput = z.infer<typeof WhatIfInput>

/** One report: place of its event in `events`, stage, sequence, category, level, then seconds: when it occurred, and from then on. */
const ReportColumns = z.array(z.int().nullable())

export const WhatIfUnit = z.object({
  unitCode: z.string(),
  periods: z.array(
    z.object({
      unitCode: z.string(),
      name: z.string(),
      shortName: z.string().nullable(),
      parentCode: z.string().nullable(),
      tier: z.enum(TIERS),
      peerGroup: z.string(),
      dutyMode: z.enum(DUTY_MODES),
      validFrom: Day.nullable(),
      validTo: Day.nullable(),
    }),
  ),
  events: z.array(z.string()),
  reports: z.array(ReportColumns),
  checks: z.array(
    z.object({ code: z.string(), method: z.enum(CHECK_METHODS), at: At, findings: z.array(z.enum(FINDINGS)) }),
  ),
  misreports: z.array(
    z.object({
      code: z.string(),
      event: z.string().nullable(),
      kind: z.enum(MISREPORT_KINDS),
      on: Day,
      share: z.int().nullable(),
    }),
  ),
  filings: z.array(
    z.object({ year: z.int(), holiday: z.enum(HOLIDAYS), form: z.enum(FILING_FORMS), at: At.nullable() }),
  ),
  bonuses: z.array(z.object({ code: z.string(), event: z.string().nullable(), kind: z.enum(BONUS_KINDS), on: Day })),
  preReports: z.array(z.object({ event: z.string(), at: At })),
  adoptions: z.array(z.object({ event: z.string(), use: z.enum(ADOPTION_USES), on: Day })),
  reopenings: z.array(z.object({ obligation: z.enum(REOPENED_OBLIGATIONS), ref: z.string(), until: At, at: At })),
  /** Absent = nothing is appealed. */
  waivers: z
    .array(z.object({ ref: z.string(), code: z.enum(DEDUCTION_CODES), at: At, claimedAt: At, waivedAt: At.nullable() }))
    .optional(),
  /** Absent = no log is kept. */
  logItems: z
    .array(z.object({ entry: z.string(), opening: z.int(), openedAt: At, closedAt: At.nullable(), receivedAt: At }))
    .optional(),
})
export type WhatIfUnit = z.infer<typeof WhatIfUnit>

/** A page of the facts by which a group's quarter is judged: nobody's name, no note, no reason. */
export const WhatIfFacts = z.object({
  asOf: Instant,
  /** The rules the quarter follows: what the draft is set against. */
  regulation: RegulationRef,
  holidays: z.array(
    z.object({
      year: z.int(),
      name: z.enum(HOLIDAYS),
      firstDayOff: Day,
      lastDayOff: Day,
      makeupWorkdays: z.array(Day),
    }),
  ),
  /** Of the whole group. */
  unitCount: Count,
  /** In official order. */
  units: z.array(WhatIfUnit),
  /** Units given so far; null = these were the last. */
  next: Count.nullable(),
})
export type WhatIfFacts = z.infer<typeof WhatIfFacts>

const SECOND = 1_000

/** The facts of a unit without persons and prose, reports as rows of numbers. */
export function packUnitFacts(facts: UnitFacts): WhatIfUnit {
  const places = new Map<string, number>()
  const reports = facts.reports.map((row) => {
    const event = places.get(row.eventCode) ?? places.size
    places.set(row.eventCode, event)
    const since = (at: number | null): number | null => (at === null ? null : (at - row.occurredAt) / SECOND)
    return [
      event,
      STAGES.indexOf(row.stage),
      row.sequence,
      CATEGORIES.indexOf(row.category),
      LEVELS.indexOf(row.level),
      row.occurredAt / SECOND,
      since(row.learnedAt),
      since(row.phonedAt),
      since(row.writtenAt),
      toElementMask(row.elements),
    ]
  })
  return {
    unitCode: facts.unitCode,
    periods: facts.periods.map((period) => ({ ...period })),
    events: [...places.keys()],
    reports,
    checks: facts.checks.map(({ checkCode: code, checkedAt: at, findings, method }) => ({
      code,
      method,
      at,
      findings: [...findings],
    })),
    misreports: facts.misreports.map(
      ({ confirmedOn: on, eventCode: event, kind, misreportCode: code, sharePercent }) => ({
        code,
        event,
        kind,
        on,
        share: sharePercent ?? null,
      }),
    ),
    filings: facts.filings.map(({ form, holidayName: holiday, holidayYear: year, receivedAt: at }) => ({
      year,
      holiday,
      form,
      at,
    })),
    bonuses: facts.bonuses.map(({ awardedOn: on, bonusCode: code, eventCode: event, kind }) => ({
      code,
      event,
      kind,
      on,
    })),
    preReports: facts.preReports.map(({ eventCode: event, sentAt: at }) => ({ event, at })),
    adoptions: facts.adoptions.map(({ eventCode: event, use, usedOn: on }) => ({ event, use, on })),
    reopenings: facts.reopenings.map(({ obligation, ref, reopenedAt: at, until }) => ({ obligation, ref, until, at })),
    ...(facts.waivers === undefined || facts.waivers.length === 0
      ? {}
      : { waivers: facts.waivers.map(({ unitCode: _, ...waiver }) => waiver) }),
    ...(facts.logItems === undefined || facts.logItems.length === 0
      ? {}
      : { logItems: facts.logItems.map(({ entryCode: entry, unitCode: _, ...item }) => ({ entry, ...item })) }),
  }
}

function toReport(columns: readonly (number | null)[], { events, unitCode }: WhatIfUnit): ReportFact {
  const [event, stage, sequence, category, level, occurred, learned, phoned, written, elements] = columns
  const occurredAt = (occurred ?? 0) * SECOND
  const since = (seconds: number | null | undefined): number | null =>
    seconds === null || seconds === undefined ? null : occurredAt + seconds * SECOND
  return {
    eventCode: events[event ?? 0] ?? '',
    unitCode,
    stage: STAGES[stage ?? 0] ?? 'first',
    sequence: sequence ?? 0,
    category: CATEGORIES[category ?? 0] ?? 'accident',
    level: LEVELS[level ?? 0] ?? 'IV',
    occurredAt,
    learnedAt: since(learned) ?? occurredAt,
    phonedAt: since(phoned),
    writtenAt: since(written),
    elements: fromElementMask(elements ?? 0),
  }
}

/** What `packUnitFacts` packed; persons and prose are empty. */
export function unpackUnitFacts(unit: WhatIfUnit): UnitFacts {
  const { unitCode } = unit
  return {
    unitCode,
    periods: unit.periods,
    reports: unit.reports.map((columns) => toReport(columns, unit)),
    checks: unit.checks.map(({ at: checkedAt, code: checkCode, findings, method }) => ({
      checkCode,
      unitCode,
      method,
      checkedAt,
      inspectors: [],
      findings,
      note: null,
    })),
    misreports: unit.misreports.map(({ code: misreportCode, event: eventCode, kind, on: confirmedOn, share }) => ({
      misreportCode,
      unitCode,
      eventCode,
      kind,
      confirmedOn,
      sharePercent: share,
      basis: '',
    })),
    filings: unit.filings.map(({ at: receivedAt, form, holiday: holidayName, year: holidayYear }) => ({
      unitCode,
      holidayYear,
      holidayName,
      form,
      receivedAt,
    })),
    bonuses: unit.bonuses.map(({ code: bonusCode, event: eventCode, kind, on: awardedOn }) => ({
      bonusCode,
      unitCode,
      kind,
      awardedOn,
      eventCode,
    })),
    preReports: unit.preReports.map(({ at: sentAt, event: eventCode }) => ({
      unitCode,
      eventCode,
      sentAt,
      reason: '',
    })),
    adoptions: unit.adoptions.map(({ event: eventCode, on: usedOn, use }) => ({ unitCode, eventCode, use, usedOn })),
    reopenings: unit.reopenings.map(({ at: reopenedAt, obligation, ref, until }) => ({
      unitCode,
      obligation,
      ref,
      until,
      reopenedAt,
      reopenedBy: '',
      reason: '',
    })),
    waivers: (unit.waivers ?? []).map((waiver) => ({ ...waiver, unitCode })),
    logItems: (unit.logItems ?? []).map(({ entry: entryCode, ...item }) => ({ ...item, entryCode, unitCode })),
  }
}
