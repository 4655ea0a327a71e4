import { ELEMENTS, FILING_CLOCKS, REPORT_ACTS } from '@zhidu/domain'
import { z } from 'zod'
import { CategoryKey, Count, ElementKey, Instant, LevelKey, OutcomeKey, QuarterText, StageKey } from './values.ts'

const Words = z.string().refine((text) => !/[\p{Surrogate}\0]/u.test(text))
const Line = Words.trim().max(200)
const Said = Line.min(1)
const Reason = Words.trim().min(2).max(500)
const Code = z.string().min(1).max(200)
const Id = z.uuid().regex(/^[0-9a-f-]+$/)
const Persons = z.int().min(0).max(1_000_000).nullable()

const MOST_DRAFT_CHARACTERS = 900_000
/** What a request may hold at all: longer texts are told apart from broken ones. */
const MOST_CHARACTERS = 300_000

const Texts = z.partialRecord(ElementKey, Words.max(MOST_CHARACTERS))

/** What a unit sends: everything that its officer typed. Blank texts and null figures are not known yet, and count as missing. */
export const ReportDocument = z.strictObject({
  stage: StageKey,
  category: CategoryKey,
  level: LevelKey,
  occurredAt: Instant,
  learnedAt: Instant,
  /** From where the unit knows the two, in its own words. */
  clockSource: Line,
  /** A call that the unit says it made; null = none claimed. Of the first report alone. */
  phonedAt: Instant.nullable(),
  /** In whose area: the unit or one below it. */
  areaCode: Code.nullable(),
  place: Words.trim().max(500),
  deaths: Persons,
  injuries: Persons,
  missing: Persons,
  texts: Texts,
  /** 报送: to whom. */
  recipients: Line,
  /** 签发人. */
  signer: Said,
  /** Who answers questions, with a number. */
  contact: Line,
})
export type ReportDocument = z.infer<typeof ReportDocument>

/** What is sealed by the hash of a report: its words, and what the server made of them. */
export const SealedReport = z.strictObject({
  unitCode: z.string(),
  eventCode: z.string(),
  sequence: z.number(),
  version: z.number(),
  receivedAt: z.string(),
  writtenAt: z.string(),
  receiptCode: z.string(),
  reason: z.string().nullable(),
  report: ReportDocument,
})

export const SendReportInput = z.strictObject({
  /** null = an event that is not on record yet. */
  eventCode: Code.nullable(),
  /** Made by the page: the same again is the same report, however often it arrives. */
  clientKey: Id,
  /** The draft that this makes an end of. */
  draftKey: Code.optional(),
  document: ReportDocument,
})
export type SendReportInput = z.infer<typeof SendReportInput>

export const CorrectReportInput = z.strictObject({
  contentId: Id,
  clientKey: Id,
  document: ReportDocument,
  reason: Reason,
})
export type CorrectReportInput = z.infer<typeof CorrectReportInput>

export const ReportReceipt = z.object({
  receiptCode: z.string(),
  eventCode: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  stage: StageKey,
  sequence: Count,
  /** 1 = as first sent; later ones are corrections. */
  version: z.int().positive(),
  receivedAt: Instant,
  /** When the report counts from: of a correction that of what it corrects. */
  writtenAt: Instant,
  sha256: z.string(),
  contentId: z.uuid(),
  signer: z.string(),
  /** 第几期 of the unit in its year. */
  year: z.int(),
  number: z.int(),
  by: z.string(),
  /** Quarters that were frozen when it came: there it is a supplement that counts nowhere. */
  frozenQuarters: z.array(QuarterText),
})
export type ReportReceipt = z.infer<typeof ReportReceipt>

const ReportAct = z.object({
  kind: z.enum(REPORT_ACTS),
  at: Instant,
  officeName: z.string(),
  by: z.string(),
  note: z.string().nullable(),
})
export type ReportAct = z.infer<typeof ReportAct>

/** One version of a report with its words, receipt and what the office did about it. */
export const ReportContent = z.object({
  receipt: ReportReceipt,
  /** Numbers of telephones are masked but for the unit's own officers. */
  document: ReportDocument,
  areaName: z.string().nullable(),
  reason: z.string().nullable(),
  elements: z.array(ElementKey),
  acts: z.array(ReportAct),
})
export type ReportContent = z.infer<typeof ReportContent>

export const ReceiptInput = z.strictObject({ receiptCode: z.string().min(1).max(40) })
export type ReceiptInput = z.infer<typeof ReceiptInput>

/** A call from the record of the office that took it. */
export const PhoneRecord = z.object({
  recordId: z.uuid(),
  officeName: z.string(),
  beganAt: Instant,
  recordedAt: Instant,
  earlierReason: z.string().nullable(),
  callerName: z.string(),
  callerPost: z.string().nullable(),
  /** Masked. */
  callerPhone: z.string().nullable(),
  category: CategoryKey,
  level: LevelKey,
  occurredAt: Instant,
  learnedAt: Instant,
  place: z.string(),
  course: z.string(),
  toldTo: z.string().nullable(),
  handling: z.string().nullable(),
  by: z.string(),
})
export type PhoneRecord = z.infer<typeof PhoneRecord>

/** What the rules ask of an event of one class and level, for the clocks of the page. */
export const FilingRulesView = z.object({
  clockStartsAt: z.enum(['occurred_at', 'learned_at']),
  citation: z.string(),
  phoneLimitSeconds: z.int().nullable(),
  writtenLimitSeconds: z.int(),
  finalLimitSeconds: z.int().nullable(),
  followUps: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('times_of_day'), minutes: z.array(z.int()).readonly(), graceSeconds: z.int() }),
      z.object({ kind: z.literal('every_hours'), hours: z.number() }),
    ])
    .nullable(),
  completeness: z
    .array(z.object({ clause: z.string(), stage: StageKey, required: z.int(), supplementSeconds: z.int() }))
    .readonly(),
})
export type FilingRulesView = z.infer<typeof FilingRulesView>

const DeskReport = z.object({
  stage: StageKey,
  sequence: Count,
  level: LevelKey,
  category: CategoryKey,
  occurredAt: Instant,
  learnedAt: Instant,
  phonedAt: Instant.nullable(),
  writtenAt: Instant.nullable(),
  elements: z.array(ElementKey),
})
export type DeskReport = z.infer<typeof DeskReport>

export const ReportDraft = z.object({
  draftKey: z.string(),
  revision: z.int().nonnegative(),
  /** JSON as the page saved it; null = sent or thrown away. */
  document: z.string().nullable(),
  savedAt: Instant,
  by: z.string(),
  isMine: z.boolean(),
})
export type ReportDraft = z.infer<typeof ReportDraft>

export const DeskInput = z.strictObject({ eventCode: Code.nullable(), draftKey: Code.optional() })
export type DeskInput = z.infer<typeof DeskInput>

/** Everything the page of a report is drawn from. */
export const ReportDesk = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  now: Instant,
  regulation: z.object({ id: z.string(), version: z.string(), title: z.string(), notice: z.string().nullable() }),
  preReportSeconds: z.int().nullable(),
  /** By class and level; a level that the rules do not know is not there. */
  rules: z.record(CategoryKey, z.partialRecord(LevelKey, FilingRulesView)),
  areas: z.array(z.object({ unitCode: z.string(), name: z.string() })),
  frozenQuarters: z.array(QuarterText),
  eventCode: z.string().nullable(),
  /** The unit's reports of the event. */
  reports: z.array(DeskReport),
  /** Newest first. */
  contents: z.array(ReportContent),
  calls: z.array(PhoneRecord),
  preReport: z.object({ sentAt: Instant, reason: z.string() }).nullable(),
  next: z.array(z.object({ stage: StageKey, sequence: Count })),
  draft: ReportDraft.nullable(),
  drafts: z.array(ReportDraft),
})
export type ReportDesk = z.infer<typeof ReportDesk>

export const SaveReportDraftInput = z.strictObject({
  draftKey: Code,
  /** The revision that this writes over; 0 = none yet. */
  seen: z.int().nonnegative(),
  /** null = thrown away. */
  document: z.string().max(MOST_DRAFT_CHARACTERS).nullable(),
})
export type SaveReportDraftInput = z.infer<typeof SaveReportDraftInput>
/** `taken`: somebody saved since; `theirs` is what stands, and nothing was written. */
export const SavedReportDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), revision: z.int(), savedAt: Instant }),
  z.object({ kind: z.literal('taken'), theirs: ReportDraft }),
])
export type SavedReportDraft = z.infer<typeof SavedReportDraft>

export const PreReportInput = z.strictObject({ eventCode: Code, reason: Reason })
export type PreReportInput = z.infer<typeof PreReportInput>

export const TakeCallInput = z.strictObject({
  recordId: Id,
  unitCode: Code,
  /** null = a new event. */
  eventCode: Code.nullable(),
  /** null = now, by the server's clock. */
  beganAt: Instant.nullable(),
  earlierReason: Reason.nullable(),
  callerName: Said,
  callerPost: Said.nullable(),
  callerPhone: Said.nullable(),
  category: CategoryKey,
  level: LevelKey,
  occurredAt: Instant,
  learnedAt: Instant,
  place: Words.trim().max(500),
  course: Words.trim().min(2).max(4_000),
  toldTo: Said.nullable(),
  handling: Words.trim().min(1).max(2_000).nullable(),
})
export type TakeCallInput = z.infer<typeof TakeCallInput>
export const TakenCall = z.object({
  recordId: z.uuid(),
  eventCode: z.string(),
  beganAt: Instant,
  recordedAt: Instant,
  frozenQuarters: z.array(QuarterText),
})
export type TakenCall = z.infer<typeof TakenCall>

export const CandidatesInput = z.strictObject({ unitCode: Code })
export type CandidatesInput = z.infer<typeof CandidatesInput>
export const EventCandidates = z.object({
  now: Instant,
  items: z.array(
    z.object({
      eventCode: z.string(),
      category: CategoryKey,
      level: LevelKey,
      occurredAt: Instant,
      learnedAt: Instant,
      hasFirst: z.boolean(),
      phonedAt: Instant.nullable(),
      place: z.string().nullable(),
    }),
  ),
})
export type EventCandidates = z.infer<typeof EventCandidates>

export const SignReportInput = z.strictObject({
  contentId: Id,
  /** What the office says to a call that the unit claims; null = nothing. */
  claim: z.enum(['confirmed', 'denied']).nullable(),
  note: Reason.nullable(),
})
export type SignReportInput = z.infer<typeof SignReportInput>

export const FilingClockView = z.object({
  kind: z.enum(FILING_CLOCKS),
  dueAt: Instant,
  outcome: OutcomeKey,
  at: Instant.nullable(),
  missed: Count,
})
export type FilingClockView = z.infer<typeof FilingClockView>

/** Events of the own unit whose clocks run. */
export const RunningReports = z.object({
  now: Instant,
  items: z.array(
    z.object({
      eventCode: z.string(),
      category: CategoryKey,
      level: LevelKey,
      learnedAt: Instant,
      next: z.array(z.object({ stage: StageKey, sequence: Count })),
      clocks: z.array(FilingClockView),
      given: Count,
      missing: z.array(ElementKey),
    }),
  ),
  drafts: z.array(ReportDraft),
})
export type RunningReports = z.infer<typeof RunningReports>

export const InboxInput = z.strictObject({ view: z.enum(['unsigned', 'all']), cursor: z.string().max(200).optional() })
export type InboxInput = z.infer<typeof InboxInput>
export const ReportInbox = z.object({
  now: Instant,
  items: z.array(
    z.object({
      receipt: ReportReceipt,
      category: CategoryKey,
      level: LevelKey,
      place: z.string(),
      deaths: Persons,
      injuries: Persons,
      missing: Persons,
      claimedPhonedAt: Instant.nullable(),
      acts: z.array(ReportAct),
      /** The reader's office signs for it. */
      isMine: z.boolean(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
export type ReportInbox = z.infer<typeof ReportInbox>

export const EventTextsInput = z.strictObject({ eventCode: Code })
export type EventTextsInput = z.infer<typeof EventTextsInput>
export const TEXT_FIELDS = [
  'category',
  'level',
  'occurredAt',
  'learnedAt',
  'clockSource',
  'phonedAt',
  'areaCode',
  'place',
  'deaths',
  'injuries',
  'missing',
  'recipients',
  'signer',
  'contact',
  ...ELEMENTS.map((element) => `texts.${element}` as const),
] as const
/** What units wrote and offices took down about an event, by unit. */
export const EventTexts = z.object({
  units: z.array(
    z.object({
      unitCode: z.string(),
      unitName: z.string(),
      calls: z.array(PhoneRecord),
      /** Told by phone, then written otherwise; null = as told, or not both. */
      levelByPhone: LevelKey.nullable(),
      reports: z.array(
        z.object({
          stage: StageKey,
          sequence: Count,
          /** Oldest first; `changes`: against the version before. */
          versions: z.array(
            z.object({
              content: ReportContent,
              changes: z.array(
                z.object({ field: z.enum(TEXT_FIELDS), from: z.string().nullable(), to: z.string().nullable() }),
              ),
              /** The reader may correct it: the last version, by an officer of the unit. */
              mayCorrect: z.boolean(),
              /** The reader's office may sign for it, and answer the claim of a call. */
              maySign: z.boolean(),
              mayAnswerClaim: z.boolean(),
            }),
          ),
        }),
      ),
    }),
  ),
})
export type EventTexts = z.infer<typeof EventTexts>
