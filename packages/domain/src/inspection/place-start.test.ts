import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deviceErrorOf, placeStart } from './place-start.ts'

const NOW = Date.UTC(2026, 10, 20)
const anchor = { session: 's', monotonicMs: 1_000, wallMs: NOW + 60_000, serverMs: NOW, roundTripMs: 40 }

it('a check ends when it is received at the latest, and what it says more is what it is uncertain by', () => {
  const start = { session: 's', monotonicMs: 900, wallMs: 0 }
  expect(placeStart(start, [anchor], { elapsedMs: 100, now: NOW })).toMatchObject({ at: NOW - 100, uncertaintyMs: 20 })
  expect(placeStart(start, [anchor], { elapsedMs: 101, now: NOW })).toMatchObject({ at: NOW - 101, uncertaintyMs: 21 })
})

it('no clock of a device makes a check later than now', () => {
  const wall = fc.integer({ min: 0, max: 8_640_000_000_000_000 })
  fc.assert(
    fc.property(wall, wall, fc.nat(86_400_000), (startWall, anchorWall, elapsedMs) => {
      const start = { session: 'old', monotonicMs: 0, wallMs: startWall }
      const anchors = [{ ...anchor, wallMs: anchorWall }]
      const { at, uncertaintyMs } = placeStart(start, anchors, { elapsedMs, now: NOW })
      expect(at + elapsedMs).toBeLessThanOrEqual(NOW)
      expect(uncertaintyMs).toBeGreaterThanOrEqual(0)
    }),
  )
})

it('the error of a clock is that at the quickest answer', () => {
  expect(deviceErrorOf([{ ...anchor, roundTripMs: 900, wallMs: 0 }, anchor])).toBe(60_000)
  expect(deviceErrorOf([])).toBe(0)
})
