import { describe, expect, it } from 'vitest'
import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  clopperPearsonInterval,
  dominanceIntervals,
  expectedDeductions,
  fisherOneSided,
  funnelFlag,
  funnelLimits,
  grades,
  jeffreysInterval,
  marginalRankSet,
  newcombeDifference,
  normalCdf,
  normalQuantile,
  overdispersion,
  pairProbability,
  posteriorRanks,
  proportionChart,
  rankability,
  rankSets,
  rankSetsNormal,
  shrinkRates,
  wilsonInterval,
  xmrChart,
} from '../src/index.ts'

const good = { part: 1, whole: 2 }
const BAD_COUNTS = [
  { part: -1, whole: 2 },
  { part: 3, whole: 2 },
  { part: 0.5, whole: 2 },
  { part: NaN, whole: 2 },
  { part: 1, whole: NaN },
  { part: 1, whole: -2 },
  { part: 1, whole: 2.5 },
  { part: 1, whole: Infinity },
] as const
const BAD_LEVELS = [0, 1, -0.1, 1.5, NaN]
const units = [good, good, good, good, good]
const score = { value: 1, standardError: 1 }
const priors = [
  { alpha: 0, beta: 1 },
  { alpha: 1, beta: -1 },
  { alpha: NaN, beta: 1 },
  { alpha: 1, beta: Infinity },
]

function expectRefusal(name: RegExp, act: () => unknown): void {
  expect(act).toThrow(RangeError)
  expect(act).toThrow(name)
}

describe('counts that are none are refused by name', () => {
  it.each(BAD_COUNTS)('%o', (bad) => {
    const group = [good, bad]
    for (const interval of [wilsonInterval, clopperPearsonInterval, jeffreysInterval]) {
      expectRefusal(/^counts\.(part|whole)/, () => interval(bad, 0.95))
    }
    expectRefusal(/^b\.(part|whole)/, () => newcombeDifference(good, bad, 0.95))
    expectRefusal(/^a\.(part|whole)/, () => fisherOneSided(bad, good))
    expectRefusal(/^b\.(part|whole)/, () => pairProbability(good, bad))
    expectRefusal(/^units\[1\]\.(part|whole)/, () => rankSets(group, { level: 0.95 }))
    expectRefusal(/^units\[1\]\.(part|whole)/, () => marginalRankSet(group, 0, { level: 0.95 }))
    expectRefusal(/^units\[1\]\.(part|whole)/, () => shrinkRates(group, { level: 0.95 }))
    expectRefusal(/^units\[1\]\.(part|whole)/, () => posteriorRanks(group, { level: 0.95, better: 'lower' }))
    expectRefusal(/^units\[1\]\.(part|whole)/, () => grades(group, { lambda: 0.25, better: 'lower' }))
    expectRefusal(/^units\[1\]\.(part|whole)/, () => rankability(group))
    expectRefusal(/^counts\.(part|whole)/, () => funnelFlag(bad, 0.5))
    expectRefusal(/^units\[1\]\.(part|whole)/, () => overdispersion(group, 0.5))
    expectRefusal(/^points\[1\]\.(part|whole)/, () => proportionChart(group))
  })
})

describe('levels outside 0 and 1 are refused', () => {
  it.each(BAD_LEVELS)('%d', (level) => {
    for (const interval of [wilsonInterval, clopperPearsonInterval, jeffreysInterval]) {
      expectRefusal(/^level/, () => interval(good, level))
    }
    expectRefusal(/^level/, () => newcombeDifference(good, good, level))
    expectRefusal(/^level/, () => rankSets(units, { level }))
    expectRefusal(/^level/, () => rankSetsNormal([score], { level }))
    expectRefusal(/^level/, () => marginalRankSet(units, 0, { level }))
    expectRefusal(/^level/, () => shrinkRates(units, { level }))
    expectRefusal(/^level/, () => posteriorRanks(units, { level }))
    expectRefusal(/^probability/, () => funnelLimits(0.5, 9, level))
  })
})

it('scores that are none, or mixed with counts, are refused', () => {
  for (const bad of [
    { value: NaN, standardError: 1 },
    { value: 1, standardError: 0 },
    { value: 1, standardError: -1 },
    { value: Infinity, standardError: 1 },
  ]) {
    expectRefusal(/^units\[1\]\.(value|standardError)/, () => rankSetsNormal([score, bad], { level: 0.9 }))
    expectRefusal(/^units\[1\]\.(value|standardError)/, () => marginalRankSet([score, bad], 0, { level: 0.9 }))
    expectRefusal(/^units\[1\]\.(value|standardError)/, () => rankability([score, bad]))
  }
  // What a caller without types may do.
  const mixed: readonly (typeof good | typeof score)[] = [good, score]
  expectRefusal(/^units/, () => rankability(mixed as readonly (typeof score)[]))
})

it('arguments of the distributions out of range are refused', () => {
  for (const bad of [-0.1, 1.1, NaN]) {
    expectRefusal(/^x/, () => betaCdf(bad, 1, 1))
    expectRefusal(/^p/, () => betaQuantile(bad, 1, 1))
    expectRefusal(/^p/, () => binomialCdf(1, 2, bad))
    expectRefusal(/^p/, () => normalQuantile(bad))
    expectRefusal(/^target/, () => funnelLimits(bad, 3, 0.95))
    expectRefusal(/^target/, () => funnelFlag(good, bad))
    expectRefusal(/^target/, () => overdispersion(units, bad))
  }
  for (const bad of [0, -1, NaN, Infinity]) {
    expectRefusal(/^a/, () => betaCdf(0.5, bad, 1))
    expectRefusal(/^b/, () => betaQuantile(0.5, 1, bad))
  }
  expectRefusal(/^k/, () => binomialCdf(0.5, 2, 0.5))
  expectRefusal(/^n/, () => binomialCdf(1, -2, 0.5))
  expectRefusal(/^x/, () => normalCdf(NaN))
})

it('options out of range are refused', () => {
  for (const prior of priors) {
    expectRefusal(/^prior\.(alpha|beta)/, () => posteriorRanks(units, { level: 0.9, prior }))
    expectRefusal(/^prior\.(alpha|beta)/, () => pairProbability(good, good, { prior }))
    expectRefusal(/^prior\.(alpha|beta)/, () => grades([...units, { part: 0, whole: 2 }], { lambda: 1, prior }))
  }
  for (const index of [-1, 5, 0.5, NaN]) {
    expectRefusal(/^index/, () => marginalRankSet(units, index, { level: 0.9 }))
  }
  for (const lambda of [0, -1, 1.1, NaN]) expectRefusal(/^lambda/, () => grades(units, { lambda }))
  // What a caller without types may say.
  const better = 'larger' as 'higher'
  expectRefusal(/^better/, () => rankSets(units, { level: 0.9, better }))
  expectRefusal(/^better/, () => posteriorRanks(units, { level: 0.9, better }))
  expectRefusal(/^tau2/, () => funnelLimits(0.5, 3, 0.95, { tau2: -1 }))
  expectRefusal(/^whole/, () => funnelLimits(0.5, 2.5, 0.95))
  for (const trim of [-0.1, 0.5, NaN]) expectRefusal(/^trim/, () => overdispersion(units, 0.5, { trim }))
  expectRefusal(/^values\[1\]/, () => xmrChart([1, NaN]))
  for (const fixAfterNPoints of [0, 1, 2.5, NaN]) {
    expectRefusal(/^fixAfterNPoints/, () => xmrChart([1, 2, 3], { fixAfterNPoints }))
  }
  expectRefusal(/^rebase/, () => xmrChart([1, 2, 3], { rebase: [0, 1] }))
  expectRefusal(/^rebase/, () => xmrChart([1, 2, 3], { rebase: [0, 2, 0] }))
  expectRefusal(/^target/, () => xmrChart([1, 2, 3], { target: NaN }))
})

it('tables that do not fit are refused', () => {
  expectRefusal(/^indicators\[1\]/, () => dominanceIntervals([[1, 2], [1]], [1, 1], 0))
  expectRefusal(/^indicators\[0\]\[1\]/, () => dominanceIntervals([[1, NaN]], [1, 1], 0))
  expectRefusal(/^weights\[1\]/, () => dominanceIntervals([[1, 2]], [1, -1], 0))
  for (const tolerance of [-0.1, 1.1, NaN]) expectRefusal(/^tolerance/, () => dominanceIntervals([[1]], [1], tolerance))
  const table = { deductionPerFault: [1], opportunities: [[2]], faults: [[1]] }
  expectRefusal(/^deductionPerFault\[0\]/, () => expectedDeductions({ ...table, deductionPerFault: [-1] }))
  expectRefusal(/^opportunities\[0\]\[0\]/, () => expectedDeductions({ ...table, opportunities: [[1.5]] }))
  expectRefusal(/^opportunities\[0\]/, () => expectedDeductions({ ...table, opportunities: [[2, 2]] }))
  expectRefusal(/^faults\[0\]\[0\]/, () => expectedDeductions({ ...table, faults: [[3]] }))
  expectRefusal(/^faults\[0\]\[0\]/, () => expectedDeductions({ ...table, faults: [[-1]] }))
  expectRefusal(/^faults/, () => expectedDeductions({ ...table, faults: [] }))
})
