import { addDays, DAY_MS, startOfLocalDay, toPhoneNumber, toPlainDate } from '@zhidu/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CITY_PROFILES, dutyModeOn } from './profile.ts'
import { makeDutyLines, makeRosters } from './rosters.ts'

const UNTIL = toPlainDate('2026-11-23')
const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays(toPlainDate('2025-12-20'), days))

describe('duty lines', () => {
  it('are a room’s two or the mobile of those on duty, and no number that could be anybody’s', () => {
    const lines = Map.groupBy(makeDutyLines(CITY_PROFILES, UNTIL), ({ unitCode }) => unitCode)
    for (const profile of CITY_PROFILES) {
      const isRoom = dutyModeOn(profile, UNTIL) === 'room'
      const own = lines.get(profile.unitCode) ?? []
      expect(own.map(({ line }) => line)).toEqual(isRoom ? ['duty_room', 'alternate'] : ['duty_mobile'])
    }
    const numbers = [...lines.values()].flat().map(({ number }) => number)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers.filter((number) => !/^(0199-0\d{6}|1540000\d{4})$/.test(number))).toEqual([])
    expect(numbers.map(toPhoneNumber)).toEqual(numbers)
  })
})

describe('rosters', () => {
  it('have a leader and an officer in every unit at every instant from some days before to some days after', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -10 * 86_400, max: 10 * 86_400 }), (until, seconds) => {
        const at = startOfLocalDay(until) + seconds * 1_000
        const present = makeRosters('x', CITY_PROFILES, until).filter(
          ({ endsAt, startsAt }) => startsAt <= at && at < endsAt,
        )
        const filled = new Set(present.map(({ role, unitCode }) => `${unitCode} ${role}`))
        expect(filled.size).toBe(2 * CITY_PROFILES.length)
        const places = present.map(({ person }) => person)
        expect(new Set(places).size).toBe(places.length)
      }),
      { numRuns: 20 },
    )
  })

  it('only gain shifts when a day of the same quarter passes, and nobody’s number could be real', () => {
    const [earlier, later] = [UNTIL, addDays(UNTIL, 5)].map((until) => makeRosters('x', CITY_PROFILES, until))
    const all = new Set(later?.map((shift) => JSON.stringify(shift)))
    expect(earlier?.filter((shift) => !all.has(JSON.stringify(shift)))).toEqual([])
    expect(earlier?.filter(({ phone }) => !/^1540000\d{4}$/.test(phone ?? ''))).toEqual([])
    expect(earlier?.filter(({ endsAt, startsAt }) => endsAt - startsAt !== DAY_MS)).toEqual([])
  })
})
