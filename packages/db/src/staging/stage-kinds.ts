/** How a kind of file lies in its table; what the statements of this folder are made from. */
export interface StageKind {
  readonly table:
    | 'unit_period'
    | 'report'
    | 'check_record'
    | 'misreport'
    | 'filing'
    | 'lead'
    | 'bonus'
    | 'pre_report'
    | 'adoption'
    | 'duty_line'
    | 'roster_shift'
  /** Columns of the table that a file gives, with their types. */
  readonly columns: Readonly<Record<string, 'text' | 'integer' | 'timestamptz' | 'date' | 'boolean' | 'text[]'>>
  readonly identity: readonly string[]
  /**
   * Columns by which pages of a list go on, where the identity names a person: a page's end is told to whoever asks. Those the
   * table does not have are in `placeOf`.
   */
  readonly pageKey?: readonly string[]
  /** A whole number, as SQL over the alias `t`, that tells records apart whose `pageKey` is else the same. */
  readonly placeOf?: string
  /** Identity columns that may be NULL, where NULL equals NULL. */
  readonly nullableIdentity: readonly string[]
  /** Local date on which a row is looked at, for the warning that its unit was closed; NULL = none. */
  readonly day: string | null
  /** The instant or date behind `day`, as a column of the file. */
  readonly dayColumn: string | null
  /** Quarters a row counts in: SQL over one alias `t`, an array of dates. */
  readonly quarterDays: string | null
}

export type StageKindKey =
  | 'units'
  | 'reports'
  | 'checks'
  | 'misreports'
  | 'filings'
  | 'leads'
  | 'bonuses'
  | 'pre_reports'
  | 'adoptions'
  | 'duty_lines'
  | 'rosters'

/** Kinds that are on record beside the quarters: no quarter is judged from them or frozen with them. */
const APART: ReadonlySet<StageKindKey> = new Set(['leads', 'duty_lines', 'rosters'])

/** True for the kinds of facts that a quarter is judged from. */
export function isJudged(key: StageKindKey): boolean {
  return !APART.has(key)
}

/** Local date of an instant: UTC+08:00. */
function localDay(column: string): string {
  return `(${column} at time zone interval '8 hours')::date`
}

const HOLIDAY_BLOCK = `select b.first_day_off from holiday b where b.year = t.holiday_year and b.name = t.holiday_name`

/** Days by which the event that row `t` names may belong to a quarter. */
const EVENT_DAYS = `select d from event_case c
  cross join lateral (values (${localDay('c.occurred_at')}), (${localDay('c.learned_at')})) as days (d)
  where c.unit_code = t.unit_code and c.event_code = t.event_code`

export const STAGE_KINDS: Readonly<Record<StageKindKey, StageKind>> = {
  units: {
    table: 'unit_period',
    columns: {
      unit_code: 'text',
      valid_from: 'date',
      valid_to: 'date',
      name: 'text',
      short_name: 'text',
      parent_code: 'text',
      tier: 'text',
      peer_group: 'text',
      duty_mode: 'text',
    },
    identity: ['unit_code', 'valid_from'],
    nullableIdentity: ['valid_from'],
    day: null,
    dayColumn: null,
    quarterDays: null,
  },
  reports: {
    table: 'report',
    columns: {
      event_code: 'text',
      unit_code: 'text',
      stage: 'text',
      sequence: 'integer',
      category: 'text',
      level: 'text',
      occurred_at: 'timestamptz',
      learned_at: 'timestamptz',
      phoned_at: 'timestamptz',
      written_at: 'timestamptz',
      elements: 'integer',
    },
    identity: ['event_code', 'unit_code', 'stage', 'sequence'],
    nullableIdentity: [],
    day: localDay('s.learned_at'),
    dayColumn: 'learned_at',
    // Either instant may start the clock, depending on rules and level.
    quarterDays: `array[${localDay('t.occurred_at')}, ${localDay('t.learned_at')}]`,
  },
  checks: {
    table: 'check_record',
    columns: {
      check_code: 'text',
      unit_code: 'text',
      method: 'text',
      checked_at: 'timestamptz',
      inspectors: 'text[]',
      findings: 'text[]',
      note: 'text',
    },
    identity: ['check_code'],
    nullableIdentity: [],
    day: localDay('s.checked_at'),
    dayColumn: 'checked_at',
    quarterDays: `array[${localDay('t.checked_at')}]`,
  },
  misreports: {
    table: 'misreport',
    columns: {
      misreport_code: 'text',
      unit_code: 'text',
      event_code: 'text',
      kind: 'text',
      confirmed_on: 'date',
      basis: 'text',
      share_percent: 'integer',
    },
    identity: ['misreport_code'],
    nullableIdentity: [],
    day: 's.confirmed_on',
    dayColumn: 'confirmed_on',
    quarterDays: 'array[t.confirmed_on]',
  },
  filings: {
    table: 'filing',
    columns: {
      unit_code: 'text',
      holiday_year: 'integer',
      holiday_name: 'text',
      form: 'text',
      received_at: 'timestamptz',
    },
    identity: ['unit_code', 'holiday_year', 'holiday_name', 'form'],
    nullableIdentity: [],
    day: localDay('s.received_at'),
    dayColumn: 'received_at',
    // Due some days before the block begins, which may be in the quarter before; a year not announced owes nothing yet.
    quarterDays: `array[(${HOLIDAY_BLOCK}) - 75, (${HOLIDAY_BLOCK})]`,
  },
  leads: {
    table: 'lead',
    columns: {
      lead_code: 'text',
      source: 'text',
      seen_at: 'timestamptz',
      occurred_at: 'timestamptz',
      place: 'text',
      unit_code: 'text',
      category: 'text',
      summary: 'text',
      deaths: 'integer',
      injuries: 'integer',
    },
    identity: ['lead_code'],
    nullableIdentity: [],
    day: localDay('s.seen_at'),
    dayColumn: 'seen_at',
    quarterDays: null,
  },
  bonuses: {
    table: 'bonus',
    columns: { bonus_code: 'text', unit_code: 'text', kind: 'text', awarded_on: 'date', event_code: 'text' },
    identity: ['bonus_code'],
    nullableIdentity: [],
    day: 's.awarded_on',
    dayColumn: 'awarded_on',
    quarterDays: 'array[t.awarded_on]',
  },
  pre_reports: {
    table: 'pre_report',
    columns: { event_code: 'text', unit_code: 'text', pre_reported_at: 'timestamptz', reason: 'text' },
    identity: ['event_code', 'unit_code'],
    nullableIdentity: [],
    day: localDay('s.pre_reported_at'),
    dayColumn: 'pre_reported_at',
    quarterDays: `array(${EVENT_DAYS})`,
  },
  adoptions: {
    table: 'adoption',
    columns: { event_code: 'text', unit_code: 'text', use: 'text', used_on: 'date' },
    identity: ['event_code', 'unit_code'],
    nullableIdentity: [],
    day: 's.used_on',
    dayColumn: 'used_on',
    // A misreport about the event costs by what its item scored, in the quarter in which it was confirmed.
    quarterDays: `array(${EVENT_DAYS} union select m.confirmed_on from misreport m
      where m.unit_code = t.unit_code and m.event_code = t.event_code and m.replaced_at is null)`,
  },
  duty_lines: {
    table: 'duty_line',
    columns: {
      unit_code: 'text',
      line: 'text',
      number: 'text',
      forwarding_until: 'date',
      forwarding_reason: 'text',
      is_withdrawn: 'boolean',
    },
    identity: ['unit_code', 'line'],
    nullableIdentity: [],
    day: null,
    dayColumn: null,
    quarterDays: null,
  },
  rosters: {
    table: 'roster_shift',
    columns: {
      unit_code: 'text',
      role: 'text',
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      person: 'text',
      post: 'text',
      phone: 'text',
      is_withdrawn: 'boolean',
    },
    identity: ['unit_code', 'role', 'starts_at', 'person'],
    pageKey: ['unit_code', 'role', 'starts_at', 'place'],
    placeOf: 'row_number() over (partition by t.unit_code, t.role, t.starts_at order by t.person)',
    nullableIdentity: [],
    day: localDay('s.starts_at'),
    dayColumn: 'starts_at',
    quarterDays: null,
  },
}

/** `a.x = b.x and …` over the identity. */
export function sameIdentity(kind: StageKind, a: string, b: string): string {
  return kind.identity
    .map(
      (column) =>
        `${a}.${column} ${kind.nullableIdentity.includes(column) ? 'is not distinct from' : '='} ${b}.${column}`,
    )
    .join(' and ')
}
