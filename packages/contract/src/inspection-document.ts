import {
  CALL_LINES,
  CALL_OUTCOMES,
  FORWARDING_SIGNALS,
  ITEM_ANSWERS,
  PHOTO_WISHES,
  SIGNAL_READINGS,
} from '@zhidu/domain'
import { z } from 'zod'
import { CheckMethodKey, DutyModeKey, FindingKey } from './values.ts'

/** What a phone may send; the same figures bound what it lets in. */
export const INSPECTION_LIMITS = {
  photoBytes: 10_000_000,
  recordingBytes: 50_000_000,
  files: 20,
  filesBytes: 100_000_000,
  attempts: 30,
  signals: 20,
  items: 100,
  inspectors: 6,
  note: 1_000,
  readBack: 4_000,
  anchors: 10,
  /** A check that lasts longer is not one check. */
  elapsedMs: 24 * 3_600_000,
} as const

/** File types by their first bytes, as `kind/type`. */
export const EVIDENCE_KINDS = ['photo', 'recording'] as const
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const
export const RECORDING_TYPES = ['audio/mp4', 'audio/mpeg', 'audio/ogg', 'audio/webm'] as const
export const EVIDENCE_TYPES = [...PHOTO_TYPES, ...RECORDING_TYPES] as const

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Note = Words.max(INSPECTION_LIMITS.note)
const Name = Words.min(1).max(64)
const UnitCodeText = z.string().min(1).max(100)
/** Milliseconds since the inspection began. */
const Elapsed = z.int().min(0).max(INSPECTION_LIMITS.elapsedMs)
/** A device's clock may be years off, and is taken as it is. */
const Wall = z.int().min(0).max(8_640_000_000_000_000)
const Monotonic = z.number().min(0).max(8_640_000_000_000_000)
const Session = z.string().min(1).max(64)
/** SHA-256 of a file's bytes, hex. */
export const FileHash = z.string().regex(/^[0-9a-f]{64}$/)
const Files = z.array(FileHash).max(INSPECTION_LIMITS.files)
const ItemKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

export const InspectionId = z.uuid().regex(/^[0-9a-f-]+$/)

export const ClockAnchorShape = z.strictObject({
  session: Session,
  monotonicMs: Monotonic,
  wallMs: Wall,
  serverMs: Wall,
  roundTripMs: z.number().min(0).max(3_600_000),
})

export const InspectionPurpose = z.enum(['drawn', 'ordered', 'second', 'upper'])
export type InspectionPurpose = z.infer<typeof InspectionPurpose>

const CallAttemptShape = z.strictObject({
  line: z.enum(CALL_LINES),
  /** As dialled; null = the phone did not know the number. */
  number: Words.max(40).nullable(),
  dialledMs: Elapsed,
  ringMs: Elapsed,
  rings: z.int().min(0).max(1_000).nullable(),
  outcome: z.enum(CALL_OUTCOMES),
})
const CallBackShape = z.strictObject({
  askedMs: Elapsed,
  cameMs: Elapsed.nullable(),
  isFromDutyLine: z.boolean().nullable(),
})
const SignalShape = z.strictObject({
  signal: z.enum(FORWARDING_SIGNALS),
  reading: z.enum(SIGNAL_READINGS),
  note: Note.nullable(),
})
const AnswerShape = z.strictObject({
  item: ItemKey,
  answer: z.enum(ITEM_ANSWERS),
  note: Note.nullable(),
  files: Files,
})
const PlaceShape = z.strictObject({
  atMs: Elapsed,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracyMetres: z.number().min(0).max(1_000_000),
})
/** A place, or why there is none. */
const Location = z.union([PlaceShape, z.enum(['not_asked', 'refused', 'unavailable'])])
export type InspectionLocation = z.infer<typeof Location>

const ReadBack = z.strictObject({
  /** What was read to the unit, as it was read. */
  text: Words.min(1).max(INSPECTION_LIMITS.readBack),
  /** `nobody`: there was nobody to read it to. */
  opinion: z.enum(['agrees', 'objects', 'nobody']),
  objection: Note.nullable(),
  /** Who confirmed, in what post; null = not said. */
  person: Name.nullable(),
  post: Name.nullable(),
  atMs: Elapsed,
})

const EvidenceFile = z.strictObject({
  sha256: FileHash,
  kind: z.enum(EVIDENCE_KINDS),
  type: z.enum(EVIDENCE_TYPES),
  bytes: z.int().min(1).max(INSPECTION_LIMITS.recordingBytes),
  takenMs: Elapsed,
  name: Words.max(200),
})
export type EvidenceFile = z.infer<typeof EvidenceFile>

/**
 * 抽查记录: one check as the inspector made it, never changed once sent. All moments but the start are milliseconds since the start,
 * by the device's monotonic clock. What is found follows from calls, signals and answers, by the list and the rules it names.
 */
export const InspectionDocument = z.strictObject({
  format: z.literal(1),
  inspectionId: InspectionId,
  unitCode: UnitCodeText,
  method: CheckMethodKey,
  purpose: InspectionPurpose,
  /** For `drawn`. */
  drawId: z.uuid().nullable(),
  /** For `second` and `upper`; for `ordered` that of a recheck. */
  orderId: z.uuid().nullable(),
  /** For `ordered`: why a unit that was not drawn is checked; null when an order says so. */
  reason: Words.min(2).max(500).nullable(),
  /** The one who records first. */
  inspectors: z.array(Name).min(1).max(INSPECTION_LIMITS.inspectors),
  checklist: z.strictObject({ id: z.string().min(1).max(64), version: z.int().min(1).max(10_000) }),
  start: z.strictObject({ session: Session, monotonicMs: Monotonic, wallMs: Wall }),
  anchors: z.array(ClockAnchorShape).max(INSPECTION_LIMITS.anchors),
  elapsedMs: Elapsed,
  attempts: z.array(CallAttemptShape).max(INSPECTION_LIMITS.attempts),
  callBack: CallBackShape.nullable(),
  signals: z.array(SignalShape).max(INSPECTION_LIMITS.signals),
  answers: z.array(AnswerShape).max(INSPECTION_LIMITS.items),
  startPlace: Location,
  endPlace: Location,
  readBack: ReadBack.nullable(),
  files: z.array(EvidenceFile).max(INSPECTION_LIMITS.files),
  /** Who answered or was there, in what post, as they said. */
  metPerson: Name.nullable(),
  metPost: Name.nullable(),
  note: Note.nullable(),
})
export type InspectionDocument = z.infer<typeof InspectionDocument>

/** The one spelling that is hashed: JSON with the keys in the order of the format, no spaces. */
export function toInspectionJson(document: InspectionDocument): string {
  return JSON.stringify(InspectionDocument.parse(document))
}

export const ChecklistItemShape = z.strictObject({
  key: ItemKey,
  section: Name,
  text: Words.min(2).max(100),
  hint: Words.max(200).nullable(),
  finding: FindingKey.nullable(),
  dutyModes: z.array(DutyModeKey).min(1).max(2).nullable(),
  photo: z.enum(PHOTO_WISHES),
})
export const ChecklistContent = z.strictObject({
  title: Words.min(2).max(100),
  methods: z.array(CheckMethodKey).min(1).max(3),
  source: Words.min(2).max(500),
  items: z.array(ChecklistItemShape).min(1).max(INSPECTION_LIMITS.items),
})
export type ChecklistContent = z.infer<typeof ChecklistContent>
export const ChecklistShape = ChecklistContent.extend({
  id: z.string().min(1).max(64),
  version: z.int().min(1).max(10_000),
})
