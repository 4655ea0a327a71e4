import { z } from 'zod'
import { LEAD_LIMITS } from './lead.ts'
import { Count, Instant } from './values.ts'

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Uuid = z.uuid().regex(/^[0-9a-f-]+$/)
const Persons = z.int().min(0).max(1_000_000).nullable()

/** 信息员: who tells the office what is seen in a village. */
export const InformantItem = z.object({
  informantId: z.uuid(),
  name: z.string(),
  village: z.string(),
  areaCode: z.string().nullable(),
  areaName: z.string().nullable(),
  /** Masked. */
  phone: z.string().nullable(),
  isWithdrawn: z.boolean(),
  /** Of the link; null = none was given. */
  link: z.object({ givenAt: Instant, expiresAt: Instant, state: z.enum(['usable', 'expired', 'revoked']) }).nullable(),
  steps: Count,
})
export type InformantItem = z.infer<typeof InformantItem>

export const InformantMessage = z.object({
  messageId: z.uuid(),
  receiptCode: z.string(),
  informantId: z.string(),
  name: z.string(),
  village: z.string(),
  areaCode: z.string().nullable(),
  at: Instant,
  what: z.string(),
  place: z.string().nullable(),
  occurredAt: Instant.nullable(),
  deaths: Persons,
  injuries: Persons,
  hasPhoto: z.boolean(),
})
export type InformantMessage = z.infer<typeof InformantMessage>

export const InformantList = z.object({
  asOf: Instant,
  mayChange: z.boolean(),
  informants: z.array(InformantItem),
  /** What waits to be taken as a lead. */
  messages: z.array(InformantMessage),
})
export type InformantList = z.infer<typeof InformantList>

export const SaveInformantInput = z.strictObject({
  /** null = a new one. */
  informantId: Uuid.nullable(),
  steps: z.int().min(0).max(10_000),
  name: Words.min(1).max(40),
  village: Words.min(1).max(100),
  areaCode: z.string().min(1).max(100).nullable(),
  phone: Words.min(3).max(30).nullable(),
})
export type SaveInformantInput = z.infer<typeof SaveInformantInput>
export const InformantSaved = z.object({ informantId: z.uuid() })
export type InformantSaved = z.infer<typeof InformantSaved>

export const INFORMANT_LINK_DAYS = { min: 1, max: 400 } as const
export const GiveLinkInput = z.strictObject({
  informantId: Uuid,
  steps: z.int().min(0).max(10_000),
  days: z.int().min(INFORMANT_LINK_DAYS.min).max(INFORMANT_LINK_DAYS.max),
})
export type GiveLinkInput = z.infer<typeof GiveLinkInput>
/** The secret is told this once. */
export const LinkGiven = z.object({ secret: z.string(), expiresAt: Instant })
export type LinkGiven = z.infer<typeof LinkGiven>

export const EndInformantInput = z.strictObject({
  informantId: Uuid,
  steps: z.int().min(0).max(10_000),
  kind: z.enum(['revoked', 'withdrawn']),
})
export type EndInformantInput = z.infer<typeof EndInformantInput>

export const MessageKey = z.strictObject({ messageId: Uuid })
export type MessageKey = z.infer<typeof MessageKey>
export const MessagePhoto = z.object({ type: z.literal('image/jpeg'), base64: z.string() })
export type MessagePhoto = z.infer<typeof MessagePhoto>

/** The secret of a link, as it stands behind the `#` of the address. */
const Secret = z.string().min(20).max(100)
export const CheckLinkInput = z.strictObject({ secret: Secret })
export type CheckLinkInput = z.infer<typeof CheckLinkInput>
export const LinkChecked = z.object({ expiresAt: Instant })
export type LinkChecked = z.infer<typeof LinkChecked>

export const SendMessageInput = z.strictObject({
  secret: Secret,
  /** Made on the phone, so that the same sent twice is one. */
  messageId: Uuid,
  what: Words.min(2).max(2_000),
  place: Words.min(1).max(500).nullable(),
  occurredAt: Instant.nullable(),
  deaths: Persons,
  injuries: Persons,
  /** A JPEG, base64. */
  photo: z
    .string()
    .max(Math.ceil(LEAD_LIMITS.photoBytes / 3) * 4)
    .regex(/^[A-Za-z0-9+/]+=*$/)
    .nullable(),
})
export type SendMessageInput = z.infer<typeof SendMessageInput>
export const MessageReceipt = z.object({ receiptCode: z.string(), at: Instant })
export type MessageReceipt = z.infer<typeof MessageReceipt>
