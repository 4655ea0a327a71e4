import { DUTY_LINES, MAX_PLANNED, ROSTER_CHANGE_KINDS, ROSTER_ROLES, ROSTER_STATES, toPhoneNumber } from '@zhidu/domain'
import { z } from 'zod'
import { Count, DayText, DutyModeKey, Instant } from './values.ts'

/** At once, of the list of units. */
export const ROSTER_WINDOWS = [7, 14, 30] as const
/** Longest period of hours, days. */
export const MAX_HOURS_DAYS = 400
const MAX_WINDOW_DAYS = 62

const UnitCode = z.string().min(1).max(100)
const Words = z
  .string()
  .trim()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
const Person = Words.min(1).max(100)
const Reason = Words.min(2).max(500)
const RoleKey = z.enum(ROSTER_ROLES)
/** Read as a telephone number is, kept as it is called. */
const Phone = z
  .string()
  .max(60)
  .transform((text, check) => {
    const number = toPhoneNumber(text)
    if (number === null) check.addIssue({ code: 'custom', message: 'phone_number' })
    return number ?? ''
  })
/** Whole seconds: what a shift is kept to. */
const Second = Instant.refine((text) => Date.parse(text) % 1_000 === 0)

export const RosterUnitsInput = z.strictObject({
  days: z.enum(ROSTER_WINDOWS.map(String) as ['7', '14', '30']),
  state: z.enum(ROSTER_STATES).optional(),
  search: z.string().max(100).optional(),
  page: z.int().min(0).max(10_000).optional(),
})
export type RosterUnitsInput = z.infer<typeof RosterUnitsInput>

const Need = z.enum([...ROSTER_ROLES, 'cadre'])
export const RosterGapItem = z.object({ need: Need, from: Instant, to: Instant })
export type RosterGapItem = z.infer<typeof RosterGapItem>

/** Person of a name in two places at once; names are masked for all but the unit's own keeper. */
export const RosterConflictItem = z.object({
  person: z.string(),
  kind: z.enum(['roles', 'twice', 'units']),
  from: Instant,
  to: Instant,
  /** Of the other place, for two units. */
  units: z.array(z.string()),
})
export type RosterConflictItem = z.infer<typeof RosterConflictItem>

export const RosterUnitItem = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  dutyMode: DutyModeKey,
  state: z.enum(ROSTER_STATES),
  /** Hours nobody covers, summed over what is needed; two decimals. */
  uncoveredHours: z.number().nonnegative(),
  /** The first three; `gapCount` says how many there are. */
  gaps: z.array(RosterGapItem),
  gapCount: Count,
  conflicts: z.array(RosterConflictItem),
})
export type RosterUnitItem = z.infer<typeof RosterUnitItem>

export const RosterUnits = z.object({
  asOf: Instant,
  from: Instant,
  to: Instant,
  ownUnitCode: z.string().nullable(),
  counts: z.record(z.enum(ROSTER_STATES), Count),
  /** What passes the filter, all pages. */
  total: Count,
  page: Count,
  items: z.array(RosterUnitItem),
})
export type RosterUnits = z.infer<typeof RosterUnits>

export const RosterInput = z
  .strictObject({ unitCode: UnitCode, from: DayText, to: DayText })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= MAX_WINDOW_DAYS * 86_400_000)
export type RosterInput = z.infer<typeof RosterInput>

export const RosterShiftItem = z.object({
  role: RoleKey,
  startsAt: Instant,
  endsAt: Instant,
  /** Masked for all but the unit's own keeper, or after a reason was given. */
  person: z.string(),
  post: z.string().nullable(),
  phone: z.string().nullable(),
  recordedAt: Instant,
  /** Put on record after the shift began. */
  isLate: z.boolean(),
})
export type RosterShiftItem = z.infer<typeof RosterShiftItem>

export const RosterDay = z.object({
  date: z.string(),
  state: z.enum(['workday', 'rest', 'not_announced']),
  /** Of a block of days off; null = none. */
  holiday: z.string().nullable(),
  /** A day of rest by the week that is worked. */
  isMakeup: z.boolean(),
  /** Special periods of the unit's own office and those above that hold on the day. */
  special: z.array(z.object({ title: z.string(), asksDoubleLeaders: z.boolean() })),
})
export type RosterDay = z.infer<typeof RosterDay>

export const RosterChangeItem = z.object({
  changeCode: z.string(),
  kind: z.enum(ROSTER_CHANGE_KINDS),
  from: Instant,
  to: Instant,
  /** 事后报备: what it changes had begun. */
  isLate: z.boolean(),
  askedBy: z.string().nullable(),
  agreedBy: z.string().nullable(),
  reason: z.string().nullable(),
  recordedAt: Instant,
  by: z.string(),
})
export type RosterChangeItem = z.infer<typeof RosterChangeItem>

export const DutyLineVersionItem = z.object({
  line: z.enum(DUTY_LINES),
  number: z.string(),
  isWithdrawn: z.boolean(),
  forwardingUntil: z.string().nullable(),
  forwardingReason: z.string().nullable(),
  recordedAt: Instant,
  /** null = in use. */
  replacedAt: Instant.nullable(),
  /** As given on the page; null = brought by a file. */
  reason: z.string().nullable(),
  fromAt: Instant.nullable(),
  by: z.string().nullable(),
})
export type DutyLineVersionItem = z.infer<typeof DutyLineVersionItem>

export const RosterPage = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  dutyMode: DutyModeKey,
  asOf: Instant,
  from: Instant,
  /** Exclusive. */
  to: Instant,
  isMasked: z.boolean(),
  mayKeep: z.boolean(),
  mayReveal: z.boolean(),
  days: z.array(RosterDay),
  shifts: z.array(RosterShiftItem),
  gaps: z.array(RosterGapItem),
  conflicts: z.array(RosterConflictItem),
  changes: z.array(RosterChangeItem),
  lines: z.array(DutyLineVersionItem),
})
export type RosterPage = z.infer<typeof RosterPage>

const WhyWhole = Words.min(4).max(200)
export const RevealRosterInput = z
  .strictObject({ unitCode: UnitCode, from: DayText, to: DayText, reason: WhyWhole })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= MAX_WINDOW_DAYS * 86_400_000)
export type RevealRosterInput = z.infer<typeof RevealRosterInput>

/** Who was on duty at an instant, as known at another; `knownAt` missing = now. */
export const AskRosterInput = z.strictObject({ unitCode: UnitCode, at: Instant, knownAt: Instant.optional() })
export type AskRosterInput = z.infer<typeof AskRosterInput>
export const RevealAskedInput = AskRosterInput.extend({ reason: WhyWhole })
export type RevealAskedInput = z.infer<typeof RevealAskedInput>

/** What brought a version: a file, or an act on the page. */
export const RosterSourceItem = z.object({
  name: z.string(),
  sha256: z.string(),
  kind: z.enum([...ROSTER_CHANGE_KINDS, 'file']),
})
const KnownPerson = RosterShiftItem.omit({ isLate: true }).extend({ source: RosterSourceItem.nullable() })
export const AskedRoster = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  at: Instant,
  knownAt: Instant,
  isMasked: z.boolean(),
  mayReveal: z.boolean(),
  onDuty: z.array(KnownPerson),
  /** What was put on record after `knownAt` about that instant. */
  later: z.array(KnownPerson.extend({ change: z.enum(['added', 'changed', 'removed']) })),
  lines: z.array(z.object({ line: z.enum(DUTY_LINES), number: z.string() })),
})
export type AskedRoster = z.infer<typeof AskedRoster>

export const RosterHoursInput = z
  .strictObject({ unitCode: UnitCode, from: DayText, to: DayText })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= MAX_HOURS_DAYS * 86_400_000)
export type RosterHoursInput = z.infer<typeof RosterHoursInput>

export const PersonHoursItem = z.object({
  role: RoleKey,
  person: z.string(),
  post: z.string().nullable(),
  /** For a rotation; null where the name is masked. */
  phone: z.string().nullable(),
  shiftCount: Count,
  hours: z.number(),
  nightHours: z.number(),
  holidayHours: z.number(),
  longestHours: z.number(),
  /** Against the mean of the role; null = nobody to compare with. */
  ofMean: z.number().nullable(),
  isOverMean: z.boolean(),
  isTooLong: z.boolean(),
  /** Place in the rotation that is proposed, from 1: least hours first. */
  turn: z.int().positive(),
})
export type PersonHoursItem = z.infer<typeof PersonHoursItem>
export const RosterHours = z.object({
  from: Instant,
  to: Instant,
  isMasked: z.boolean(),
  /** Years of the period whose holidays are not announced. */
  notAnnounced: z.array(z.int()),
  people: z.array(PersonHoursItem),
})
export type RosterHours = z.infer<typeof RosterHours>
/** In an address. */
export const RosterHoursExportInput = z.strictObject({
  unitCode: UnitCode,
  from: DayText,
  to: DayText,
  lang: z.string().max(20).optional(),
  reason: WhyWhole.optional(),
})

const ShiftKey = z.strictObject({ role: RoleKey, startsAt: Second, person: Person })
const Planned = ShiftKey.extend({
  endsAt: Second,
  post: Words.max(100).nullable(),
  phone: Phone.nullable(),
})
export const PlanRosterInput = z.strictObject({
  unitCode: UnitCode,
  shifts: z.array(Planned).min(1).max(MAX_PLANNED),
  reason: Reason.nullable(),
})
export type PlanRosterInput = z.infer<typeof PlanRosterInput>
export const WithdrawShiftsInput = z.strictObject({
  unitCode: UnitCode,
  shifts: z.array(ShiftKey).min(1).max(MAX_PLANNED),
  reason: Reason,
})
export type WithdrawShiftsInput = z.infer<typeof WithdrawShiftsInput>

const Agreed = { askedBy: Person, agreedBy: Person, reason: Reason }
export const SwapShiftsInput = z.strictObject({ unitCode: UnitCode, first: ShiftKey, second: ShiftKey, ...Agreed })
export type SwapShiftsInput = z.infer<typeof SwapShiftsInput>
export const ReplaceInShiftInput = z.strictObject({
  unitCode: UnitCode,
  shift: ShiftKey,
  person: Person,
  post: Words.max(100).nullable(),
  phone: Phone.nullable(),
  from: Second,
  to: Second,
  ...Agreed,
})
export type ReplaceInShiftInput = z.infer<typeof ReplaceInShiftInput>

/** `number` null = the line is used no more. */
export const ChangeDutyLineInput = z
  .strictObject({
    unitCode: UnitCode,
    line: z.enum(DUTY_LINES),
    number: Phone.nullable(),
    forwardingUntil: DayText.nullable(),
    forwardingReason: Reason.nullable(),
    fromAt: Second,
    reason: Reason,
  })
  .refine(({ forwardingReason, forwardingUntil }) => (forwardingReason === null) === (forwardingUntil === null))
export type ChangeDutyLineInput = z.infer<typeof ChangeDutyLineInput>

export const RosterChanged = z.object({ changeCode: z.string(), isLate: z.boolean(), written: Count })
export type RosterChanged = z.infer<typeof RosterChanged>
