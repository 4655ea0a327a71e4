import { CATEGORIES, LEAD_SOURCES, LEAD_STATES, LEAD_STEPS, LEVELS, MATCH_TIMINGS } from '@zhidu/domain'
import { z } from 'zod'
import { FileHash } from './inspection-document.ts'
import { CASE_FILE_LIMITS, CaseFile, CasePartyKey, LampKey } from './supervision-case.ts'
import { Count, Instant } from './values.ts'

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Reason = Words.min(2).max(500)
const Account = Words.min(2).max(4_000)
const Place = Words.min(1).max(500)
const Day = z.iso.date()
const Uuid = z.uuid().regex(/^[0-9a-f-]+$/)
const UnitCode = z.string().min(1).max(100)
const LeadCode = z.string().min(1).max(100)
const Persons = z.int().min(0).max(1_000_000).nullable()

export const LeadStateKey = z.enum(LEAD_STATES)
export const LeadStepKey = z.enum(LEAD_STEPS)
export const LeadSourceKey = z.enum(LEAD_SOURCES)
const CategoryKey = z.enum(CATEGORIES)
const LevelKey = z.enum(LEVELS)
const TimingKey = z.enum(MATCH_TIMINGS)

/** What a person says or a file brings of what was seen outside. */
const Seen = {
  source: LeadSourceKey,
  occurredAt: Instant.nullable(),
  place: Place.nullable(),
  unitCode: UnitCode.nullable(),
  category: CategoryKey.nullable(),
  summary: Account,
  deaths: Persons,
  injuries: Persons,
}

export const LeadItem = z.object({
  leadCode: z.string(),
  source: LeadSourceKey,
  seenAt: Instant,
  occurredAt: Instant.nullable(),
  place: z.string().nullable(),
  unitCode: z.string().nullable(),
  unitName: z.string().nullable(),
  category: CategoryKey.nullable(),
  summary: z.string(),
  deaths: Persons,
  injuries: Persons,
  state: LeadStateKey,
  turn: CasePartyKey.nullable(),
  lastDay: Day.nullable(),
  daysLeft: z.int().nullable(),
  lamp: LampKey,
  isMine: z.boolean(),
  /** The report that is likely the event's; null = none is, or it is decided. */
  proposed: z.object({ eventCode: z.string(), probability: z.number() }).nullable(),
})
export type LeadItem = z.infer<typeof LeadItem>

export const LEAD_VIEWS = ['waiting', ...LEAD_STATES, 'all'] as const
export const LeadListInput = z.strictObject({
  view: z.enum(LEAD_VIEWS),
  source: LeadSourceKey.optional(),
  unitCode: UnitCode.optional(),
  /** Part of code, place or summary. */
  text: Words.min(1).max(100).optional(),
  cursor: z.string().max(300).optional(),
})
export type LeadListInput = z.infer<typeof LeadListInput>

/** Right proposals among proposals, and among what there was to find; null = not measured. */
const Quality = z.object({ proposed: Count, right: Count, told: Count.nullable() })

export const LeadList = z.object({
  asOf: Instant,
  /** Whatever the filter, all of the office. */
  counts: z.object({ states: z.record(LeadStateKey, Count), waiting: Count, messages: Count }),
  mayHandle: z.boolean(),
  /** On the labelled synthetic set, and by the office's own decisions. */
  quality: z.object({ labelled: Quality.extend({ leads: Count }), own: Quality }),
  items: z.array(LeadItem),
  nextCursor: z.string().nullable(),
})
export type LeadList = z.infer<typeof LeadList>

export const LeadKey = z.strictObject({ leadCode: LeadCode })
export type LeadKey = z.infer<typeof LeadKey>

/** As packages/leads names them. */
export const LEAD_FEATURES = ['area', 'place', 'time', 'category', 'casualties', 'text'] as const
export const LEAD_GRADES = ['same', 'close', 'near', 'weak', 'apart', 'far', 'none'] as const

export const LeadCandidate = z.object({
  eventCode: z.string(),
  units: z.array(z.object({ unitCode: z.string(), unitName: z.string() })),
  category: CategoryKey.nullable(),
  level: LevelKey.nullable(),
  occurredAt: Instant,
  /** By the judgement of its reports; null = it cannot be said yet. */
  timing: TimingKey.nullable(),
  probability: z.number(),
  bits: z.number(),
  reasons: z.array(
    z.object({
      feature: z.enum(LEAD_FEATURES),
      grade: z.enum(LEAD_GRADES),
      bits: z.number(),
      distance: z.number().nullable(),
    }),
  ),
})
export type LeadCandidate = z.infer<typeof LeadCandidate>

const LeadPageStep = z.object({
  kind: LeadStepKey,
  party: CasePartyKey,
  at: Instant,
  by: z.string(),
  note: z.string().nullable(),
  aboutName: z.string().nullable(),
  eventCode: z.string().nullable(),
  timing: TimingKey.nullable(),
  lastDay: Day.nullable(),
  notAnnounced: z.int().nullable(),
  ofLead: z.string().nullable(),
  misreportId: z.string().nullable(),
  inquiryCode: z.string().nullable(),
  files: z.array(CaseFile),
})

export const LEAD_BARRIERS = ['role', 'not_now', 'incomplete', 'waits_for_explanation'] as const

export const LeadPage = z.object({
  asOf: Instant,
  item: LeadItem,
  /** The inquiry whose files the steps bear; null = nobody was asked. */
  inquiryId: z.string().nullable(),
  origin: z
    .object({
      channel: z.enum(['typed', 'pasted', 'feed', 'informant']),
      link: z.string().nullable(),
      title: z.string().nullable(),
      at: Instant,
      by: z.string(),
      informant: z.object({ name: z.string(), village: z.string() }).nullable(),
      photoOf: z.string().nullable(),
    })
    .nullable(),
  candidates: z.array(LeadCandidate),
  /** Other leads that may tell of the same, the likeliest first. */
  similar: z.array(z.object({ leadCode: z.string(), summary: z.string(), seenAt: Instant, probability: z.number() })),
  steps: z.array(LeadPageStep),
  next: z.array(z.object({ kind: LeadStepKey, barredBy: z.enum(LEAD_BARRIERS).nullable() })),
  explanationWorkingDays: z.int(),
  /** Whom the office may ask: units one level below. */
  askable: z.array(z.object({ unitCode: z.string(), unitName: z.string() })),
})
export type LeadPage = z.infer<typeof LeadPage>

/** `steps`: how many the reader has seen; somebody else's since are not written over. */
const About = { leadCode: LeadCode, steps: z.int().min(0).max(10_000) }
export const HandleLeadInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('matched'), eventCode: z.string().min(1).max(100) }),
  z.strictObject({
    ...About,
    kind: z.literal('inquired'),
    unitCode: UnitCode,
    question: Account,
    place: Place.nullable(),
    toldAt: Instant.nullable(),
  }),
  z.strictObject({ ...About, kind: z.literal('accepted'), note: Reason }),
  z.strictObject({ ...About, kind: z.literal('omitted'), note: Account }),
  z.strictObject({ ...About, kind: z.literal('out_of_scope'), note: Reason }),
  z.strictObject({ ...About, kind: z.literal('duplicate'), ofLead: LeadCode, note: Reason.nullable() }),
  z.strictObject({ ...About, kind: z.literal('false_lead'), note: Reason }),
  z.strictObject({ ...About, kind: z.literal('reopened'), note: Reason }),
])
export type HandleLeadInput = z.infer<typeof HandleLeadInput>

export const LEAD_LIMITS = { leadsAtOnce: 500, photoBytes: 700_000, feedBytes: 40_000_000, feedItems: 20_000 } as const
export const RecordLeadsInput = z.strictObject({
  channel: z.enum(['typed', 'pasted', 'feed']),
  /** Of the feed. */
  title: Words.max(300).nullable(),
  leads: z
    .array(
      z.strictObject({
        ...Seen,
        /** null = now. */
        seenAt: Instant.nullable(),
        guid: z.string().min(1).max(500).nullable(),
        link: z.string().min(1).max(1_000).nullable(),
      }),
    )
    .min(1)
    .max(LEAD_LIMITS.leadsAtOnce),
})
export type RecordLeadsInput = z.infer<typeof RecordLeadsInput>
export const RecordedLeads = z.object({
  leadCodes: z.array(z.string()),
  /** Items that the office has already, or that stand in the file twice. */
  skipped: Count,
  incomplete: Count,
})
export type RecordedLeads = z.infer<typeof RecordedLeads>

/** Corrects what a lead says: a new version of the fact. */
export const ReviseLeadInput = z.strictObject({ ...About, ...Seen, seenAt: Instant })
export type ReviseLeadInput = z.infer<typeof ReviseLeadInput>

export const LeadInquiryItem = z.object({
  inquiryId: z.uuid(),
  inquiryCode: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  officeName: z.string(),
  question: z.string(),
  place: z.string().nullable(),
  toldAt: Instant.nullable(),
  askedAt: Instant,
  lastDay: Day.nullable(),
  notAnnounced: z.int().nullable(),
  workingDays: z.int(),
  daysLeft: z.int().nullable(),
  lamp: LampKey,
  isReceived: z.boolean(),
  isExplained: z.boolean(),
  /** In the end; null = not closed. */
  outcome: z.enum(['matched', 'accepted', 'omitted', 'out_of_scope', 'duplicate', 'false_lead']).nullable(),
  steps: z.array(
    z.object({
      kind: z.enum(['received', 'explained', 'closed']),
      at: Instant,
      by: z.string(),
      note: z.string().nullable(),
      eventCode: z.string().nullable(),
      files: z.array(CaseFile),
    }),
  ),
  /** Brought and not handed in yet. */
  drafts: z.array(CaseFile),
  mayAnswer: z.boolean(),
})
export type LeadInquiryItem = z.infer<typeof LeadInquiryItem>
export const LeadInquiryList = z.object({ asOf: Instant, waiting: Count, items: z.array(LeadInquiryItem) })
export type LeadInquiryList = z.infer<typeof LeadInquiryList>

const AboutInquiry = { inquiryId: Uuid, steps: z.int().min(0).max(1_000) }
export const AnswerInquiryInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...AboutInquiry, kind: z.literal('received') }),
  z.strictObject({
    ...AboutInquiry,
    kind: z.literal('explained'),
    note: Account,
    /** The event that it was reported under. */
    eventCode: z.string().min(1).max(100).nullable(),
    files: z.array(FileHash).max(CASE_FILE_LIMITS.files),
  }),
])
export type AnswerInquiryInput = z.infer<typeof AnswerInquiryInput>

export const LeadsWaiting = z.object({ asOf: Instant, leads: Count, messages: Count, inquiries: Count })
export type LeadsWaiting = z.infer<typeof LeadsWaiting>

const PlaceName = Words.min(2).max(60)
export const LeadPlaces = z.object({
  mayChange: z.boolean(),
  units: z.array(
    z.object({
      unitCode: z.string(),
      names: z.array(z.string()),
      parentCode: z.string().nullable(),
      hasArea: z.boolean(),
    }),
  ),
  places: z.array(
    z.object({
      placeId: z.uuid(),
      version: Count,
      unitCode: z.string(),
      name: z.string(),
      aliases: z.array(z.string()),
    }),
  ),
})
export type LeadPlaces = z.infer<typeof LeadPlaces>
export const SaveLeadPlacesInput = z.strictObject({
  places: z
    .array(
      z.strictObject({
        placeId: Uuid.nullable(),
        version: z.int().min(0).max(1_000_000),
        unitCode: UnitCode,
        name: PlaceName,
        aliases: z.array(PlaceName).max(20),
        isWithdrawn: z.boolean(),
      }),
    )
    .min(1)
    .max(500),
})
export type SaveLeadPlacesInput = z.infer<typeof SaveLeadPlacesInput>

export const QuietPage = z.object({
  asOf: Instant,
  quarter: z.string(),
  /** Days of the quarter gone by. */
  days: Count,
  falseRate: z.number(),
  leastExpected: z.number(),
  mayMark: z.boolean(),
  units: z.array(
    z.object({
      unitCode: z.string(),
      unitName: z.string(),
      group: z.string(),
      events: Count,
      pastEvents: Count,
      pastDays: Count,
      unmatchedLeads: Count,
      expected: z.number().nullable(),
      tail: z.number().nullable(),
      isQuiet: z.boolean(),
      mark: z.object({ at: Instant, by: z.string(), note: z.string().nullable() }).nullable(),
    }),
  ),
})
export type QuietPage = z.infer<typeof QuietPage>
export const MarkQuietInput = z.strictObject({
  unitCode: UnitCode,
  isWithdrawn: z.boolean(),
  note: Reason.nullable(),
})
export type MarkQuietInput = z.infer<typeof MarkQuietInput>
