import {
  addDays,
  BONUS_KINDS,
  type BonusFact,
  CHECK_METHODS,
  type CheckFact,
  DAY_MS,
  FILING_FORMS,
  type FilingFact,
  FINDINGS,
  type HolidayBlock,
  LEVELS,
  MINUTE_MS,
  type MisreportFact,
  type MisreportKind,
  type Quarter,
  quarterOfDate,
  quarterRange,
  type ReportFact,
  startOfLocalDay,
  type UnitPeriod,
} from '@zhidu/domain'
import { createRandom, type Random, sampleCategory, sampleChance, sampleInteger, sampleItem } from '@zhidu/statistics'
import { makeProvince, PROVINCE_GROUP } from '@zhidu/synthetic'

export interface DatasetSize {
  readonly unitCount: number
  readonly reportCount: number
}

/** A province's quarter with everything the rules look at; reports are made while they are taken. */
export interface ProvinceFacts extends DatasetSize {
  readonly quarter: Quarter
  /** The group all units but the top one are ranked in. */
  readonly group: string
  readonly units: readonly UnitPeriod[]
  readonly checks: readonly CheckFact[]
  readonly misreports: readonly MisreportFact[]
  readonly filings: readonly FilingFact[]
  readonly bonuses: readonly BonusFact[]
  readonly holidays: readonly HolidayBlock[]
  reports(): Generator<ReportFact>
}

const CHECKS_PER_UNIT = 4
/** Calendar days before the first day off by which forms are due under the sample rules. */
const FILING_LEAD_DAYS = 5
const KIND_WEIGHTS: Readonly<Record<MisreportKind, number>> = { understated: 50, false: 15, omitted: 30, concealed: 5 }

/** Some units answer by telephone only, some change, close for weeks or for good in the middle of the quarter. */
function varyUnits(units: readonly UnitPeriod[], quarter: Quarter): UnitPeriod[] {
  const { firstOn } = quarterRange(quarter)
  const on = (day: number) => addDays(firstOn, day)
  return units.flatMap((unit, index): UnitPeriod[] => {
    if (unit.peerGroup !== PROVINCE_GROUP) return [unit]
    if (index % 10 === 3) return [{ ...unit, dutyMode: 'phone' }]
    if (index % 20 === 7)
      return [
        { ...unit, dutyMode: 'phone', validTo: on(45) },
        { ...unit, validFrom: on(45) },
      ]
    if (index % 50 === 9)
      return [
        { ...unit, validTo: on(31) },
        { ...unit, validFrom: on(50) },
      ]
    return index % 100 === 11 ? [{ ...unit, validTo: on(70) }] : [unit]
  })
}

/** The untidy rows every office has: a call without a paper, a first report filed as a follow-up, a level that changes. */
function* untidy(reports: Iterable<ReportFact>, seed: string): Generator<ReportFact> {
  const random = createRandom(`${seed}/untidy`)
  for (const report of reports) {
    if (report.stage !== 'first') {
      yield sampleChance(random, 0.02) ? { ...report, level: sampleItem(random, LEVELS) } : report
    } else if (sampleChance(random, 0.01)) yield { ...report, writtenAt: null }
    else yield sampleChance(random, 0.005) ? { ...report, stage: 'follow_up', sequence: 9_000 } : report
  }
}

function makeChecks(random: Random, unitCodes: readonly string[], quarter: Quarter): CheckFact[] {
  const { from, to } = quarterRange(quarter)
  return Array.from({ length: unitCodes.length * CHECKS_PER_UNIT }, (_, number) => ({
    checkCode: `CC-${String(number + 1).padStart(7, '0')}`,
    unitCode: sampleItem(random, unitCodes),
    method: sampleItem(random, CHECK_METHODS),
    // Some lie outside the quarter.
    checkedAt: from + sampleInteger(random, -DAY_MS / MINUTE_MS, (to - from) / MINUTE_MS + 1_440) * MINUTE_MS,
    inspectors: [`督查员${sampleInteger(random, 1, 40)}`],
    findings: FINDINGS.filter(() => sampleChance(random, 0.05)),
    note: null,
  }))
}

function makeFilings(
  random: Random,
  unitCodes: readonly string[],
  quarter: Quarter,
  holidays: readonly HolidayBlock[],
): FilingFact[] {
  const due = holidays
    .map((block) => ({ block, overdueAt: startOfLocalDay(addDays(block.firstDayOff, 1 - FILING_LEAD_DAYS)) }))
    .filter(({ block }) => quarterOfDate(addDays(block.firstDayOff, -FILING_LEAD_DAYS)) === quarter)
  return unitCodes.flatMap((unitCode) =>
    due.flatMap(({ block, overdueAt }) =>
      // A form that never came has a row without an instant, or none.
      FILING_FORMS.filter(() => !sampleChance(random, 0.05)).map((form) => ({
        unitCode,
        holidayYear: block.year,
        holidayName: block.name,
        form,
        receivedAt: sampleChance(random, 0.05) ? null : overdueAt + sampleInteger(random, -4_320, 720) * MINUTE_MS,
      })),
    ),
  )
}

function makeBonuses(random: Random, unitCodes: readonly string[], quarter: Quarter): BonusFact[] {
  const { firstOn } = quarterRange(quarter)
  return Array.from({ length: Math.ceil(unitCodes.length / 4) }, (_, number) => ({
    bonusCode: `JF-${String(number + 1).padStart(6, '0')}`,
    unitCode: sampleItem(random, unitCodes),
    kind: sampleItem(random, BONUS_KINDS),
    awardedOn: addDays(firstOn, sampleInteger(random, -5, 95)),
    eventCode: null,
  }))
}

/** One for about every two units, most of them about an event of theirs. */
function makeMisreports(
  random: Random,
  reports: Iterable<ReportFact>,
  { reportCount, unitCount }: DatasetSize,
  quarter: Quarter,
): MisreportFact[] {
  const { firstOn } = quarterRange(quarter)
  const misreports: MisreportFact[] = []
  for (const { eventCode, stage, unitCode } of reports) {
    if (stage !== 'first' || !sampleChance(random, Math.min((1.5 * unitCount) / reportCount, 0.1))) continue
    misreports.push({
      misreportCode: `RD-${String(misreports.length + 1).padStart(6, '0')}`,
      unitCode,
      eventCode: sampleChance(random, 0.9) ? eventCode : null,
      kind: sampleCategory(random, KIND_WEIGHTS),
      confirmedOn: addDays(firstOn, sampleInteger(random, -5, 95)),
      basis: '核查报告',
    })
  }
  return misreports
}

/** The same facts for the same seed, quarter and size. `holidays`: the blocks announced. */
export function makeProvinceFacts(
  args: DatasetSize & { readonly seed: string; readonly quarter: Quarter; readonly holidays: readonly HolidayBlock[] },
): ProvinceFacts {
  const { holidays, quarter, reportCount, seed, unitCount } = args
  const province = makeProvince({ seed, quarter, unitCount, reportCount })
  const unitCodes = province.units.slice(1).map((unit) => unit.unitCode)
  const random = (name: string): Random => createRandom(`${seed}/${quarter}/${name}`)
  const reports = (): Generator<ReportFact> => untidy(province.reports(), seed)
  return {
    unitCount,
    reportCount,
    quarter,
    group: PROVINCE_GROUP,
    holidays,
    units: varyUnits(province.units, quarter),
    reports,
    checks: makeChecks(random('checks'), unitCodes, quarter),
    misreports: makeMisreports(random('misreports'), reports(), args, quarter),
    filings: makeFilings(random('filings'), unitCodes, quarter, holidays),
    bonuses: makeBonuses(random('bonuses'), unitCodes, quarter),
  }
}
