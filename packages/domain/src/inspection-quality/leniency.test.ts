import { createRandom } from '@zhidu/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LookedAt, tabulateLeniency } from './tabulate-leniency.ts'

const DAY = Date.parse('2026-11-01T10:00:00+08:00')
const NIGHT = Date.parse('2026-11-01T23:00:00+08:00')

function look(inspectors: readonly string[], hasFinding: boolean, change: Partial<LookedAt> = {}): LookedAt {
  return { group: '市直组', method: 'phone', at: DAY, inspectors, hasFinding, ...change }
}
const many = (count: number, one: LookedAt) => Array.from({ length: count }, () => one)

/** Checks of a world: six strata of unlike difficulty, two inspectors a check; the first sees `seen` of what is there. */
function makeWorld(seed: string, { checks, inspectors, seen }: { inspectors: number; checks: number; seen: number }) {
  const random = createRandom(seed)
  const rates = Array.from({ length: 6 }, () => 0.05 + 0.35 * random.unit())
  return Array.from({ length: checks }, (): LookedAt => {
    const stratum = Math.floor(random.unit() * 6)
    const first = Math.floor(random.unit() * inspectors)
    const second = (first + 1 + Math.floor(random.unit() * (inspectors - 1))) % inspectors
    const chance = (rates[stratum] ?? 0) * (first === 0 || second === 0 ? seen : 1)
    return look([String(first), String(second)], random.unit() < chance, {
      group: String(stratum % 3),
      at: stratum < 3 ? DAY : NIGHT,
    })
  })
}
const rosterOf = (size: number) => Array.from({ length: size }, (_, at) => String(at))

describe('leniency', () => {
  it('is what was found against what all found of the like, exactly', () => {
    const checks = [
      ...many(1, look(['甲'], true)),
      ...many(11, look(['甲'], false)),
      ...many(13, look(['乙'], true)),
      ...many(15, look(['乙'], false)),
      ...many(9, look(['乙'], true, { at: NIGHT })),
      ...many(4, look(['丙'], true, { method: 'onsite' })),
    ]
    const { checks: whole, found, rows, tested } = tabulateLeniency(['甲', '乙', '丙', '丁'], checks)
    expect([whole, found, tested]).toEqual([53, 27, 2])
    // 12 of 40, 14 found: 12 × 14 / 40 = 4.2; P(X ≤ 0) = 0.0017, P(X ≤ 1) = 0.0211: mid-p 0.0114, both sides 0.0228.
    expect(rows[0]).toMatchObject({ inspector: '甲', checks: 12, found: 1, low: 2, high: 7, word: 'lenient' })
    expect(rows[0]?.expected).toBeCloseTo(4.2, 12)
    expect(rows[0]?.p).toBeCloseTo(0.0228, 4)
    expect(rows[1]).toMatchObject({ found: 22, word: 'strict' })
    expect(rows[2]).toMatchObject({ checks: 4, found: 4, p: 1, word: 'few' })
    expect(rows[3]).toMatchObject({ checks: 0, found: 0, expected: 0, p: 1, word: 'few' })
  })

  it('says nothing of who checked what nobody else did', () => {
    const checks = [...many(9, look(['甲'], true)), ...many(9, look(['乙'], false, { at: NIGHT }))]
    expect(tabulateLeniency(['甲', '乙'], checks).rows.map(({ p, word }) => [p, word])).toEqual([
      [1, 'alone'],
      [1, 'alone'],
    ])
  })

  it('does not take the difficulty of nights for leniency', () => {
    const checks = [
      ...many(30, look(['甲'], true, { at: NIGHT })),
      ...many(10, look(['乙'], true, { at: NIGHT })),
      ...many(10, look(['甲'], false)),
      ...many(30, look(['乙'], false)),
    ]
    expect(tabulateLeniency(['甲', '乙'], checks).rows.map(({ word }) => word)).toEqual(['unclear', 'unclear'])
  })

  it('finds nothing among honest inspectors in 95 of 100 worlds at least', () => {
    const worlds = Array.from({ length: 300 }, (_, at) => `honest ${at}`)
    const flagged = worlds.filter((seed) =>
      tabulateLeniency(rosterOf(8), makeWorld(seed, { inspectors: 8, checks: 80, seen: 1 })).rows.some(
        ({ word }) => word !== 'unclear' && word !== 'few',
      ),
    )
    expect(flagged.length / worlds.length).toBeLessThan(0.05)
  })

  it('finds who misses half in most worlds once he has made some 150 checks, and in few at 60', () => {
    const shareOf = (checks: number) => {
      const worlds = Array.from({ length: 100 }, (_, at) =>
        makeWorld(`half ${at}`, { inspectors: 8, checks, seen: 0.5 }),
      )
      return worlds.filter((world) => tabulateLeniency(rosterOf(8), world).rows[0]?.word === 'lenient').length / 100
    }
    expect(shareOf(600)).toBeGreaterThan(0.6)
    expect(shareOf(240)).toBeLessThan(0.4)
  })

  it('keeps what was expected of all together, and does not ask for the order', () => {
    const anyCheck = fc
      .tuple(fc.constantFrom('甲', '乙', '丙'), fc.boolean(), fc.constantFrom(DAY, NIGHT))
      .map(([who, hasFinding, at]) => look([who], hasFinding, { at }))
    fc.assert(
      fc.property(fc.array(anyCheck, { maxLength: 40 }), (checks) => {
        const one = tabulateLeniency(['甲', '乙', '丙'], checks)
        const sum = (of: (row: (typeof one.rows)[number]) => number) => one.rows.reduce((all, row) => all + of(row), 0)
        expect(sum(({ expected }) => expected)).toBeCloseTo(one.found, 9)
        expect(sum(({ found }) => found)).toBe(one.found)
        const turned = tabulateLeniency(['甲', '乙', '丙'], checks.toReversed())
        expect(turned.rows.map(({ word }) => word)).toEqual(one.rows.map(({ word }) => word))
        for (const { expected, high, low } of one.rows) {
          expect(low).toBeLessThanOrEqual(Math.ceil(expected))
          expect(high).toBeGreaterThanOrEqual(Math.floor(expected))
        }
      }),
    )
  })
})
