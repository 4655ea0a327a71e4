import {
  addDays,
  type BonusFact,
  type CheckFact,
  type DutyLineFact,
  type FilingFact,
  type HolidayBlock,
  type LeadFact,
  type MisreportFact,
  type PlainDate,
  quarterOfDate,
  type ReportFact,
  type RosterShiftFact,
  SAMPLE_HOLIDAYS,
  shiftQuarter,
  startOfLocalDay,
  type UnitPeriod,
} from '@zhidu/domain'
import { makeQuarterBonuses } from './bonuses.ts'
import { makeQuarterChecks } from './checks.ts'
import { type CityEvent, makeQuarterEvents } from './events.ts'
import { makeQuarterFilings } from './filings.ts'
import { makeEventLead, makeOutsideLeads } from './leads.ts'
import { makeMisreport } from './misreports.ts'
import { makeDutyLines, makeRosters } from './rosters.ts'
import { CITY_PROFILES, COUNTY_GROUP, toUnitPeriods, type UnitProfile } from './profile.ts'
import { truthOf, type UnitTruth } from './truth.ts'

export interface CityOptions {
  readonly seed: string
  /** The last day whose facts are there; its quarter is the present one. */
  readonly until: PlainDate
  /** How many quarters, the present one included. */
  readonly quarters?: number
  /** Multiplies the number of events. */
  readonly scale?: number
  /** The blocks whose forms are filed. */
  readonly holidays?: readonly HolidayBlock[]
}

/** Facts of an invented city, in the order in which they became known, and the truth they were drawn from. */
export interface SyntheticCity {
  readonly units: readonly UnitPeriod[]
  /**
   * Event by event, in the order learned of: every event a unit learned of by the end of `until`, with all its reports,
   * of which those of the last events are written up to some days after it.
   */
  readonly reports: readonly ReportFact[]
  readonly checks: readonly CheckFact[]
  readonly misreports: readonly MisreportFact[]
  readonly filings: readonly FilingFact[]
  readonly bonuses: readonly BonusFact[]
  readonly leads: readonly LeadFact[]
  /** As they are on the last day. */
  readonly dutyLines: readonly DutyLineFact[]
  /** Every shift of the quarter, and of some days before and after the last one. */
  readonly rosters: readonly RosterShiftFact[]
  /** One per unit and quarter. */
  readonly truth: readonly UnitTruth[]
}

/** A seed whose city is good to look at. */
export const DEMONSTRATION_SEED = '岭安-225'
const DEFAULT_QUARTERS = 5

/**
 * 岭安市: 5 counties and districts, 35 bureaus and its own office, with a history. The same options give the same
 * city; a later `until` only adds facts (and lets the oldest quarter go when a new one begins).
 * Throws RangeError unless quarters is a whole number ≥ 1 and scale > 0.
 */
export function makeCity(options: CityOptions): SyntheticCity {
  const { holidays = SAMPLE_HOLIDAYS, quarters = DEFAULT_QUARTERS, scale = 1, seed, until } = options
  if (!Number.isInteger(quarters) || quarters < 1) throw new RangeError(`no history of ${quarters} quarters`)
  if (!(scale > 0) || scale === Infinity) throw new RangeError(`no city of scale ${scale}`)
  const end = startOfLocalDay(addDays(until, 1))
  const present = quarterOfDate(until)
  const truth: UnitTruth[] = []
  const events: CityEvent[] = []
  const checks: CheckFact[] = []
  const filings: { readonly filing: FilingFact; readonly knownAt: number }[] = []
  const bonuses: BonusFact[] = []
  const outside: LeadFact[] = []
  for (let step = quarters - 1; step >= 0; step -= 1) {
    const quarter = shiftQuarter(present, -step)
    const truths = new Map(CITY_PROFILES.map((profile) => [profile.unitCode, truthOf(seed, profile, quarter)]))
    const quarterEvents = makeQuarterEvents(seed, CITY_PROFILES, truths, quarter, scale)
    truth.push(...truths.values())
    events.push(...quarterEvents)
    checks.push(...makeQuarterChecks(seed, CITY_PROFILES, truths, quarter))
    filings.push(...makeQuarterFilings(seed, CITY_PROFILES, truths, quarter, holidays))
    bonuses.push(...makeQuarterBonuses(seed, quarter, quarterEvents))
    outside.push(...makeOutsideLeads(seed, quarter, CITY_PROFILES.filter(isCounty)))
  }
  const misreports = events.flatMap((event) => makeMisreport(seed, event) ?? [])
  const reports = events
    .flatMap((event) => [event.reports, event.partnerReports])
    .filter((own) => own[0] !== undefined && own[0].learnedAt < end)
  const isKnownOn = (date: PlainDate): boolean => date <= until
  return {
    units: toUnitPeriods(CITY_PROFILES),
    reports: reports.flat(),
    checks: checks.filter(({ checkedAt }) => checkedAt < end),
    misreports: misreports
      .filter(({ confirmedOn }) => isKnownOn(confirmedOn))
      .toSorted((a, b) => compareText(a.confirmedOn, b.confirmedOn)),
    filings: filings
      .filter(({ knownAt }) => knownAt < end)
      .toSorted((a, b) => a.knownAt - b.knownAt)
      .map(({ filing }) => filing),
    bonuses: bonuses.filter(({ awardedOn }) => isKnownOn(awardedOn)),
    leads: [...leadsOf(seed, events, misreports), ...outside]
      .filter(({ seenAt }) => seenAt < end)
      .toSorted((a, b) => a.seenAt - b.seenAt),
    dutyLines: makeDutyLines(CITY_PROFILES, until),
    rosters: makeRosters(seed, CITY_PROFILES, until),
    truth,
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isCounty({ peerGroup }: UnitProfile): boolean {
  return peerGroup === COUNTY_GROUP
}

function leadsOf(seed: string, events: readonly CityEvent[], misreports: readonly MisreportFact[]): LeadFact[] {
  const profiles = new Map(CITY_PROFILES.map((profile) => [profile.unitCode, profile]))
  const omitted = new Set(
    misreports.filter(({ kind }) => kind === 'omitted' || kind === 'concealed').map(({ eventCode }) => eventCode),
  )
  return events.flatMap((event) => {
    const unit = profiles.get(event.unitCode)
    return unit === undefined ? [] : (makeEventLead(seed, event, unit, omitted.has(event.eventCode)) ?? [])
  })
}
