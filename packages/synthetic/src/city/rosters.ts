import {
  addDays,
  DAY_MS,
  type DutyLine,
  type DutyLineFact,
  HOUR_MS,
  type PlainDate,
  quarterOfDate,
  quarterRange,
  type RosterRole,
  type RosterShiftFact,
  startOfLocalDay,
} from '@zhidu/domain'
import { createRandom, sampleInteger } from '@zhidu/statistics'
import { COUNTY_GROUP, dutyModeOn, type UnitProfile } from './profile.ts'

/** Shifts begin at 08:00 and last until the next. */
const CHANGE_HOUR = 8
/** Days of the roster before and after the last day of the facts, whatever the quarter. */
const DAYS_AROUND = 14
const PEOPLE: Readonly<Record<RosterRole, number>> = { leader: 5, officer: 8 }
const NAMES: Readonly<Record<RosterRole, string>> = { leader: '领导', officer: '值班员' }
const POSTS: Readonly<Record<RosterRole, readonly [first: string, other: string]>> = {
  leader: ['主要负责人', '分管负责人'],
  officer: ['值班科科长', '科员'],
}
/** A unit whose line is under repair, and how long its calls may be forwarded. */
const UNDER_REPAIR = { unitCode: 'D16', days: 10, reason: '值班座机线路抢修，来电转至备用号' }

/** No area has the code 0199, and no local number begins with 0. */
function landlineOf(unitIndex: number, line: number): string {
  return `0199-0${String(unitIndex + 1).padStart(3, '0')}0${line}0`
}

/** Mobile numbers that begin with 154 were never given out. */
function mobileOf(unitIndex: number, person: number): string {
  return `1540000${String(unitIndex * 100 + person).padStart(4, '0')}`
}

/** The telephones of every unit: of a duty room its own and another, else the one that whoever is on duty carries. */
export function makeDutyLines(profiles: readonly UnitProfile[], until: PlainDate): DutyLineFact[] {
  return profiles.flatMap(({ unitCode, ...profile }, index): DutyLineFact[] => {
    const isRoom = dutyModeOn({ unitCode, ...profile }, until) === 'room'
    const numbers: readonly (readonly [DutyLine, string])[] = isRoom
      ? [
          ['duty_room', landlineOf(index, 1)],
          ['alternate', landlineOf(index, 2)],
        ]
      : [['duty_mobile', mobileOf(index, 0)]]
    return numbers.map(([line, number]) => {
      const isForwarded = unitCode === UNDER_REPAIR.unitCode && line === 'duty_room'
      return {
        unitCode,
        line,
        number,
        forwardingUntil: isForwarded ? addDays(until, UNDER_REPAIR.days) : null,
        forwardingReason: isForwarded ? UNDER_REPAIR.reason : null,
      }
    })
  })
}

interface Duty {
  readonly unit: UnitProfile
  readonly unitIndex: number
  /** Whose turn it is on day 0. */
  readonly first: Readonly<Record<RosterRole, number>>
}

function shiftOf({ first, unit, unitIndex }: Duty, role: RosterRole, turn: number, startsAt: number): RosterShiftFact {
  const number = (((first[role] + turn) % PEOPLE[role]) + PEOPLE[role]) % PEOPLE[role]
  return {
    unitCode: unit.unitCode,
    role,
    startsAt,
    endsAt: startsAt + DAY_MS,
    person: `${unit.shortName}${NAMES[role]}${String(number + 1).padStart(2, '0')}`,
    post: POSTS[role][number === 0 ? 0 : 1],
    phone: mobileOf(unitIndex, (role === 'leader' ? 10 : 20) + number),
  }
}

/**
 * Who is on duty in every unit, day by day: a leader and an officer in turn, in counties two officers. From the first day of the
 * quarter (or earlier, some days before `until`) to some days after `until`; a later day of a quarter only adds shifts.
 */
export function makeRosters(seed: string, profiles: readonly UnitProfile[], until: PlainDate): RosterShiftFact[] {
  const { firstOn } = quarterRange(quarterOfDate(addDays(until, -DAYS_AROUND)))
  const from = startOfLocalDay(firstOn)
  const dayCount = Math.round((startOfLocalDay(addDays(until, DAYS_AROUND + 1)) - from) / DAY_MS)
  const duties = profiles.map((unit, unitIndex): Duty => {
    const random = createRandom(`${seed}/${unit.unitCode}/roster`)
    const first = { leader: sampleInteger(random, 0, 4), officer: sampleInteger(random, 0, 7) }
    return { unit, unitIndex, first }
  })
  return Array.from({ length: dayCount }, (_, day) => from + day * DAY_MS + CHANGE_HOUR * HOUR_MS).flatMap(
    (startsAt) => {
      // Counted from a fixed day, so that everybody's turn is the same whatever the first day is.
      const turn = Math.round(startsAt / DAY_MS)
      return duties.flatMap((duty) => [
        shiftOf(duty, 'leader', turn, startsAt),
        shiftOf(duty, 'officer', turn, startsAt),
        ...(duty.unit.peerGroup === COUNTY_GROUP ? [shiftOf(duty, 'officer', turn + 1, startsAt)] : []),
      ])
    },
  )
}
