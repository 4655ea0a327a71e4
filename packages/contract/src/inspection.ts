import { CASE_STATES, DUTY_LINES, FORWARDING_SIGNALS, UNPROVEN_REASONS } from '@zhidu/domain'
import { z } from 'zod'
import {
  ChecklistContent,
  ChecklistShape,
  EVIDENCE_KINDS,
  EVIDENCE_TYPES,
  FileHash,
  InspectionDocument,
  InspectionId,
  InspectionPurpose,
} from './inspection-document.ts'
import {
  CheckMethodKey,
  Count,
  DutyModeKey,
  FindingKey,
  Instant,
  Points,
  QuarterText,
  RegulationRef,
} from './values.ts'

const Reason = z.string().trim().min(2).max(500)

/** Somebody on the roster of a unit at an instant. */
export const RosterPerson = z.object({
  role: z.enum(['leader', 'officer']),
  person: z.string(),
  post: z.string().nullable(),
  phone: z.string().nullable(),
  startsAt: Instant,
  endsAt: Instant,
  /** When this installation was told. */
  recordedAt: Instant,
})
export type RosterPerson = z.infer<typeof RosterPerson>
/** Filed after a check about its instant: somebody is on duty who was not, with other particulars, or not any more. */
export const LateRosterPerson = RosterPerson.extend({ change: z.enum(['added', 'changed', 'removed']) })
export type LateRosterPerson = z.infer<typeof LateRosterPerson>
export const DutyLineNumber = z.object({
  line: z.enum(DUTY_LINES),
  number: z.string(),
  /** Last day of a registered exemption from the ban on forwarding; null = none. */
  forwardingUntil: z.iso.date().nullable(),
})
export type DutyLineNumber = z.infer<typeof DutyLineNumber>

export const PhoneSettingsShape = z.object({
  clause: z.string(),
  maxRings: z.int(),
  maxSeconds: z.int(),
  giveUpRings: z.int(),
  attempts: z.int(),
  spacingSeconds: z.int(),
  alternateLine: z.boolean(),
  callBackSeconds: z.int(),
})

/** One unit as the phone has to know it without network. */
export const KitUnit = z.object({
  unitCode: z.string(),
  name: z.string(),
  dutyMode: DutyModeKey,
  lines: z.array(DutyLineNumber),
  /** Shifts known now that touch the coming hours of the kit. */
  roster: z.array(RosterPerson),
  lastChecks: z.array(
    z.object({ at: Instant, method: CheckMethodKey, findings: z.array(FindingKey), isProvisional: z.boolean() }),
  ),
  /** Findings of earlier inspections that nobody has decided yet. */
  openFindings: Count,
  /** Findings that were confirmed and are not yet put right and closed. */
  openRectifications: Count,
  /** What the duty room's screen shows, one code for each five minutes of the kit, from `codesFrom` on; empty = no duty room. */
  roomCodes: z.array(z.string()),
  /** What each finding costs under the rules in force, for the read-back; a finding that costs nothing is left out. */
  points: z.partialRecord(FindingKey, Points),
})
export type KitUnit = z.infer<typeof KitUnit>

/** One visit to make: of a draw's certificate, or of an order. */
export const KitVisit = z.object({
  purpose: InspectionPurpose,
  drawId: z.uuid().nullable(),
  orderId: z.uuid().nullable(),
  title: z.string(),
  unitCode: z.string(),
  /** Place in its draw, from 1. */
  position: z.int().positive(),
  inspectors: z.array(z.string()),
  /** True when the reader is one of them, or nobody is named. */
  isMine: z.boolean(),
  isNight: z.boolean(),
  /** The check that was received for it; null = not yet checked. Never told for a blind second check. */
  inspectionId: InspectionId.nullable(),
  dueAt: Instant.nullable(),
})
export type KitVisit = z.infer<typeof KitVisit>

/** 外勤包: all that a phone needs for a night without network. */
export const InspectionKit = z.object({
  /** When it was made, with milliseconds: an anchor of the device's clock. */
  serverMs: z.number(),
  validUntil: Instant,
  codesFrom: Instant,
  accountId: z.uuid(),
  inspector: z.string(),
  officeName: z.string(),
  regulation: RegulationRef.extend({ title: z.string(), notice: z.string().nullable() }),
  phone: PhoneSettingsShape,
  /** Working days a unit has to explain, for the read-back. */
  explanationWorkingDays: z.int(),
  /** First-report limits in words, for the question whether the officer knows them. */
  limits: z.array(z.string()),
  checklists: z.array(ChecklistShape),
  visits: z.array(KitVisit),
  units: z.array(KitUnit),
  /** Every unit one level below that may be checked by order: code and name only. */
  others: z.array(z.object({ unitCode: z.string(), name: z.string(), dutyMode: DutyModeKey })),
})
export type InspectionKit = z.infer<typeof InspectionKit>
/** `unitCodes`: units to be checked without a draw, whose numbers are wanted too. */
export const KitInput = z.strictObject({ unitCodes: z.array(z.string().min(1).max(100)).max(50) })
export type KitInput = z.infer<typeof KitInput>
export const ServerTime = z.object({ serverMs: z.number() })
export type ServerTime = z.infer<typeof ServerTime>

/** What of a file is there. */
export const FileReceipt = z.object({
  sha256: FileHash,
  bytes: Count,
  receivedBytes: Count,
  /** The server's own hash of what it has, once all of it is there; null before. */
  receivedSha256: FileHash.nullable(),
})
export type FileReceipt = z.infer<typeof FileReceipt>
/** The answer to a document, the same each time it is sent. */
export const InspectionReceipt = z.object({
  inspectionId: InspectionId,
  checkCode: z.string(),
  /** SHA-256 of the document as the server keeps it, `sha256:` and hex. */
  contentHash: z.string(),
  receivedAt: Instant,
  files: z.array(FileReceipt),
})
export type InspectionReceipt = z.infer<typeof InspectionReceipt>
export const SubmitInspectionInput = InspectionDocument

export const FINDING_STANDINGS = ['suspected', 'provisional', 'confirmed', 'dismissed'] as const
export const FindingStanding = z.enum(FINDING_STANDINGS)
export type FindingStanding = z.infer<typeof FindingStanding>

export const INSPECTION_STATES = [
  'awaiting_files',
  'awaiting_decision',
  'passed',
  'decided',
  'inconclusive',
  'compared',
] as const
/**
 * Where an inspection stands. `passed`: no finding, on record as a check; `decided`: every finding was; `inconclusive`: nothing is
 * proved and it counts nowhere; `compared`: a second check, which serves agreement alone. `awaiting_files` only while nothing else
 * holds it up.
 */
export const InspectionState = z.enum(INSPECTION_STATES)
export type InspectionState = z.infer<typeof InspectionState>

export const InspectionFinding = z.object({
  finding: FindingKey,
  standing: FindingStanding,
  clause: z.string(),
  /** How the rules word that clause. */
  clauseLabel: z.string(),
  /** What it costs when it is confirmed; 0 = nothing. */
  points: Points,
  /** Items of the list and files that it rests on. */
  items: z.array(z.string()),
  files: z.array(FileHash),
  /** Null = not decided. */
  decision: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
  /** From notice to closure, and where that stands; null = decided before there were cases. */
  caseId: z.uuid().nullable(),
  caseState: z.enum(CASE_STATES).nullable(),
})
export type InspectionFinding = z.infer<typeof InspectionFinding>

export const InspectionListInput = z.strictObject({
  quarter: QuarterText,
  unitCode: z.string().max(100).optional(),
  state: InspectionState.optional(),
  method: CheckMethodKey.optional(),
  purpose: InspectionPurpose.optional(),
  finding: FindingKey.optional(),
  cursor: z.string().max(200).optional(),
})
export type InspectionListInput = z.infer<typeof InspectionListInput>
export const InspectionItem = z.object({
  inspectionId: InspectionId,
  checkCode: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  method: CheckMethodKey,
  purpose: InspectionPurpose,
  at: Instant,
  elapsedSeconds: Count,
  /** Masked. */
  inspectors: z.array(z.string()),
  state: InspectionState,
  findings: z.array(InspectionFinding.pick({ finding: true, standing: true, points: true })),
  filesMissing: Count,
  receivedAt: Instant,
})
export type InspectionItem = z.infer<typeof InspectionItem>
export const InspectionList = z.object({
  quarter: QuarterText,
  asOf: Instant,
  regulation: RegulationRef.extend({ title: z.string(), notice: z.string().nullable() }),
  /** By state, whatever the filter: what waits for somebody. */
  counts: z.record(InspectionState, Count),
  items: z.array(InspectionItem),
  nextCursor: z.string().nullable(),
})
export type InspectionList = z.infer<typeof InspectionList>

export const InspectionKey = z.strictObject({ inspectionId: InspectionId })
export type InspectionKey = z.infer<typeof InspectionKey>
/** 证据页: one inspection with everything behind it. */
export const InspectionPage = z.object({
  item: InspectionItem.extend({ findings: z.array(InspectionFinding) }),
  asOf: Instant,
  regulation: RegulationRef.extend({ title: z.string(), notice: z.string().nullable() }),
  officeName: z.string(),
  /** Masked unless revealed, as `personal.reveal` does it. */
  document: InspectionDocument,
  checklist: ChecklistShape,
  contentHash: z.string(),
  phone: PhoneSettingsShape,
  /** How well the time is known. */
  time: z.object({
    uncertaintySeconds: Count,
    basis: z.enum(['monotonic', 'wall', 'none']),
    deviceErrorSeconds: z.int(),
  }),
  /** As known at the second of the check. Masked. */
  roster: z.array(RosterPerson),
  /** Filed after the check about its instant: late changes. Masked. */
  lateRoster: z.array(LateRosterPerson),
  /** What the calls alone prove; null = no telephone check, or one that was broken off. */
  verdict: z
    .union([
      z.object({ kind: z.literal('reached'), isLate: z.boolean() }),
      z.object({ kind: z.literal('fault'), finding: FindingKey }),
      z.object({ kind: z.literal('inconclusive') }),
    ])
    .nullable(),
  /** What was put down and is no finding, and why. */
  unproven: z.array(z.object({ finding: FindingKey, reason: z.enum(UNPROVEN_REASONS) })),
  forwarding: z
    .object({
      isSuspected: z.boolean(),
      pointing: z.array(z.enum(FORWARDING_SIGNALS)),
      against: z.array(z.enum(FORWARDING_SIGNALS)),
      exempt: z.enum(['phone_duty', 'registered']).nullable(),
    })
    .nullable(),
  files: z.array(
    FileReceipt.extend({
      kind: z.enum(EVIDENCE_KINDS),
      type: z.enum(EVIDENCE_TYPES),
      name: z.string(),
      takenMs: Count,
    }),
  ),
  draw: z.object({ drawId: z.uuid(), title: z.string() }).nullable(),
  /** The other of a pair, when the reader may see it. */
  pairedWith: InspectionId.nullable(),
  recordedBy: z.string(),
  mayReveal: z.boolean(),
  /** Null = the reader may decide; else why not. */
  decisionBarredBy: z.enum(['role', 'inspector', 'files', 'done', 'second']).nullable(),
})
export type InspectionPage = z.infer<typeof InspectionPage>

/** 认定: one finding confirmed or dismissed, by a named person who was not among the inspectors. */
export const DecideFindingInput = z.strictObject({
  inspectionId: InspectionId,
  finding: FindingKey,
  outcome: z.enum(['confirmed', 'dismissed']),
  reason: Reason,
})
export type DecideFindingInput = z.infer<typeof DecideFindingInput>

/** 复核安排: that others check again, blind (`second`), or the office above (`upper`). */
export const OrderSecondInput = z.strictObject({
  inspectionId: InspectionId,
  inspectors: z.array(z.string().trim().min(1).max(64)).min(1).max(6),
  reason: Reason,
})
export type OrderSecondInput = z.infer<typeof OrderSecondInput>
/** That a sample of what the offices below checked is checked again from here. */
export const OrderUpperInput = z.strictObject({
  quarter: QuarterText,
  size: z.int().min(1).max(50),
  inspectors: z.array(z.string().trim().min(1).max(64)).min(1).max(6),
  reason: Reason,
})
export type OrderUpperInput = z.infer<typeof OrderUpperInput>
export const OrderedUpper = z.object({ orderIds: z.array(z.uuid()) })
export type OrderedUpper = z.infer<typeof OrderedUpper>
export const InspectionOrderItem = z.object({
  orderId: z.uuid(),
  kind: z.enum(['second', 'upper']),
  unitCode: z.string(),
  unitName: z.string(),
  officeName: z.string(),
  /** The check that is made again; null = not told to whom it is to be blind for. */
  firstId: InspectionId.nullable(),
  /** Null = not yet made. */
  secondId: InspectionId.nullable(),
  /** Masked. */
  inspectors: z.array(z.string()),
  reason: z.string(),
  orderedAt: Instant,
  orderedBy: z.string(),
  dueAt: Instant,
})
export type InspectionOrderItem = z.infer<typeof InspectionOrderItem>
export const OrderKey = z.strictObject({ orderId: z.uuid() })
export type OrderKey = z.infer<typeof OrderKey>

export const ChecklistVersion = ChecklistShape.extend({
  isBuiltIn: z.boolean(),
  isNewest: z.boolean(),
  writtenAt: Instant.nullable(),
  writtenBy: z.string().nullable(),
})
export type ChecklistVersion = z.infer<typeof ChecklistVersion>
/** `id` null = a new list; else its next version, when `version` is still the newest. */
export const SaveChecklistInput = z.strictObject({
  id: z.string().min(1).max(64).nullable(),
  version: z.int().min(0).max(10_000),
  content: ChecklistContent,
})
export type SaveChecklistInput = z.infer<typeof SaveChecklistInput>
export const ChecklistKey = z.object({ id: z.string(), version: z.int() })
export type ChecklistKey = z.infer<typeof ChecklistKey>

/** 值班口令: what the duty room's own screen shows now. */
export const RoomCode = z.object({ code: z.string(), validUntil: Instant, serverMs: z.number() })
export type RoomCode = z.infer<typeof RoomCode>
