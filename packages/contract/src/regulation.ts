import {
  ADOPTION_USES,
  BONUS_KINDS,
  CATEGORIES,
  DIMENSIONS,
  DUTY_MODES,
  ELEMENTS,
  FILING_FORMS,
  GRADES,
  isPlainDate,
  LEVELS,
  MISREPORT_KINDS,
  type PlainDate,
  type Regulation,
  RULED_DEDUCTION_CODES,
  STAGES,
  TIERS,
} from '@zhidu/domain'
import { z } from 'zod'

/** Characters and entries that a document may have at the most: no office's method comes near them. */
export const REGULATION_LIMITS = {
  jsonCharacters: 500_000,
  titleCharacters: 100,
  textCharacters: 500,
  clauses: 200,
  rules: 300,
  slots: 48,
  vetoes: 20,
  groups: 100,
} as const

const ID_FORMAT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/
const MAX_WHOLE = 1_000_000_000

/** Keys that are not the object's are told with those that are. */
function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  })
}

const line = (max: number) => z.string().trim().min(1).max(max)
const Title = line(REGULATION_LIMITS.titleCharacters)
const Text = line(REGULATION_LIMITS.textCharacters)
/** Of a regulation, a version or a clause: fit for an address and a file name. */
export const RegulationIdText = z.string().regex(ID_FORMAT, { error: 'id_format' })
const Whole = z.int().min(-MAX_WHOLE).max(MAX_WHOLE)
const Day = z.custom<PlainDate>((value) => typeof value === 'string' && isPlainDate(value), { error: 'date_format' })

function some<Key extends string>(keys: readonly [Key, ...Key[]]) {
  return z.array(z.enum(keys)).max(keys.length)
}

const levelled = {
  levels: some(LEVELS).nullable(),
  categories: some(CATEGORIES).nullable(),
  tiers: some(TIERS).nullable(),
}

function perKey<Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) {
  // Safe: the entries are those of `keys`.
  return strict(Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>)
}

const Clock = strict({ clause: RegulationIdText, startsAt: z.enum(['occurred_at', 'learned_at']) })

const Deadline = strict({
  clause: RegulationIdText,
  stage: z.enum(['first', 'final']),
  channel: z.enum(['phone', 'written']),
  ...levelled,
  limitSeconds: Whole,
})

const Schedule = z.discriminatedUnion(
  'kind',
  [
    strict({
      kind: z.literal('times_of_day'),
      minutes: z.array(Whole).max(REGULATION_LIMITS.slots),
      graceSeconds: Whole,
    }),
    strict({ kind: z.literal('every_hours'), hours: Whole }),
  ],
  { error: 'kinds times_of_day every_hours' },
)

export const DEDUCTION_SHAPES = ['fixed', 'per_item', 'per_started_hour', 'percent_of_item', 'zero_month'] as const

const Shape = z.discriminatedUnion(
  'kind',
  [
    strict({ kind: z.literal('fixed'), points: Whole }),
    strict({ kind: z.literal('per_item'), points: Whole, max: Whole.nullable(), whenMissing: Whole }),
    strict({ kind: z.literal('per_started_hour'), points: Whole, max: Whole.nullable() }),
    strict({ kind: z.literal('percent_of_item'), percent: Whole }),
    strict({ kind: z.literal('zero_month') }),
  ],
  { error: `kinds ${DEDUCTION_SHAPES.join(' ')}` },
)

const Rules = <Rule extends z.ZodType>(rule: Rule) => z.array(rule).max(REGULATION_LIMITS.rules)

/** A regulation as a file or a request bears it: every key, no other; what holds between its parts is `checkRegulation`'s. */
export const RegulationDocument = strict({
  format: z.literal(2),
  id: RegulationIdText,
  version: RegulationIdText,
  title: Title,
  notice: Text.nullable(),
  source: strict({ issuer: Title, document: Text, note: Text.nullable() }),
  effectiveFrom: Day.nullable(),
  clauses: z
    .array(strict({ id: RegulationIdText, label: Title, citation: Text }))
    .min(1)
    .max(REGULATION_LIMITS.clauses),
  period: z.enum(['quarter', 'month']),
  clocks: perKey(LEVELS, Clock),
  deadlines: Rules(Deadline),
  preReport: strict({ clause: RegulationIdText, extendsSeconds: Whole }).nullable(),
  followUps: Rules(strict({ clause: RegulationIdText, ...levelled, schedule: Schedule })),
  completeness: Rules(
    strict({
      clause: RegulationIdText,
      stage: z.enum(STAGES),
      ...levelled,
      required: some(ELEMENTS),
      supplementSeconds: Whole,
    }),
  ),
  dimensions: perKey(
    DIMENSIONS,
    strict({ title: Title.nullable(), base: Whole, floor: Whole, cap: Whole, weight: Whole.nullable() }),
  ),
  deductions: Rules(
    strict({
      clause: RegulationIdText,
      code: z.enum(RULED_DEDUCTION_CODES),
      dimension: z.enum(DIMENSIONS),
      shape: Shape,
      ...levelled,
      dutyModes: some(DUTY_MODES).nullable(),
    }),
  ),
  absorbingMisreports: some(MISREPORT_KINDS),
  // All left out by documents from before there were such cases.
  understatement: strict({
    clause: RegulationIdText,
    persons: Whole,
    shortPercent: Whole,
    correctedWithinHours: Whole,
  }).optional(),
  honestCorrection: strict({ clause: RegulationIdText, withinHours: Whole, sharePercent: Whole }).optional(),
  lists: strict({ clause: RegulationIdText, minimumActivity: Whole }).optional(),
  dutyLog: strict({
    clause: RegulationIdText,
    closeWithinHours: Whole,
    points: Whole,
    max: Whole.nullable(),
    lateEntry: strict({ afterHours: Whole, points: Whole }).nullable(),
  }).optional(),
  filing: strict({
    clause: RegulationIdText,
    leadDays: Whole,
    moveTo: z.enum(['none', 'previous_workday']),
    forms: some(FILING_FORMS),
  }),
  items: strict({ clause: RegulationIdText, points: perKey(ADOPTION_USES, Whole) }).nullable(),
  workload: strict({
    clause: RegulationIdText,
    counts: z.enum(['written_first_reports', 'adoptions']),
    max: Whole,
    fullAt: Whole,
  }).nullable(),
  bonus: strict({
    clause: RegulationIdText,
    points: perKey(BONUS_KINDS, Whole),
    perEvent: z.enum(['all', 'highest']),
    maxPerPeriod: Whole.nullable(),
  }),
  total: strict({ floor: Whole.nullable(), cap: Whole.nullable() }),
  grades: strict({
    clause: RegulationIdText,
    by: z.enum(['without_bonus', 'with_bonus']),
    excellent: Whole,
    good: Whole,
    fair: Whole,
  }),
  vetoes: z
    .array(
      strict({
        clause: RegulationIdText,
        misreports: some(MISREPORT_KINDS),
        atLeast: Whole,
        gradeCap: z.enum(GRADES),
        barsCommendation: z.boolean(),
      }),
    )
    .max(REGULATION_LIMITS.vetoes),
  commendation: strict({ clause: RegulationIdText, minEventsOwed: Whole, grades: some(GRADES) }),
  groups: z.array(Title).max(REGULATION_LIMITS.groups),
  phoneCheck: strict({
    clause: RegulationIdText,
    maxRings: Whole,
    maxSeconds: Whole,
    attempts: Whole,
    spacingSeconds: Whole,
    callBackSeconds: Whole,
    // Left out by documents from before they were settings; what is left out stays so, byte for byte.
    giveUpRings: Whole.optional(),
    alternateLine: z.boolean().optional(),
  }),
  dueProcess: strict({ clause: RegulationIdText, explanationWorkingDays: Whole, appealWorkingDays: Whole }),
})

/** The document in its one form: keys in the order of the format, two spaces, a line break at the end. */
export function toRegulationJson(regulation: Regulation): string {
  return `${JSON.stringify(RegulationDocument.parse(regulation), null, 2)}\n`
}
