import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROOM_ANSWERS, ROOM_SOURCES, roomItemStanding, type RoomSaying, shareOfItem, staffNeeded } from './items.ts'

const declared = (answer: RoomSaying['answer'], on = '2026-03-01'): RoomSaying => ({ source: 'declared', answer, on })
const inspected = (answer: RoomSaying['answer'], on = '2026-06-01'): RoomSaying => ({ source: 'inspected', answer, on })

describe('an item of a duty room', () => {
  it('stands as an inspection saw it, beside what the unit says of itself', () => {
    expect(roomItemStanding([declared('has')], true)).toMatchObject({ answer: 'has', standing: 'unconfirmed' })
    expect(roomItemStanding([declared('has'), inspected('has')], true)).toMatchObject({ standing: 'agreed' })
    expect(roomItemStanding([declared('has'), inspected('has_not')], true)).toMatchObject({
      answer: 'has_not',
      standing: 'contradicted',
      declared: { answer: 'has' },
    })
    expect(roomItemStanding([inspected('has_not')], true)).toMatchObject({ answer: 'has_not', standing: 'inspected' })
  })

  it('goes by the last word of each side, by day; what somebody did not know is no word', () => {
    const words = [inspected('has_not'), inspected('has', '2026-09-01'), inspected('has_not', '2026-01-01')]
    expect(roomItemStanding([...words, inspected('not_known', '2026-12-01')], true).answer).toBe('has')
    expect(roomItemStanding([declared('has'), declared('has_not')], true).answer).toBe('has_not')
  })

  it('that nobody spoke of is not known, or not asked of a unit without a duty room', () => {
    expect(roomItemStanding([], true)).toMatchObject({ answer: 'not_known', standing: 'unknown' })
    expect(roomItemStanding([], false)).toMatchObject({ answer: 'not_applicable', standing: 'unknown' })
    expect(roomItemStanding([declared('has'), inspected('has_not')], false)).toMatchObject({
      answer: 'not_applicable',
      standing: 'unknown',
      inspected: { answer: 'has_not' },
    })
  })

  it('is never contradicted by one side alone', () => {
    const saying = fc.record({
      source: fc.constantFrom(...ROOM_SOURCES),
      answer: fc.constantFrom(...ROOM_ANSWERS),
      on: fc.constantFrom('2026-01-01', '2026-02-01'),
    })
    fc.assert(
      fc.property(fc.array(saying), fc.boolean(), (sayings, isOwed) => {
        const { declared: own, inspected: seen, standing } = roomItemStanding(sayings, isOwed)
        expect(standing === 'contradicted').toBe(isOwed && own !== null && seen !== null && own.answer !== seen.answer)
      }),
    )
  })
})

describe('the share of units that have an item', () => {
  it('counts those of which it is known, with Wilson’s interval', () => {
    const share = shareOfItem(['has', 'has', 'has', 'has_not', 'not_known', 'not_applicable'])
    expect(share).toMatchObject({ has: 3, known: 4, notKnown: 1, notApplicable: 1 })
    expect(share.range?.map((end) => Math.round(end * 1000) / 1000)).toEqual([0.301, 0.954])
  })

  it('of nobody known is not measured, which is not none', () => {
    expect(shareOfItem(['not_known'])).toMatchObject({ has: 0, known: 0, range: null })
    expect(shareOfItem(['has_not']).range?.[0]).toBe(0)
  })
})

describe('staff', () => {
  it('around the clock takes five people for one place, nine for two', () => {
    expect([staffNeeded(1), staffNeeded(2), staffNeeded(5)]).toEqual([5, 9, 21])
  })
})
