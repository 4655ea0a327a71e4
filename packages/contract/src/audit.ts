import { z } from 'zod'
import { Count, Instant } from './values.ts'

export const AUDIT_OUTCOMES = ['done', 'refused'] as const
export const AUDIT_ACTOR_KINDS = ['account', 'token', 'local', 'system', 'anonymous'] as const

export const AuditListInput = z.strictObject({
  from: Instant.optional(),
  /** Outside. */
  to: Instant.optional(),
  /** Part of the actor's name. */
  actor: z.string().trim().max(100).optional(),
  /** An action, `account.create`, or the family before a dot, `account`. */
  action: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/)
    .max(100)
    .optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  /** Part of the object. */
  object: z.string().trim().max(200).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
})
export type AuditListInput = z.infer<typeof AuditListInput>

export const AuditItem = z.strictObject({
  seq: Count,
  at: Instant,
  actor: z.strictObject({
    kind: z.enum(AUDIT_ACTOR_KINDS),
    id: z.string().nullable(),
    name: z.string().nullable(),
    /** Code of the unit it belongs to. */
    unit: z.string().nullable(),
  }),
  /** Null = on the machine itself. */
  address: z.string().nullable(),
  action: z.string(),
  object: z.string().nullable(),
  outcome: z.enum(AUDIT_OUTCOMES),
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.json()),
  /** Hexadecimal. */
  hash: z.string(),
  /** False when the row was tampered with: it is not what was hashed, or not filed under what it says. */
  isIntact: z.boolean(),
})
export type AuditItem = z.infer<typeof AuditItem>

export const AuditList = z.strictObject({
  /** Newest first. */
  items: z.array(AuditItem),
  nextCursor: z.string().nullable(),
  /** How many pass the filter; counting stops at 1,000, and then `isTotalExact` is false. */
  total: Count,
  isTotalExact: z.boolean(),
})
export type AuditList = z.infer<typeof AuditList>

export const AuditCheckpointItem = z.strictObject({
  /** How many entries it covers. */
  size: Count,
  /** Base64, as in the note. */
  root: z.string(),
  /** The signed note itself. */
  note: z.string(),
  reason: z.enum(['timed', 'manual', 'backup', 'start']),
  createdAt: Instant,
})
export const AuditCheckpointList = z.strictObject({
  /** The last hundred, newest first. */
  items: z.array(AuditCheckpointItem),
  total: Count,
  /** Entries there are, and how many of them the last checkpoint covers. */
  entryCount: Count,
  coveredCount: Count,
  /** True when an entry has waited for its checkpoint for more than seventy minutes: the timer has stopped. */
  isOverdue: z.boolean(),
})
export type AuditCheckpointList = z.infer<typeof AuditCheckpointList>
