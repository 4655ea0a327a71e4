import {
  type CheckFact,
  DAY_MS,
  HOUR_MS,
  localDateOf,
  MINUTE_MS,
  type Quarter,
  quarterRange,
  type ReportFact,
  type Tier,
  type UnitPeriod,
} from '@zhidu/domain'
import { createRandom, type Random, sampleBeta, sampleChance, sampleInteger } from '@zhidu/statistics'
import { makeReports, type ReportQuality } from '../event/make-reports.ts'
import { sampleCategoryIn, sampleLevel, sampleTimeToLearn } from '../event/outline.ts'

export interface ProvinceOptions {
  readonly seed: string
  readonly quarter: Quarter
  /** Units below the province, all of one peer group; the province itself comes on top. */
  readonly unitCount: number
  readonly reportCount: number
  readonly checkCount?: number
}

export interface SyntheticProvince {
  /** The province first, then cities, counties and townships, each after its parent. */
  readonly units: readonly UnitPeriod[]
  /** The true quality of each unit below the province, by unit code. */
  readonly truth: ReadonlyMap<string, ReportQuality & { readonly checkPassed: number }>
  /** Exactly `reportCount` rows, event by event, learned of in order through the quarter; made while they are taken. */
  reports(): Generator<ReportFact>
  /** Exactly `checkCount` rows, in the order made through the quarter. */
  checks(): Generator<CheckFact>
}

export const PROVINCE_CODE = 'P000000'
export const PROVINCE_GROUP = '全省组'

/** Counties of a city, and townships of a county. */
const COUNTIES_PER_CITY = 9
const TOWNSHIPS_PER_COUNTY = 15
const MIXED = { natural_disaster: 20, accident: 45, public_health: 12, social_security: 23 }

function tierOf(index: number): Tier {
  const perCity = 1 + COUNTIES_PER_CITY * (1 + TOWNSHIPS_PER_COUNTY)
  const inCity = index % perCity
  if (inCity === 0) return 'city'
  return (inCity - 1) % (1 + TOWNSHIPS_PER_COUNTY) === 0 ? 'county' : 'township'
}

const TIER_WORDS: Readonly<Record<Tier, string>> = { province: '省', city: '市', county: '县', township: '镇' }

function makeUnits(unitCount: number): UnitPeriod[] {
  const common = { peerGroup: PROVINCE_GROUP, dutyMode: 'room', validFrom: null, validTo: null } as const
  const top: UnitPeriod = {
    ...common,
    unitCode: PROVINCE_CODE,
    name: '示例省',
    shortName: '省',
    parentCode: null,
    tier: 'province',
    peerGroup: '本级',
  }
  const units = [top]
  let city = PROVINCE_CODE
  let county = PROVINCE_CODE
  for (let index = 0; index < unitCount; index += 1) {
    const tier = tierOf(index)
    const unitCode = `P${String(index + 1).padStart(6, '0')}`
    const parentCode = tier === 'city' ? PROVINCE_CODE : tier === 'county' ? city : county
    if (tier === 'city') city = unitCode
    if (tier === 'county') county = unitCode
    const name = `第${index + 1}${TIER_WORDS[tier]}`
    units.push({ ...common, unitCode, name, shortName: null, parentCode, tier })
  }
  return units
}

function qualityOf(seed: string, unitCode: string): ReportQuality & { checkPassed: number } {
  const random = createRandom(`${seed}/${unitCode}/quality`)
  const onTime = sampleBeta(random, 18, 2)
  const missing = (1 - onTime) * 0.08
  return {
    onTime,
    late: 1 - onTime - missing,
    missing,
    incomplete: sampleBeta(random, 2, 18),
    phonedOnTime: onTime,
    slotMet: sampleBeta(random, 18, 2),
    checkPassed: sampleBeta(random, 8, 2),
  }
}

/** An event learned of at an instant, with the reports of one unit. */
function makeEvent(
  random: Random,
  number: number,
  learnedAt: number,
  unitCode: string,
  quality: ReportQuality,
): ReportFact[] {
  const level = sampleLevel(random)
  const date = localDateOf(learnedAt)
  const category = sampleCategoryIn(random, MIXED, Number(date.slice(5, 7)))
  const occurredAt = learnedAt - sampleTimeToLearn(random, level)
  const eventCode = `SJ-${date.slice(0, 4)}-${date.slice(5, 7)}${date.slice(8)}-${String(number).padStart(7, '0')}`
  return makeReports(random, { eventCode, unitCode, category, level, occurredAt, learnedAt }, quality)
}

/**
 * A province of any size for measuring speed: nothing but its units is held in memory, and each walk over its facts
 * gives the same ones. RangeError unless the counts are whole numbers ≥ 0 and there is a unit for the facts.
 */
export function makeProvince(options: ProvinceOptions): SyntheticProvince {
  const { checkCount = 0, quarter, reportCount, seed, unitCount } = options
  for (const count of [checkCount, reportCount, unitCount]) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`no province with a count of ${count}`)
  }
  if (unitCount === 0 && reportCount + checkCount > 0) throw new RangeError('facts need a unit')
  const { from, to } = quarterRange(quarter)
  const units = makeUnits(unitCount)
  const codes = units.slice(1).map(({ unitCode }) => unitCode)
  const truth = new Map(codes.map((unitCode) => [unitCode, qualityOf(seed, unitCode)]))
  // The last day is left free so that the reports of the last events fall into the quarter as well.
  const minutes = Math.floor((to - from - DAY_MS) / MINUTE_MS)

  function unitOf(random: Random): { unitCode: string; quality: ReportQuality & { readonly checkPassed: number } } {
    const unitCode = codes[sampleInteger(random, 0, codes.length - 1)] ?? ''
    const quality = truth.get(unitCode)
    if (quality === undefined) throw new RangeError(`no unit ${unitCode}`)
    return { unitCode, quality }
  }

  function* reports(): Generator<ReportFact> {
    const random = createRandom(`${seed}/${quarter}/reports`)
    let made = 0
    for (let number = 1; made < reportCount; number += 1) {
      const { quality, unitCode } = unitOf(random)
      const learnedAt = from + HOUR_MS + Math.floor((made / reportCount) * (minutes - 60)) * MINUTE_MS
      for (const report of makeEvent(random, number, learnedAt, unitCode, quality).slice(0, reportCount - made)) {
        made += 1
        yield report
      }
    }
  }

  function* checks(): Generator<CheckFact> {
    const random = createRandom(`${seed}/${quarter}/checks`)
    for (let number = 0; number < checkCount; number += 1) {
      const { quality, unitCode } = unitOf(random)
      const checkedAt = from + Math.floor((number / checkCount) * minutes) * MINUTE_MS
      const checkCode = `CC-${localDateOf(checkedAt).slice(0, 4)}-${String(number + 1).padStart(7, '0')}`
      const passes = sampleChance(random, quality.checkPassed)
      const inspectors = [`督查员${String(sampleInteger(random, 1, 40)).padStart(2, '0')}`]
      yield {
        checkCode,
        unitCode,
        method: 'phone',
        checkedAt,
        inspectors,
        findings: passes ? [] : ['unfamiliar'],
        note: null,
      }
    }
  }

  return { units, truth, reports, checks }
}
