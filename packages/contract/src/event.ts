import { z } from 'zod'
import { DeductionAppeal } from './appeal.ts'
import { LeagueDeduction } from './league.ts'
import { EventRecord } from './obligation.ts'
import {
  CategoryKey,
  Count,
  ElementKey,
  Instant,
  LevelKey,
  OutcomeKey,
  Points,
  PreReportState,
  Provenance,
  QuarterText,
  StageKey,
} from './values.ts'

/** A report as received. */
export const EventReport = z.object({
  stage: StageKey,
  sequence: Count,
  level: LevelKey,
  occurredAt: Instant,
  learnedAt: Instant,
  phonedAt: Instant.nullable(),
  writtenAt: Instant.nullable(),
  elements: z.array(ElementKey),
})

/** How one event of one unit was judged; everything its timeline draws. Instants are exact to the second. */
export const EventJudgement = z.object({
  eventCode: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  quarter: QuarterText,
  /** Whether the unit owes it: it does, it is not known yet as of the instant asked about, the unit was closed that day. */
  standing: z.enum(['counts', 'not_yet_known', 'unit_closed']),
  category: CategoryKey,
  level: LevelKey,
  levelChanged: z.boolean(),
  occurredAt: Instant,
  learnedAt: Instant,
  clock: z.object({ startsAt: z.enum(['occurred_at', 'learned_at']), at: Instant, citation: z.string() }),
  written: z.object({
    limitMinutes: Count,
    dueAt: Instant,
    at: Instant.nullable(),
    outcome: OutcomeKey,
    /** Whole seconds over the limit; null unless late. */
    lateSeconds: z.int().nullable(),
    startedHours: Count.nullable(),
  }),
  /** null when the rules ask for no call at this level. */
  phone: z
    .object({
      limitMinutes: Count,
      dueAt: Instant,
      at: Instant.nullable(),
      outcome: OutcomeKey,
      lateSeconds: z.int().nullable(),
      /** True when the written report within the phone limit stands for the call. */
      metByWritten: z.boolean(),
    })
    .nullable(),
  slots: z.array(z.object({ at: Instant, metBy: Instant.nullable() })),
  completeness: z.object({
    judgedAt: Instant.nullable(),
    isJudged: z.boolean(),
    given: z.array(ElementKey),
    missing: z.array(ElementKey),
  }),
  /** What the event costs before any misreport absorbs it, in order of time of judgement; empty unless it counts. */
  deductions: z.array(LeagueDeduction),
  /** Codes of misreports that replace the deductions of this event. */
  absorbedBy: z.array(z.string()),
  /** Sum of what this event costs under timeliness and completeness; on its own page without what an appeal took back. */
  lost: Points,
  reports: z.array(EventReport),
})
export type EventJudgement = z.infer<typeof EventJudgement>

export const EventListInput = z.strictObject({
  quarter: QuarterText,
  /** Missing = now. */
  asOf: Instant.optional(),
  unitCode: z.string().max(100).optional(),
  outcome: OutcomeKey.optional(),
  level: LevelKey.optional(),
  /** Part of an event code. */
  search: z.string().max(100).optional(),
  cursor: z.string().max(200).optional(),
})
export type EventListInput = z.infer<typeof EventListInput>
export const EventListItem = z.object({
  eventCode: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  category: CategoryKey,
  level: LevelKey,
  learnedAt: Instant,
  dueAt: Instant,
  writtenAt: Instant.nullable(),
  outcome: OutcomeKey,
  lateSeconds: z.int().nullable(),
  lost: Points,
  /** A pre-report with reasons, and whether the rules grant time for it; null = none. */
  preReport: PreReportState.nullable(),
  isReopened: z.boolean(),
})
export type EventListItem = z.infer<typeof EventListItem>
export const EventList = z.object({
  quarter: QuarterText,
  provenance: Provenance,
  /** How many pass the filter; counting stops at 1,000, and then `isTotalExact` is false. */
  total: Count,
  isTotalExact: z.boolean(),
  items: z.array(EventListItem),
  nextCursor: z.string().nullable(),
})
export type EventList = z.infer<typeof EventList>

export const EventInput = z.strictObject({ eventCode: z.string().min(1).max(200), asOf: Instant.optional() })
/** One event as each unit that reported (or owed) it was judged. */
export const EventPage = z.object({
  eventCode: z.string(),
  provenance: Provenance,
  judgements: z.array(EventJudgement),
  /** Of each judgement, in the same order. */
  records: z.array(EventRecord),
  appeals: z.array(DeductionAppeal),
})
export type EventPage = z.infer<typeof EventPage>
