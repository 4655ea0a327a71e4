import { REGULATION_SAMPLES } from '@zhidu/domain'
import { z } from 'zod'
import { REGULATION_LIMITS, RegulationDocument, RegulationIdText } from './regulation.ts'
import { Count, Instant, PlainDateText, QuarterText } from './values.ts'

/** Names one version of one regulation. */
export const RegulationKey = z.strictObject({ id: RegulationIdText, version: RegulationIdText })
export type RegulationKey = z.infer<typeof RegulationKey>

const Change = z.object({ at: Instant, by: z.string() })

export const RegulationItem = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  notice: z.string().nullable(),
  issuer: z.string(),
  sourceDocument: z.string(),
  state: z.enum(['draft', 'published']),
  /** null = from the beginning, or a draft. */
  effectiveFrom: PlainDateText.nullable(),
  /** The last day before the next one; null = still, or a draft. */
  effectiveUntil: PlainDateText.nullable(),
  revision: Count,
  /** null = came with the program. */
  changed: Change.nullable(),
  published: Change.nullable(),
  /** True when the asker was the last to change it, and somebody else must publish it. */
  isOwn: z.boolean(),
})
export type RegulationItem = z.infer<typeof RegulationItem>

export const RegulationList = z.object({
  /** Drafts first, then the published ones, the latest in force first. */
  items: z.array(RegulationItem),
  /** Which version each quarter follows; newest first, two quarters ahead. */
  quarters: z.array(z.object({ quarter: QuarterText, id: z.string(), version: z.string(), hasEnded: z.boolean() })),
  /** The first day from which a version may be put in force. */
  earliestEffectiveFrom: PlainDateText,
  /** True when the asker may draft (publish) rules of the whole installation. */
  mayWrite: z.boolean(),
  mayPublish: z.boolean(),
})
export type RegulationList = z.infer<typeof RegulationList>

export const RegulationVersion = z.object({ item: RegulationItem, document: RegulationDocument })
export type RegulationVersion = z.infer<typeof RegulationVersion>

const SAMPLE_IDS = REGULATION_SAMPLES.map(({ id }) => id)

/** A draft begins from a sample of the program or from any version that is there. */
export const CreateDraftInput = z.strictObject({
  id: RegulationIdText,
  version: RegulationIdText,
  title: z.string().trim().min(1).max(REGULATION_LIMITS.titleCharacters),
  from: z.union([z.strictObject({ sample: z.enum(SAMPLE_IDS) }), RegulationKey]),
})
export type CreateDraftInput = z.infer<typeof CreateDraftInput>

/** `json`: the document as text; refused with the clause named when it is none. */
export const ImportDraftInput = z.strictObject({ json: z.string().max(REGULATION_LIMITS.jsonCharacters) })
export type ImportDraftInput = z.infer<typeof ImportDraftInput>

/** `revision`: of the draft that was changed; another one there now is a conflict. */
export const SaveDraftInput = RegulationKey.extend({
  revision: Count,
  json: z.string().max(REGULATION_LIMITS.jsonCharacters),
})
export type SaveDraftInput = z.infer<typeof SaveDraftInput>

export const DiscardDraftInput = RegulationKey.extend({ revision: Count })
export type DiscardDraftInput = z.infer<typeof DiscardDraftInput>

export const PublishInput = RegulationKey.extend({ revision: Count, effectiveFrom: PlainDateText })
export type PublishInput = z.infer<typeof PublishInput>

/** What a publication has still to reach. */
export const RulesWork = z.object({
  /** Quarters whose list and totals of what is owed are still those of other rules than the ones in force; newest first. */
  waiting: z.array(QuarterText),
  /** The quarter being written anew, and how many of its units are done; null = none at this moment. */
  running: z.object({ quarter: QuarterText, done: Count, total: Count }).nullable(),
})
export type RulesWork = z.infer<typeof RulesWork>
