import { requireProbability } from '../input/require.ts'

/** Numerator and denominator of the three ranges, lowest power first. */
const CENTRAL = [
  [
    3.387_132_872_796_366_5, 133.141_667_891_784_38, 1971.590_950_306_551_3, 13_731.693_765_509_46,
    45_921.953_931_549_87, 67_265.770_927_008_7, 33_430.575_583_588_13, 2509.080_928_730_122_7,
  ],
  [
    1, 42.313_330_701_600_91, 687.187_007_492_057_9, 5394.196_021_424_751, 21_213.794_301_586_597,
    39_307.895_800_092_71, 28_729.085_735_721_943, 5226.495_278_852_854,
  ],
] as const
const NEAR = [
  [
    1.423_437_110_749_683_5, 4.630_337_846_156_546, 5.769_497_221_460_691, 3.647_848_324_763_204_5,
    1.270_458_252_452_368_4, 0.241_780_725_177_450_6, 0.022_723_844_989_269_184, 0.000_774_545_014_278_341_4,
  ],
  [
    1, 2.053_191_626_637_759, 1.676_384_830_183_803_8, 0.689_767_334_985_1, 0.148_103_976_427_480_08,
    0.015_198_666_563_616_457, 0.000_547_593_808_499_534_5, 1.050_750_071_644_416_9e-9,
  ],
] as const
const FAR = [
  [
    6.657_904_643_501_103, 5.463_784_911_164_114, 1.784_826_539_917_291_3, 0.296_560_571_828_504_87,
    0.026_532_189_526_576_124, 0.001_242_660_947_388_078_4, 2.711_555_568_743_487_6e-5, 2.010_334_399_292_288_1e-7,
  ],
  [
    1, 0.599_832_206_555_888, 0.136_929_880_922_735_8, 0.014_875_361_290_850_615, 0.000_786_869_131_145_613_3,
    1.846_318_317_510_054_8e-5, 1.421_511_758_316_446e-7, 2.044_263_103_389_939_7e-15,
  ],
] as const

type Rational = readonly [readonly number[], readonly number[]]

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
}

function evaluate([numerator, denominator]: Rational, x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x)
}

/**
 * The x with Φ(x) = p; −∞ for p = 0 and ∞ for p = 1. RangeError unless 0 ≤ p ≤ 1.
 * Source: M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988), PPND16.
 */
export function normalQuantile(p: number): number {
  requireProbability(p, 'p')
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  const off = p - 0.5
  if (Math.abs(off) <= 0.425) return off * evaluate(CENTRAL, 0.180_625 - off * off)
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)))
  const x = r <= 5 ? evaluate(NEAR, r - 1.6) : evaluate(FAR, r - 5)
  return off < 0 ? -x : x
}
