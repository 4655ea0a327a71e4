import { UNIT_ACT_PROBLEMS } from '@zhidu/domain'
import { z } from 'zod'
import { KIND_SHEETS } from './kinds.ts'
import { parseCell } from './kinds-parse.ts'
import {
  CheckCounts,
  Count,
  DayText,
  DutyModeKey,
  PlainDateText,
  QuarterText,
  TierKey,
  TimelinessCounts,
} from './values.ts'

const MAX_UNITS = 50
const UnitCode = z.string().min(1).max(100)
const Reason = z.string().trim().min(2).max(500)

/** A text as the units file takes it in a column, so that what is exported can be imported again. */
function cellOf(key: 'unit_code' | 'name' | 'short_name' | 'peer_group') {
  const column = KIND_SHEETS.units.columns.find((each) => each.key === key)
  return z
    .string()
    .trim()
    .refine((text) => column !== undefined && text !== '' && parseCell(text, column, 0) === text)
}

/** What a unit is from a day on; the same fields as a row of the units file. */
export const UnitValuesInput = z.strictObject({
  unitCode: cellOf('unit_code'),
  name: cellOf('name'),
  shortName: cellOf('short_name').nullable(),
  /** null = the top of this installation. */
  parentCode: UnitCode.nullable(),
  tier: TierKey,
  peerGroup: cellOf('peer_group'),
  dutyMode: DutyModeKey,
})
export type UnitValuesInput = z.infer<typeof UnitValuesInput>

const Codes = z.array(UnitCode).min(1).max(MAX_UNITS)
/** Successors that the act opens, or gives other values than they have. */
const Values = z.array(UnitValuesInput).max(MAX_UNITS).default([])

const merge = { kind: z.literal('merge'), fromCodes: Codes, toCodes: Codes, values: Values, onDate: DayText }
const split = { ...merge, kind: z.literal('split'), keepsOld: z.boolean().default(false) }
const close = { kind: z.literal('close'), unitCode: UnitCode, onDate: DayText }
const one = { unit: UnitValuesInput, onDate: DayText }
const change = { ...one, kind: z.literal('change') }
const reopen = { ...one, kind: z.literal('reopen') }
const open = { ...one, kind: z.literal('open') }
const reason = { reason: Reason }

/** 登记单位变动: a merger, a split, or one unit opened, changed, closed, re-opened, from a day on. */
export const UnitActInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...merge, ...reason }),
  z.strictObject({ ...split, ...reason }),
  z.strictObject({ ...change, ...reason }),
  z.strictObject({ ...close, ...reason }),
  z.strictObject({ ...reopen, ...reason }),
  z.strictObject({ ...open, ...reason }),
])
export type UnitActInput = z.infer<typeof UnitActInput>

export const UnitActPreviewInput = z.discriminatedUnion('kind', [
  z.strictObject(merge),
  z.strictObject(split),
  z.strictObject(change),
  z.strictObject(close),
  z.strictObject(reopen),
  z.strictObject(open),
])
export type UnitActPreviewInput = z.infer<typeof UnitActPreviewInput>

/** One row of a unit as the act leaves or takes it. */
const RowItem = z.object({
  unitCode: z.string(),
  name: z.string(),
  parentName: z.string().nullable(),
  peerGroup: z.string(),
  validFrom: PlainDateText.nullable(),
  validTo: PlainDateText.nullable(),
})
export type UnitRowItem = z.infer<typeof RowItem>

/** One unit of the quarter's tables read by today's tree, before and after the act. */
const PreviewLine = z.object({
  unitCode: z.string(),
  name: z.string(),
  group: z.string(),
  timeliness: TimelinessCounts,
  checks: CheckCounts,
  score: z.number().nullable(),
})
/** What an act would change, and what is wrong with it. */
export const UnitActPreview = z.object({
  problems: z.array(z.object({ kind: z.enum(UNIT_ACT_PROBLEMS), unitCode: z.string().nullable(), name: z.string() })),
  /** Rows of units that go, and rows that come; both stay on record. */
  gone: z.array(RowItem),
  added: z.array(RowItem),
  /** Frozen quarters that have not ended before the day: their tables stay as they are. */
  frozen: z.array(QuarterText),
  /** The newest quarter with facts before the day of the act; tables of it by today's tree, of a merger or split. */
  quarter: QuarterText,
  before: z.array(PreviewLine),
  after: z.array(PreviewLine),
})
export type UnitActPreview = z.infer<typeof UnitActPreview>

/** What was written; `rows`: rows of units that are new. */
export const UnitActDone = z.object({ actId: z.uuid(), rows: Count })
export type UnitActDone = z.infer<typeof UnitActDone>

export const WithdrawUnitActInput = z.strictObject({ actId: z.uuid(), reason: Reason })
export type WithdrawUnitActInput = z.infer<typeof WithdrawUnitActInput>
/** Units whose rows stay as the act has made them, because they were changed since or are needed by others. */
export const UnitActWithdrawn = z.object({ kept: z.array(z.object({ unitCode: z.string(), name: z.string() })) })
export type UnitActWithdrawn = z.infer<typeof UnitActWithdrawn>
