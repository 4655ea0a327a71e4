import { type BulletinRun as DomainRun, PARAGRAPH_STYLES, parseFigureKey } from '@zhidu/domain'
import { z } from 'zod'
import { Count, Instant, QuarterText, Provenance } from './values.ts'

/** Half of a surrogate pair, and what is not text, have no place in a Word file. */
const Words = z
  .string()
  .refine((text) => !/\p{Surrogate}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u.test(text))
const MAX_RUNS = 400
const MAX_PARAGRAPHS = 1_000

export const BulletinRun = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: Words.max(10_000) }),
  z.strictObject({
    kind: z.literal('field'),
    /** `all/late`, `group:NAME/onTimeShare`, `unit:CODE/score`. */
    key: Words.max(300).refine((key) => parseFigureKey(key) !== null),
    version: z.int().positive().max(9_999),
    text: Words.max(1_000),
    /** Why the text is not what the snapshot gives. */
    reason: Words.trim().min(2).max(200).nullable(),
  }),
]) satisfies z.ZodType<DomainRun>

export const BulletinParagraph = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  style: z.enum(PARAGRAPH_STYLES),
  runs: z.array(BulletinRun).max(MAX_RUNS),
})

export const BulletinDocument = z.strictObject({
  version: z.int().positive().max(9_999),
  paragraphs: z.array(BulletinParagraph).max(MAX_PARAGRAPHS),
})

export const BulletinEdit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('replace'), paragraph: BulletinParagraph }),
  z.strictObject({
    kind: z.literal('insert'),
    after: z.string().max(60).nullable(),
    paragraph: BulletinParagraph,
  }),
  z.strictObject({ kind: z.literal('remove'), id: z.string().max(60) }),
])

export const BULLETIN_STATES = ['draft', 'submitted', 'published'] as const
export type BulletinState = (typeof BULLETIN_STATES)[number]

export const BulletinItem = z.object({
  bulletinId: z.uuid(),
  kind: z.enum(['bulletin', 'correction']),
  quarter: QuarterText,
  title: z.string(),
  officeName: z.string(),
  /** False = of an office below. */
  isOwn: z.boolean(),
  state: z.enum(BULLETIN_STATES),
  /** Version of the frozen quarter that it tells. */
  version: z.int().positive(),
  newestVersion: z.int().positive(),
  revision: z.int().positive(),
  changedAt: Instant,
  changedBy: z.string(),
  publishedAt: Instant.nullable(),
  publishedBy: z.string().nullable(),
})
export type BulletinItem = z.infer<typeof BulletinItem>

export const BulletinList = z.object({
  /** Newest quarter first. */
  items: z.array(BulletinItem),
  /** Frozen quarters of which the own office has no bulletin yet. */
  toDraft: z.array(z.object({ quarter: QuarterText, version: z.int().positive() })),
})
export type BulletinList = z.infer<typeof BulletinList>

export const BulletinKey = z.strictObject({ bulletinId: z.uuid() })
export type BulletinKey = z.infer<typeof BulletinKey>
export const BulletinRevisionKey = BulletinKey.extend({ revision: z.int().positive().max(100_000) })
export type BulletinRevisionKey = z.infer<typeof BulletinRevisionKey>

export const CreateBulletinInput = z.strictObject({ quarter: QuarterText })
export type CreateBulletinInput = z.infer<typeof CreateBulletinInput>

export const SaveBulletinInput = BulletinRevisionKey.extend({ edits: z.array(BulletinEdit).min(1).max(MAX_PARAGRAPHS) })
/** `revision`: what the edits were made in; it need not be the newest. */
export type SaveBulletinInput = z.infer<typeof SaveBulletinInput>

export const ReturnBulletinInput = BulletinRevisionKey.extend({ reason: Words.trim().min(2).max(500) })
export type ReturnBulletinInput = z.infer<typeof ReturnBulletinInput>

export const CheckedField = z.object({
  paragraphId: z.string(),
  run: Count,
  field: z.object({
    kind: z.literal('field'),
    key: z.string(),
    version: z.int().positive(),
    text: z.string(),
    reason: z.string().nullable(),
  }),
  state: z.enum(['same', 'changed', 'stale', 'gone']),
  bound: z.string().nullable(),
  newest: z.string().nullable(),
})
export type CheckedField = z.infer<typeof CheckedField>

export const BulletinAnnex = z.object({
  /** 1 …, as the document counts them. */
  number: z.int().positive(),
  title: z.string(),
  rowCount: Count,
  /** Last part of its address. */
  file: z.string(),
})
export type BulletinAnnex = z.infer<typeof BulletinAnnex>

export const PUBLISH_PROBLEMS = ['stale', 'gone', 'unexplained', 'number'] as const
/** 核对数字: every figure computed again, and the annexes that the same facts give. Of thousands of units it takes longer than the text. */
export const BulletinCheck = z.object({
  revision: z.int().positive(),
  checkedAt: Instant,
  newestVersion: z.int().positive(),
  fields: z.array(CheckedField),
  /** Numbers in the text that no figure stands behind. */
  loose: z.array(z.object({ paragraphId: z.string(), number: z.string(), around: z.string() })),
  /** What keeps it from being published. */
  problems: z.array(z.enum(PUBLISH_PROBLEMS)),
  annexes: z.array(BulletinAnnex),
  /** True = the quarter before is not frozen, so nothing of it is quoted. */
  isPreviousMissing: z.boolean(),
})
export type BulletinCheck = z.infer<typeof BulletinCheck>

export const BulletinStep = z.object({
  kind: z.enum(['revised', 'submitted', 'returned', 'published']),
  revision: z.int().positive(),
  at: Instant,
  by: z.string(),
  /** Why it was returned, or what a revision was for. */
  note: z.string().nullable(),
})

export const BulletinPage = z.object({
  item: BulletinItem,
  provenance: Provenance,
  document: BulletinDocument,
  /** Newest first. */
  steps: z.array(BulletinStep),
  /** True when the reader wrote a revision of it, and so may not publish it. */
  isMine: z.boolean(),
  /** The bulletin that a correction corrects, and corrections of this one. */
  corrects: z.uuid().nullable(),
  corrections: z.array(z.object({ bulletinId: z.uuid(), version: z.int().positive(), state: z.enum(BULLETIN_STATES) })),
})
export type BulletinPage = z.infer<typeof BulletinPage>

/** What edits were made in, to show both sides where two people changed one paragraph. */
export const BulletinRevision = z.object({ revision: z.int().positive(), document: BulletinDocument })
export type BulletinRevision = z.infer<typeof BulletinRevision>

/** Query of `/files/bulletins/…`: `paper` of workbooks. */
export const BulletinFileInput = z.strictObject({
  paper: z.enum(['a4', 'a3']).optional(),
  lang: z.string().max(20).optional(),
})
export type BulletinFileInput = z.infer<typeof BulletinFileInput>
