import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_CHECKLISTS } from './built-in-checklists.ts'
import { checkCodeOf } from './check-code.ts'
import { findingsOfAnswers } from './checklist.ts'
import { type ClockAnchor, placeMoment } from './device-clock.ts'
import { FORWARDING_SIGNALS, SIGNAL_READINGS, type SignalRecord, weighForwarding } from './forwarding.ts'

describe('forwarding', () => {
  const room = { dutyMode: 'room', isRegistered: false } as const
  const signal = (name: SignalRecord['signal'], reading: SignalRecord['reading'] = 'points_to'): SignalRecord => ({
    signal: name,
    reading,
    note: null,
  })

  it('is suspected from two signals of different kinds on, never from one kind twice', () => {
    expect(weighForwarding([signal('second_line'), signal('second_line')], room).isSuspected).toBe(false)
    expect(weighForwarding([signal('second_line'), signal('room_code')], room)).toEqual({
      isSuspected: true,
      pointing: ['second_line', 'room_code'],
      against: [],
      exempt: null,
    })
  })

  it('goes by the last reading of a kind, and tells what speaks against', () => {
    const records = [signal('call_back'), signal('sound'), signal('call_back', 'speaks_against')]
    expect(weighForwarding(records, room)).toMatchObject({
      isSuspected: false,
      pointing: ['sound'],
      against: ['call_back'],
    })
  })

  it('is no fault of telephone duty, nor where it is registered', () => {
    const records = FORWARDING_SIGNALS.map((name) => signal(name))
    expect(weighForwarding(records, { dutyMode: 'phone', isRegistered: false })).toMatchObject({
      isSuspected: false,
      exempt: 'phone_duty',
    })
    expect(weighForwarding(records, { dutyMode: 'room', isRegistered: true }).exempt).toBe('registered')
  })

  it('the order of kinds does not matter', () => {
    const kinds = fc.shuffledSubarray([...FORWARDING_SIGNALS])
    const readings = fc.array(fc.constantFrom(...SIGNAL_READINGS), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(kinds, readings, (names, given) => {
        const records = names.map((name, at) => signal(name, given[at]))
        expect(weighForwarding(records.toReversed(), room)).toEqual(weighForwarding(records, room))
      }),
    )
  })
})

describe('a device’s clock', () => {
  const anchor = (changes: Partial<ClockAnchor>): ClockAnchor => ({
    session: 'a',
    monotonicMs: 1_000,
    wallMs: 500_000,
    serverMs: 900_000,
    roundTripMs: 80,
    ...changes,
  })

  it('is put right by the monotonic clock within one life of the page, however the wall clock is set', () => {
    const moment = { session: 'a', monotonicMs: 61_000, wallMs: 0 }
    expect(placeMoment(moment, [anchor({ roundTripMs: 400 }), anchor({})])).toEqual({
      at: 960_000,
      uncertaintyMs: 40,
      basis: 'monotonic',
    })
  })

  it('is put right by its error when the page was opened anew, a year off or not', () => {
    const year = 365 * 86_400_000
    const moment = { session: 'b', monotonicMs: 5, wallMs: 700_000 }
    const anchors = [anchor({ serverMs: 500_000 + year, wallMs: 500_000 })]
    expect(placeMoment(moment, anchors)).toEqual({ at: 700_000 + year, uncertaintyMs: 40, basis: 'wall' })
  })

  it('is as uncertain as its error changed between the anchors', () => {
    const moment = { session: 'c', monotonicMs: 5, wallMs: 10_000 }
    const anchors = [anchor({ serverMs: 510_000 }), anchor({ serverMs: 514_000 })]
    expect(placeMoment(moment, anchors)).toEqual({ at: 22_000, uncertaintyMs: 2_040, basis: 'wall' })
  })

  it('without an anchor the device is believed, uncertain by a day', () => {
    const moment = { session: 'a', monotonicMs: 5, wallMs: 10_000 }
    expect(placeMoment(moment, [])).toEqual({ at: 10_000, uncertaintyMs: 86_400_000, basis: 'none' })
  })

  it('the true moment lies within the uncertainty while the clock only runs', () => {
    const shift = fc.integer({ min: -1e12, max: 1e12 })
    fc.assert(
      fc.property(shift, fc.nat(1e8), fc.nat(1e8), fc.nat(2_000), fc.boolean(), (error, at, later, trip, isSame) => {
        // Server time runs from 1e12; the device's wall shows it with a constant error; half the trip is the worst reading.
        const read = (time: number, session: string): ClockAnchor => ({
          session,
          monotonicMs: time,
          wallMs: 1e12 + time + error,
          serverMs: 1e12 + time + trip / 2,
          roundTripMs: trip,
        })
        const moment = { session: 'x', monotonicMs: at, wallMs: 1e12 + at + error }
        const placed = placeMoment(moment, [read(0, 'w'), read(later, isSame ? 'x' : 'y')])
        expect(Math.abs(placed.at - (1e12 + at))).toBeLessThanOrEqual(placed.uncertaintyMs + 1)
      }),
    )
  })
})

describe('the number of a record', () => {
  it('follows from the id alone and reads without doubt', () => {
    expect(checkCodeOf('00000000-0000-4000-8000-000000000000')).toBe('CC-00000-00000')
    expect(checkCodeOf('3f2504e0-4f89-41d3-9a0c-0305e82c3301')).toBe('CC-030QM-2RCR1')
    fc.assert(fc.property(fc.uuid(), (id) => /^CC-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/.test(checkCodeOf(id))))
    expect(() => checkCodeOf('nobody')).toThrow(RangeError)
  })
})

describe('checklists', () => {
  it('the built-in ones have each key once and ask for every finding that a visit can show', () => {
    for (const { items } of BUILT_IN_CHECKLISTS) expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
    const visit = BUILT_IN_CHECKLISTS.find(({ methods }) => methods.includes('onsite'))
    expect(new Set(visit?.items.map(({ finding }) => finding))).toEqual(
      new Set([
        'absent',
        'not_as_rostered',
        'leader_unreachable',
        'call_forwarded',
        'unfamiliar',
        'log_missing',
        'equipment_missing',
        null,
      ]),
    )
  })

  it('several items of one finding are one finding; yes, not applicable and what is no fault bring none', () => {
    const items = BUILT_IN_CHECKLISTS.flatMap((one) => (one.id === 'onsite' ? one.items : []))
    const answers = [
      { item: 'fax', answer: 'no' },
      { item: 'computer', answer: 'no' },
      { item: 'line', answer: 'not_applicable' },
      { item: 'log', answer: 'yes' },
      { item: 'training', answer: 'no' },
      { item: 'present', answer: 'no' },
    ] as const
    expect(findingsOfAnswers({ items }, answers)).toEqual([
      { finding: 'absent', items: ['present'] },
      { finding: 'equipment_missing', items: ['computer', 'fax'] },
    ])
  })
})
