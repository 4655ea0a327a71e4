import { expect, it } from 'vitest'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { makeMisreport } from '../testing/make-facts.ts'
import { vetoesOf } from '../league/grade.ts'
import { isAbsorbing, misreportDeduction } from './misreports.ts'

it('a misreport costs what the rules put on it for the tier of the unit that day', () => {
  const misreport = makeMisreport({ kind: 'concealed' })
  const deductions = SAMPLE_REGULATION.deductions.flatMap((rule) =>
    rule.code === 'concealed'
      ? [
          { ...rule, tiers: ['city'] as const, shape: { kind: 'fixed', points: 700 } as const },
          { ...rule, tiers: ['township'] as const, shape: { kind: 'fixed', points: 300 } as const },
        ]
      : [rule],
  )
  const points = (['city', 'county', 'township'] as const).map(
    (tier) => misreportDeduction(misreport, { ...SAMPLE_REGULATION, deductions }, tier)?.points ?? null,
  )
  expect(points).toEqual([700, null, 300])
})

it('an honest correction leaves a share of the points, and nothing at all where it cancels', () => {
  const of = (sharePercent: number | null) =>
    misreportDeduction(makeMisreport({ kind: 'concealed', sharePercent }), SAMPLE_REGULATION, 'county')
  const full = of(null)?.points ?? 0
  expect(full).toBeGreaterThan(0)
  expect([of(50)?.points, of(33)?.points, of(0)]).toEqual([full / 2, Math.round(full * 0.33), null])
  const cancelled = makeMisreport({ kind: 'concealed', sharePercent: 0 })
  const [absorbing, vetoes] = [isAbsorbing(cancelled, SAMPLE_REGULATION), vetoesOf([cancelled], SAMPLE_REGULATION)]
  expect([absorbing, vetoes]).toEqual([false, []])
  const reduced = { ...cancelled, sharePercent: 50 }
  expect(isAbsorbing(reduced, SAMPLE_REGULATION)).toBe(true)
  expect(vetoesOf([reduced], SAMPLE_REGULATION)).toHaveLength(1)
})

it('a month is zeroed whatever share counts, and not where nothing does', () => {
  const deductions = SAMPLE_REGULATION.deductions.map((rule) =>
    rule.code === 'omitted' ? { ...rule, shape: { kind: 'zero_month' } as const } : rule,
  )
  const zeroes = (sharePercent: number) =>
    misreportDeduction(makeMisreport({ kind: 'omitted', sharePercent }), { ...SAMPLE_REGULATION, deductions }, 'county')
      ?.zeroesMonth ?? false
  expect([zeroes(1), zeroes(0)]).toEqual([true, false])
})
