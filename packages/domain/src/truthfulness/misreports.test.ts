import { expect, it } from 'vitest'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { makeMisreport } from '../testing/make-facts.ts'
import { misreportDeduction } from './misreports.ts'

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
