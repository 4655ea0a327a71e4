import fc from 'fast-check'
import type { Counts } from '../input/counts.ts'
import type { Estimate } from '../input/estimate.ts'

/** Counts with `whole` up to so much, sometimes not measured. */
export function countsUpTo(whole: number, least = 0): fc.Arbitrary<Counts> {
  return fc
    .record({ whole: fc.integer({ min: least, max: whole }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map((one) => ({ part: Math.round(one.share * one.whole), whole: one.whole }))
}

export const level = fc.double({ min: 0.5, max: 0.999, noNaN: true })

export const estimate: fc.Arbitrary<Estimate> = fc.record({
  value: fc.integer({ min: -400, max: 400 }).map((value) => value / 10),
  standardError: fc.integer({ min: 1, max: 80 }).map((value) => value / 10),
})

/** A list with its places shuffled: `order[i]` is the place the i-th of the shuffled list had. */
export function shuffled<T>(list: fc.Arbitrary<T[]>): fc.Arbitrary<{ readonly list: T[]; readonly order: number[] }> {
  return list.chain((values) =>
    fc
      .shuffledSubarray([...values.keys()], { minLength: values.length, maxLength: values.length })
      .map((order) => ({ list: values, order })),
  )
}
