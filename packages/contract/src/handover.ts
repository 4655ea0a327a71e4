import { HANDOVER_STATES, HANDOVER_STEPS } from '@zhidu/domain'
import { z } from 'zod'
import { LogItem } from './duty-log.ts'
import { Count, Instant } from './values.ts'

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Note = Words.min(2).max(500)
const Name = Words.min(1).max(64)
const Id = z.uuid().regex(/^[0-9a-f-]+$/)
const UnitCode = z.string().min(1).max(100)

export const HandoverStateKey = z.enum(HANDOVER_STATES)
export const HandoverStepKey = z.enum(HANDOVER_STEPS)

export const HandoverItem = z.object({
  /** null = nobody has begun. */
  handoverId: z.uuid().nullable(),
  unitCode: z.string(),
  unitName: z.string(),
  changeAt: Instant,
  state: HandoverStateKey,
  /** The next shift has begun and nobody has taken over. */
  isOverdue: z.boolean(),
  /** By the roster as it is known now. */
  outgoing: z.array(z.string()),
  incoming: z.array(z.string()),
  offeredBy: z.string().nullable(),
  takenBy: z.string().nullable(),
  takenAt: Instant.nullable(),
  openCount: Count.nullable(),
})
export type HandoverItem = z.infer<typeof HandoverItem>

/** Missing unit = the reader's own. */
export const HandoverListInput = z.strictObject({ unitCode: UnitCode.optional() })
export type HandoverListInput = z.infer<typeof HandoverListInput>
/** Changes of shift of the last four weeks and the next, latest first. */
export const HandoverList = z.object({
  asOf: Instant,
  unitCode: z.string(),
  unitName: z.string(),
  mayKeep: z.boolean(),
  items: z.array(HandoverItem),
})
export type HandoverList = z.infer<typeof HandoverList>

const HandoverStepView = z.object({
  kind: HandoverStepKey,
  at: Instant,
  by: z.string(),
  rosterPerson: z.string().nullable(),
  offRosterReason: z.string().nullable(),
  equipment: z.string().nullable(),
  note: z.string().nullable(),
  toPerson: z.string().nullable(),
  toReason: z.string().nullable(),
  /** At whose screen it was confirmed; null = at one's own. */
  enteredBy: z.string().nullable(),
  openCount: Count,
})

export const HANDOVER_BARRIERS = ['role', 'not_now', 'same_person', 'list_changed', 'too_early'] as const

export const HandoverPage = z.object({
  item: HandoverItem,
  asOf: Instant,
  /** What is open now, or, once it was taken over, what was; with what the outgoing said of each. Oldest first. */
  entries: z.array(z.object({ item: LogItem, note: z.string() })),
  equipment: z.string().nullable(),
  note: z.string().nullable(),
  toPerson: z.string().nullable(),
  steps: z.array(HandoverStepView),
  next: z.array(z.object({ kind: HandoverStepKey, barredBy: z.enum(HANDOVER_BARRIERS).nullable() })),
  /** Whom the reader is on the rosters of the two shifts; null = not on it. */
  asOutgoing: z.string().nullable(),
  asIncoming: z.string().nullable(),
})
export type HandoverPage = z.infer<typeof HandoverPage>
export const HandoverKey = z.strictObject({ handoverId: Id })
export type HandoverKey = z.infer<typeof HandoverKey>

/** Begins the handover of a change of shift, or gives the one that was begun. */
export const BeginHandoverInput = z.strictObject({ changeAt: Instant })
export type BeginHandoverInput = z.infer<typeof BeginHandoverInput>

const About = { handoverId: Id, steps: z.int().min(0).max(10_000) }
const Remarks = {
  notes: z.array(z.strictObject({ entryId: Id, note: Words.max(500) })).max(500),
  equipment: Note.nullable(),
  note: Note.nullable(),
}
/** `offRosterReason`: why somebody confirms who is not on the roster; null = he is. */
export const HandoverStepInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('prepared'), ...Remarks }),
  z.strictObject({
    ...About,
    kind: z.literal('offered'),
    ...Remarks,
    toPerson: Name,
    toReason: Note.nullable(),
    offRosterReason: Note.nullable(),
  }),
  z.strictObject({ ...About, kind: z.literal('returned'), note: Note }),
  z.strictObject({ ...About, kind: z.literal('taken'), note: Note.nullable(), offRosterReason: Note.nullable() }),
])
export type HandoverStepInput = z.infer<typeof HandoverStepInput>

/** 当面交接: the incoming confirms by his own password at the outgoing's screen. */
export const TakeInPersonInput = z.strictObject({
  ...About,
  loginName: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(256),
  totp: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(),
  note: Note.nullable(),
  offRosterReason: Note.nullable(),
})
export type TakeInPersonInput = z.infer<typeof TakeInPersonInput>
