import { KINDS } from './imports.ts'
import { RoleKey } from './session.ts'
import { z } from 'zod'
import { Count, Instant } from './values.ts'

const UnitCode = z.string().min(1).max(100)
const LoginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/)
const Name = z.string().trim().min(1).max(100)
const StaffNumber = z.string().trim().min(1).max(50)
const Phone = z
  .string()
  .trim()
  .regex(/^[+\d][\d -]{4,29}$/)

export const ACCOUNT_SORTS = ['loginName', 'displayName', 'unitCode', 'lastSeenAt'] as const
export const AccountListInput = z.strictObject({
  search: z.string().max(100).optional(),
  role: RoleKey.optional(),
  isDisabled: z.boolean().optional(),
  sort: z.enum(ACCOUNT_SORTS).optional(),
  /** Login name of the last of the page before. */
  after: z.string().max(100).optional(),
})
export type AccountListInput = z.infer<typeof AccountListInput>

/** Phones come masked; the whole number by `personal.reveal`. */
export const AccountItem = z.object({
  accountId: z.uuid(),
  loginName: z.string(),
  staffNumber: z.string().nullable(),
  displayName: z.string(),
  phone: z.string().nullable(),
  unitCode: z.string().nullable(),
  unitName: z.string().nullable(),
  roles: z.array(RoleKey),
  isDisabled: z.boolean(),
  isSsoOnly: z.boolean(),
  hasTotp: z.boolean(),
  mustChangePassword: z.boolean(),
  isDemonstration: z.boolean(),
  /** Locked by failed tries until then. */
  lockedUntil: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  createdAt: Instant,
})
export type AccountItem = z.infer<typeof AccountItem>
export const AccountList = z.object({ items: z.array(AccountItem), total: Count, hasMore: z.boolean() })
export type AccountList = z.infer<typeof AccountList>

export const AccountInput = z.strictObject({ accountId: z.uuid() })
export const CreateAccountInput = z.strictObject({
  loginName: LoginName,
  displayName: Name,
  staffNumber: StaffNumber.nullable(),
  phone: Phone.nullable(),
  unitCode: UnitCode.nullable(),
  isSsoOnly: z.boolean(),
})
export type CreateAccountInput = z.infer<typeof CreateAccountInput>
export const UpdateAccountInput = z.strictObject({
  accountId: z.uuid(),
  displayName: Name,
  staffNumber: StaffNumber.nullable(),
  /** Missing = as it is. */
  phone: Phone.nullable().optional(),
  unitCode: UnitCode.nullable(),
  isDisabled: z.boolean(),
})
export type UpdateAccountInput = z.infer<typeof UpdateAccountInput>
export const BindSubjectInput = z.strictObject({
  accountId: z.uuid(),
  subject: z.string().min(1).max(255).nullable(),
  isSsoOnly: z.boolean(),
})
export type BindSubjectInput = z.infer<typeof BindSubjectInput>
/** The one-time initial password, shown once; null for accounts that sign in elsewhere. */
export const AccountCreated = z.object({ account: AccountItem, initialPassword: z.string().nullable() })
export type AccountCreated = z.infer<typeof AccountCreated>
export const PasswordReset = z.object({ initialPassword: z.string() })
export type PasswordReset = z.infer<typeof PasswordReset>

export const RoleChangeInput = z.strictObject({ accountId: z.uuid(), role: RoleKey })
export type RoleChangeInput = z.infer<typeof RoleChangeInput>

/** One line of "who can see what": an account, one of its roles, and how far it reaches. */
export const AccessLine = z.object({
  loginName: z.string(),
  displayName: z.string(),
  isDisabled: z.boolean(),
  role: RoleKey.nullable(),
  permissions: z.array(z.string()),
  unitCode: z.string().nullable(),
  unitName: z.string().nullable(),
  /** Units of the own subtree today; null = the role reads no facts. */
  unitCount: Count.nullable(),
})
export const AccessTable = z.object({ asOf: Instant, lines: z.array(AccessLine) })
export type AccessTable = z.infer<typeof AccessTable>

export const TOKEN_KINDS = KINDS
/** A key of another system for /api/v1: some kinds, one subtree, reading or writing too. */
export const TokenItem = z.object({
  tokenId: z.uuid(),
  name: z.string(),
  unitCode: z.string(),
  unitName: z.string().nullable(),
  kinds: z.array(z.enum(KINDS)),
  mayWrite: z.boolean(),
  createdAt: Instant,
  createdBy: z.string(),
  expiresAt: Instant,
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
})
export type TokenItem = z.infer<typeof TokenItem>
export const TokenList = z.array(TokenItem)
export type TokenList = z.infer<typeof TokenList>
export const CreateTokenInput = z.strictObject({
  name: Name,
  unitCode: UnitCode,
  kinds: z.array(z.enum(KINDS)).min(1),
  mayWrite: z.boolean(),
  /** 1 to 366. */
  days: z.int().min(1).max(366),
})
export type CreateTokenInput = z.infer<typeof CreateTokenInput>
/** The token itself is shown once. */
export const TokenCreated = z.object({ token: z.string(), item: TokenItem })
export type TokenCreated = z.infer<typeof TokenCreated>
export const TokenInput = z.strictObject({ tokenId: z.uuid() })

/** Personal data behind a mask, one record at a time, with the reason why. */
export const REVEALED_FIELDS = [
  'inspectors',
  'note',
  'phone',
  'met',
  'numbers',
  'readBack',
  'roster',
  'filing',
] as const
export const RevealInput = z.strictObject({
  kind: z.enum(['check', 'account', 'inspection', 'filing']),
  /** Check code, account id, inspection id, or `unit/holiday/form` of a filing. */
  id: z.string().min(1).max(200),
  reason: z.string().trim().min(4).max(200),
})
export type RevealInput = z.infer<typeof RevealInput>
export const Revealed = z.object({
  fields: z.array(z.object({ field: z.enum(REVEALED_FIELDS), text: z.string() })),
})
export type Revealed = z.infer<typeof Revealed>
