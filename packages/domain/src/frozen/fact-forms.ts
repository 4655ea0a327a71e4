import {
  ADOPTION_USES,
  type AdoptionFact,
  BONUS_KINDS,
  type BonusFact,
  CATEGORIES,
  CHECK_METHODS,
  type CheckFact,
  DUTY_MODES,
  ELEMENTS,
  FILING_FORMS,
  type FilingFact,
  FINDINGS,
  HOLIDAYS,
  LEVELS,
  type LogItemFact,
  MISREPORT_KINDS,
  type MisreportFact,
  type PreReportFact,
  REOPENED_OBLIGATIONS,
  type ReopeningFact,
  type ReportFact,
  STAGES,
  TIERS,
  type UnitPeriod,
  type WaiverFact,
} from '../facts/facts.ts'
import { DEDUCTION_CODES } from '../regulation/deduction-codes.ts'
import { date, instant, lineForm, listOf, oneOf, orLeftOut, orNull, setOf, text, whole } from './line-form.ts'

const unit = ['unit_code', text] as const
const event = ['event_code', text] as const

/** The canonical lines of the facts a quarter is judged from, by kind; every file is ordered by unit first. */
export const FACT_FORMS = {
  adoptions: lineForm<AdoptionFact>(
    { unitCode: unit, eventCode: event, use: ['use', oneOf(ADOPTION_USES)], usedOn: ['used_on', date] },
    ['unitCode', 'eventCode'],
  ),
  bonuses: lineForm<BonusFact>(
    {
      bonusCode: ['bonus_code', text],
      unitCode: unit,
      kind: ['kind', oneOf(BONUS_KINDS)],
      awardedOn: ['awarded_on', date],
      eventCode: ['event_code', orNull(text)],
    },
    ['unitCode', 'bonusCode'],
  ),
  checks: lineForm<CheckFact>(
    {
      checkCode: ['check_code', text],
      unitCode: unit,
      method: ['method', oneOf(CHECK_METHODS)],
      checkedAt: ['checked_at', instant],
      inspectors: ['inspectors', listOf(text)],
      findings: ['findings', setOf(FINDINGS)],
      note: ['note', orNull(text)],
    },
    ['unitCode', 'checkCode'],
  ),
  filings: lineForm<FilingFact>(
    {
      unitCode: unit,
      holidayYear: ['holiday_year', whole],
      holidayName: ['holiday_name', oneOf(HOLIDAYS)],
      form: ['form', oneOf(FILING_FORMS)],
      receivedAt: ['received_at', orNull(instant)],
    },
    ['unitCode', 'holidayYear', 'holidayName', 'form'],
  ),
  log_items: lineForm<LogItemFact>(
    {
      unitCode: unit,
      entryCode: ['entry_code', text],
      opening: ['opening', whole],
      openedAt: ['opened_at', instant],
      closedAt: ['closed_at', orNull(instant)],
      receivedAt: ['received_at', instant],
    },
    ['unitCode', 'entryCode', 'opening'],
  ),
  misreports: lineForm<MisreportFact>(
    {
      misreportCode: ['misreport_code', text],
      unitCode: unit,
      eventCode: ['event_code', orNull(text)],
      kind: ['kind', oneOf(MISREPORT_KINDS)],
      confirmedOn: ['confirmed_on', date],
      basis: ['basis', text],
      sharePercent: ['share_percent', orLeftOut(whole)],
    },
    ['unitCode', 'misreportCode'],
  ),
  pre_reports: lineForm<PreReportFact>(
    { unitCode: unit, eventCode: event, sentAt: ['pre_reported_at', instant], reason: ['reason', text] },
    ['unitCode', 'eventCode'],
  ),
  reopenings: lineForm<ReopeningFact>(
    {
      unitCode: unit,
      obligation: ['obligation', oneOf(REOPENED_OBLIGATIONS)],
      ref: ['ref', text],
      until: ['until', instant],
      reopenedAt: ['reopened_at', instant],
      reopenedBy: ['reopened_by', text],
      reason: ['reason', text],
    },
    ['unitCode', 'ref', 'obligation', 'reopenedAt', 'until', 'reopenedBy', 'reason'],
  ),
  reports: lineForm<ReportFact>(
    {
      eventCode: event,
      unitCode: unit,
      stage: ['stage', oneOf(STAGES)],
      sequence: ['sequence', whole],
      category: ['category', oneOf(CATEGORIES)],
      level: ['level', oneOf(LEVELS)],
      occurredAt: ['occurred_at', instant],
      learnedAt: ['learned_at', instant],
      phonedAt: ['phoned_at', orNull(instant)],
      writtenAt: ['written_at', orNull(instant)],
      elements: ['elements', setOf(ELEMENTS)],
    },
    ['unitCode', 'eventCode', 'stage', 'sequence'],
  ),
  waivers: lineForm<WaiverFact>(
    {
      unitCode: unit,
      ref: ['ref', text],
      code: ['code', oneOf(DEDUCTION_CODES)],
      at: ['at', instant],
      claimedAt: ['claimed_at', instant],
      waivedAt: ['waived_at', orNull(instant)],
    },
    ['unitCode', 'ref', 'code', 'at'],
  ),
} as const

export type FactKind = keyof typeof FACT_FORMS
export const FACT_KINDS = Object.keys(FACT_FORMS) as readonly FactKind[]
/** Kinds whose file is only there when it holds something: quarters frozen before there were any stay as they are. */
export const LATER_FACT_KINDS: ReadonlySet<FactKind> = new Set(['waivers', 'log_items'])

/** Rows of the units' history; their file is in the official order. */
export const UNIT_FORM = lineForm<UnitPeriod>(
  {
    unitCode: unit,
    name: ['name', text],
    shortName: ['short_name', orNull(text)],
    parentCode: ['parent_code', orNull(text)],
    tier: ['tier', oneOf(TIERS)],
    peerGroup: ['peer_group', text],
    dutyMode: ['duty_mode', oneOf(DUTY_MODES)],
    validFrom: ['valid_from', orNull(date)],
    validTo: ['valid_to', orNull(date)],
  },
  ['unitCode', 'validFrom'],
)

/** A unit's place in the quarter before. */
export interface PreviousRank {
  readonly unitCode: string
  readonly rank: number
}

export const PREVIOUS_RANK_FORM = lineForm<PreviousRank>({ unitCode: unit, rank: ['rank', whole] }, ['unitCode'])
