import {
  type CheckFact,
  type CheckMethod,
  DAY_MS,
  type DutyMode,
  type Finding,
  HOUR_MS,
  localDateOf,
  MINUTE_MS,
  type Quarter,
  quarterRange,
  startOfLocalDay,
} from '@zhidu/domain'
import { createRandom, type Random, sampleCategory, sampleChance, sampleInteger, sampleItems } from '@zhidu/statistics'
import { isNight, sampleDay } from '../event/clock.ts'
import { DayNumbers } from './events.ts'
import { dutyModeOn, type UnitProfile } from './profile.ts'
import type { UnitTruth } from './truth.ts'

const METHOD_WEIGHTS: Readonly<Record<CheckMethod, number>> = { phone: 60, video: 25, onsite: 15 }
const INSPECTORS = Array.from({ length: 8 }, (_, index) => `督查员${String(index + 1).padStart(2, '0')}`)

type Weights = Readonly<Partial<Record<Finding, number>>>

/** What fails, by method and by how the unit keeps duty. Only what costs points, so that a failed check is failed. */
const FINDING_WEIGHTS: Readonly<Record<CheckMethod, Readonly<Record<DutyMode, Weights>>>> = {
  phone: {
    room: {
      no_answer: 12,
      call_forwarded: 10,
      leader_unreachable: 20,
      not_as_rostered: 26,
      unfamiliar: 30,
      invalid_number: 2,
    },
    phone: { no_answer: 16, invalid_number: 8, leader_unreachable: 22, not_as_rostered: 24, unfamiliar: 30 },
  },
  video: {
    room: { absent: 8, no_answer: 10, not_as_rostered: 28, unfamiliar: 26, equipment_missing: 28 },
    phone: { no_answer: 20, not_as_rostered: 30, unfamiliar: 50 },
  },
  onsite: {
    room: { absent: 4, not_as_rostered: 18, unfamiliar: 18, log_missing: 40, equipment_missing: 20 },
    phone: { not_as_rostered: 20, unfamiliar: 20, log_missing: 60 },
  },
}
const SECOND_FINDING_SHARE = 0.18
/** A unit on phone duty may forward its calls; inspectors note it all the same. */
const HARMLESS_FORWARD_SHARE = 0.12

function findingsOf(random: Random, method: CheckMethod, mode: DutyMode, passes: boolean): Finding[] {
  if (passes) {
    const isForwarded = mode === 'phone' && method === 'phone' && sampleChance(random, HARMLESS_FORWARD_SHARE)
    return isForwarded ? ['call_forwarded'] : []
  }
  const weights = FINDING_WEIGHTS[method][mode]
  const first = sampleCategory<Finding>(random, weights)
  // Where nobody answers there is nothing more to find.
  if (first === 'no_answer' || first === 'absent' || !sampleChance(random, SECOND_FINDING_SHARE)) return [first]
  const second = sampleCategory<Finding>(random, weights)
  return second === first || second === 'no_answer' || second === 'absent' ? [first] : [first, second]
}

function noteOf(findings: readonly Finding[], at: number): string | null {
  if (findings.includes('call_forwarded')) return '拨打值班电话，转接至手机'
  if (findings.includes('no_answer')) return '间隔五分钟两次拨打，均无人接听'
  return isNight(at) ? '夜间抽查' : null
}

/** All checks of a quarter in the order made, numbered through by day (`CC-2026-0912-07`). */
export function makeQuarterChecks(
  seed: string,
  profiles: readonly UnitProfile[],
  truths: ReadonlyMap<string, UnitTruth>,
  quarter: Quarter,
): CheckFact[] {
  const { firstOn, from, to } = quarterRange(quarter)
  const dayCount = Math.round((to - from) / DAY_MS)
  const checks: Omit<CheckFact, 'checkCode'>[] = []
  for (const profile of profiles) {
    const { checksPerQuarter, unitCode } = profile
    const truth = truths.get(unitCode)
    if (truth === undefined || checksPerQuarter[1] === 0) continue
    const count = sampleInteger(createRandom(`${seed}/${unitCode}/${quarter}/checks`), ...checksPerQuarter)
    for (let number = 0; number < count; number += 1) {
      const random = createRandom(`${seed}/${unitCode}/${quarter}/check/${number}`)
      const date = sampleDay(random, firstOn, dayCount)
      // A good half outside office hours.
      const hour = sampleChance(random, 0.45) ? sampleInteger(random, 9, 17) : sampleInteger(random, 18, 30) % 24
      const checkedAt = startOfLocalDay(date) + hour * HOUR_MS + sampleInteger(random, 0, 59) * MINUTE_MS
      const method = sampleCategory(random, METHOD_WEIGHTS)
      const passes = sampleChance(random, truth.checkPassed)
      const findings = findingsOf(random, method, dutyModeOn(profile, date), passes)
      const inspectors = sampleItems(random, INSPECTORS, 2).toSorted()
      checks.push({ unitCode, method, checkedAt, inspectors, findings, note: noteOf(findings, checkedAt) })
    }
  }
  checks.sort((a, b) => a.checkedAt - b.checkedAt)
  const numbers = new DayNumbers('CC')
  return checks.map((check) => ({ checkCode: numbers.next(localDateOf(check.checkedAt)), ...check }))
}
