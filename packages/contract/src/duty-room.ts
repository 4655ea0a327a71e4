import { MAX_OWN_ITEMS, ROOM_ANSWERS, ROOM_ITEMS, ROOM_SOURCES, ROOM_STANDINGS, ROOM_VIEWS } from '@zhidu/domain'
import { z } from 'zod'
import { FileHash } from './inspection-document.ts'
import { CASE_FILE_LIMITS, CASE_FILE_TYPES, CaseFile } from './supervision-case.ts'
import { Count, DayText, DutyModeKey, Instant } from './values.ts'

const UnitCode = z.string().min(1).max(100)
const Words = z
  .string()
  .trim()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
const AnswerKey = z.enum(ROOM_ANSWERS)
/** One of everybody's items, or an office's own. */
const ItemKey = z.string().regex(/^[a-z_]+$|^own-\d{1,4}$/)
const Files = z.array(FileHash).max(CASE_FILE_LIMITS.files)

const Saying = z.object({ answer: AnswerKey, on: z.string() })
const ItemStanding = z.object({
  key: z.string(),
  /** Of an office's own item; null = one that everybody asks. */
  label: z.string().nullable(),
  answer: AnswerKey,
  standing: z.enum(ROOM_STANDINGS),
  declared: Saying.nullable(),
  inspected: Saying.nullable(),
})
export type RoomItemStanding = z.infer<typeof ItemStanding>

const Staffing = z.object({
  regular: Count,
  other: Count,
  atOnce: Count,
  /** Full-time people for that many places around the clock. */
  needed: Count,
  canRotate: z.boolean(),
  on: z.string(),
  source: z.enum(ROOM_SOURCES),
})
export type RoomStaffing = z.infer<typeof Staffing>

const Share = z.object({
  key: z.string(),
  label: z.string().nullable(),
  has: Count,
  known: Count,
  notKnown: Count,
  notApplicable: Count,
  /** Wilson's 95 % interval; null = not measured. */
  range: z.array(z.number()).length(2).nullable(),
})
export type RoomItemShare = z.infer<typeof Share>

export const DutyRoomsInput = z.strictObject({
  view: z.enum(ROOM_VIEWS).optional(),
  search: z.string().max(100).optional(),
  page: z.int().min(0).max(10_000).optional(),
})
export type DutyRoomsInput = z.infer<typeof DutyRoomsInput>

export const DutyRoomItem = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  dutyMode: DutyModeKey,
  items: z.array(ItemStanding),
  gapCount: Count,
  unknownCount: Count,
  contradictedCount: Count,
  staffing: Staffing.nullable(),
  /** Trainings of the last twelve months. */
  trainingCount: Count,
  lookedOn: z.string().nullable(),
})
export type DutyRoomItem = z.infer<typeof DutyRoomItem>

const OwnItem = z.object({ key: z.string(), label: z.string() })
export const DutyRooms = z.object({
  asOf: Instant,
  ownUnitCode: z.string().nullable(),
  mayList: z.boolean(),
  /** Of the office's own items. */
  version: Count,
  ownItems: z.array(OwnItem),
  shares: z.array(Share),
  /** The same at the ends of the last quarters, oldest first, by what was on record and looked at by then. */
  trend: z.array(z.object({ on: z.string(), shares: z.array(Share) })),
  total: Count,
  page: Count,
  items: z.array(DutyRoomItem),
})
export type DutyRooms = z.infer<typeof DutyRooms>

export const DutyRoomInput = z.strictObject({ unitCode: UnitCode })
export type DutyRoomInput = z.infer<typeof DutyRoomInput>

const RoomFile = CaseFile.extend({ officeCode: z.string() })
export type RoomFile = z.infer<typeof RoomFile>

const Assessment = z.object({
  assessmentId: z.uuid(),
  source: z.enum(ROOM_SOURCES),
  lookedOn: z.string(),
  recordedAt: Instant,
  by: z.string(),
  answers: z.array(z.object({ key: z.string(), label: z.string().nullable(), answer: AnswerKey })),
  staffing: z.object({ regular: Count, other: Count, atOnce: Count }).nullable(),
  note: z.string().nullable(),
  checkCode: z.string().nullable(),
  files: z.array(RoomFile),
})
export type RoomAssessment = z.infer<typeof Assessment>
const Training = z.object({
  trainingId: z.uuid(),
  heldOn: z.string(),
  topic: z.string(),
  minutes: Count,
  persons: Count,
  note: z.string().nullable(),
  files: z.array(RoomFile),
  recordedAt: Instant,
  by: z.string(),
  isCorrection: z.boolean(),
  /** Corrected or taken back since; what it was stays readable. */
  isReplaced: z.boolean(),
  isWithdrawn: z.boolean(),
})
export type DutyTraining = z.infer<typeof Training>

export const DutyRoomPage = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  dutyMode: DutyModeKey,
  asOf: Instant,
  mayDeclare: z.boolean(),
  mayInspect: z.boolean(),
  items: z.array(ItemStanding),
  staffing: Staffing.nullable(),
  assessments: z.array(Assessment),
  trainings: z.array(Training),
  /** Brought by the reader's side and not handed in yet. */
  drafts: z.array(RoomFile),
})
export type DutyRoomPage = z.infer<typeof DutyRoomPage>

/** The unit says of itself what is there, or the office above what it saw; which of them follows from who asks. */
export const AssessRoomInput = z.strictObject({
  unitCode: UnitCode,
  lookedOn: DayText,
  answers: z.array(z.strictObject({ item: ItemKey, answer: AnswerKey })).max(ROOM_ITEMS.length + MAX_OWN_ITEMS),
  staffing: z
    .strictObject({
      regular: z.int().min(0).max(1_000),
      other: z.int().min(0).max(1_000),
      atOnce: z.int().min(1).max(20),
    })
    .nullable(),
  note: Words.max(2_000).nullable(),
  checkCode: z.string().min(1).max(100).nullable(),
  files: Files,
})
export type AssessRoomInput = z.infer<typeof AssessRoomInput>

export const RecordTrainingInput = z.strictObject({
  unitCode: UnitCode,
  heldOn: DayText,
  topic: Words.min(1).max(200),
  minutes: z.int().min(1).max(100_000),
  persons: z.int().min(1).max(100_000),
  note: Words.max(2_000).nullable(),
  files: Files,
  /** What it corrects. */
  replaces: z.uuid().nullable(),
  /** Takes what it corrects back; the note says why. */
  isWithdrawn: z.boolean(),
})
export type RecordTrainingInput = z.infer<typeof RecordTrainingInput>

/** `version`: the last that was seen. `key` null = a new item. */
export const SaveRoomItemsInput = z.strictObject({
  version: z.int().min(0).max(10_000),
  items: z.array(z.strictObject({ key: ItemKey.nullable(), label: Words.min(1).max(60) })).max(MAX_OWN_ITEMS),
})
export type SaveRoomItemsInput = z.infer<typeof SaveRoomItemsInput>

export const AnnounceRoomFileInput = z.strictObject({
  unitCode: UnitCode,
  sha256: FileHash,
  type: z.enum(CASE_FILE_TYPES),
  bytes: z.int().min(1).max(CASE_FILE_LIMITS.recordingBytes),
  name: Words.min(1).max(200),
})
export type AnnounceRoomFileInput = z.infer<typeof AnnounceRoomFileInput>
export const DutyRoomsExportInput = z.strictObject({ lang: z.string().max(20).optional() })
