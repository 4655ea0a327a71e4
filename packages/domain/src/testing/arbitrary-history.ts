import fc from 'fast-check'
import { addDays, type PlainDate } from '../calendar/plain-date.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import { unitPeriodOn } from '../unit/membership.ts'
import type { SuccessionFact, UnitTree } from '../unit/succession.ts'
import { makePeriod, on } from './make-facts.ts'

export const HISTORY_CODES = ['A', 'B', 'C', 'D', 'E'] as const
export const HISTORY_START = on('2026-01-01')

interface Step {
  readonly what: 'close' | 'open' | 'rename' | 'move' | 'merge' | 'split'
  readonly unit: number
  readonly other: number
  readonly afterDays: number
}

/** Plays a history step by step; a step that is not possible is left out. */
function play(steps: readonly Step[]): UnitTree {
  const rows = new Map<string, UnitPeriod[]>(
    HISTORY_CODES.map((code) => [code, [makePeriod({ unitCode: code, name: code })]]),
  )
  const successions: SuccessionFact[] = []
  let day: PlainDate = HISTORY_START
  const endOf = (code: string): void => {
    const all = rows.get(code) ?? []
    const last = all.at(-1)
    if (last !== undefined) rows.set(code, [...all.slice(0, -1), { ...last, validTo: day }])
  }
  const begin = (code: string, change: Partial<UnitPeriod>): void => {
    const all = rows.get(code) ?? []
    rows.set(code, [
      ...all,
      { ...makePeriod({ ...all.at(-1), unitCode: code }), validFrom: day, validTo: null, ...change },
    ])
  }
  for (const step of steps) {
    day = addDays(day, step.afterDays)
    const [code, other] = [HISTORY_CODES[step.unit] ?? 'A', HISTORY_CODES[step.other] ?? 'B']
    const isOpen = (one: string): boolean => unitPeriodOn(rows.get(one) ?? [], day) !== null
    if (step.what === 'open') {
      if (!isOpen(code)) begin(code, {})
    } else if (isOpen(code)) {
      if (step.what === 'split' && other !== code && isOpen(other))
        successions.push({ kind: 'split', fromCode: code, toCode: other, onDate: day })
      if (step.what === 'merge' && (other === code || !isOpen(other))) continue
      if (step.what !== 'split') endOf(code)
      if (step.what === 'merge') successions.push({ kind: 'merge', fromCode: code, toCode: other, onDate: day })
      if (step.what === 'rename') begin(code, { name: `${code}${step.afterDays}` })
      if (step.what === 'move')
        begin(code, { parentCode: other, peerGroup: step.other % 2 === 0 ? '县区组' : '市直组' })
    }
  }
  return { periodsOf: rows, successions }
}

/** Histories of five units, each step some days after the one before. */
export const arbitraryHistory = (what: readonly Step['what'][]): fc.Arbitrary<UnitTree> =>
  fc
    .array(
      fc.record({
        what: fc.constantFrom(...what),
        unit: fc.nat(4),
        other: fc.nat(4),
        afterDays: fc.integer({ min: 1, max: 60 }),
      }),
      { maxLength: 12 },
    )
    .map(play)
