import { type Quarter, toQuarter } from '@zhidu/domain'
import {
  type Counts,
  createRandom,
  posteriorRanks,
  rankSets,
  sampleBinomial,
  sampleInteger,
  sampleBeta,
  shrinkRates,
} from '@zhidu/statistics'
import { measure } from './measure-both.ts'
import { toCount, toMilliseconds, toRatio, toTextTable } from '../report/print-table.ts'
import { timeCsranks } from './csranks.ts'
import { holmOneByOne, ranksByDraws } from './naive-peers.ts'
import { benchRanges } from './bench-ranges.ts'
import { type Coverage, type CoverageDesign, PROVINCE_PRIOR, simulateCoverage } from './simulate-coverage.ts'

const QUARTER: Quarter = toQuarter('2026Q3')
const PRIOR = PROVINCE_PRIOR
const LEVEL = 0.95

/** Counts of up to `largest` reports a unit: the more different they are, the less can be shared between units. */
function drawUnits(count: number, largest: number): Counts[] {
  const random = createRandom(`speed/${count}/${largest}`)
  return Array.from({ length: count }, () => {
    const whole = sampleInteger(random, 1, largest)
    return { part: sampleBinomial(random, whole, sampleBeta(random, PRIOR.alpha, PRIOR.beta)), whole }
  })
}

interface Measure {
  readonly operation: string
  readonly units: number
  readonly largest: number
  readonly work: (units: readonly Counts[]) => unknown
  /** The same answer the plain way; null = it would take minutes. */
  readonly naive: ((units: readonly Counts[]) => unknown) | null
  readonly wanted: string
}

const DRAWS = 4_000

const naiveSets = (units: readonly Counts[]): unknown => holmOneByOne(units, 1 - LEVEL)
const drawnRanks = (units: readonly Counts[]): unknown =>
  ranksByDraws(units, { draws: DRAWS, prior: PRIOR, random: createRandom('peer') })
const sets = (units: readonly Counts[]): unknown => rankSets(units, { level: LEVEL })
const learnt = (units: readonly Counts[]): unknown => posteriorRanks(units, { level: LEVEL })
const given = (units: readonly Counts[]): unknown => posteriorRanks(units, { level: LEVEL, prior: PRIOR })

const MEASURES: readonly Measure[] = [
  { operation: 'rankSets', units: 200, largest: 300, work: sets, naive: naiveSets, wanted: '–' },
  { operation: 'rankSets', units: 5_000, largest: 30, work: sets, naive: null, wanted: '1,000' },
  { operation: 'rankSets', units: 5_000, largest: 3_000, work: sets, naive: null, wanted: '1,000' },
  { operation: 'posteriorRanks, learnt', units: 35, largest: 60, work: learnt, naive: drawnRanks, wanted: '–' },
  { operation: 'posteriorRanks, learnt', units: 200, largest: 300, work: learnt, naive: drawnRanks, wanted: '50' },
  { operation: 'posteriorRanks, given', units: 200, largest: 300, work: given, naive: drawnRanks, wanted: '50' },
  { operation: 'posteriorRanks, learnt', units: 5_000, largest: 30, work: learnt, naive: null, wanted: '3,000' },
  { operation: 'posteriorRanks, learnt', units: 5_000, largest: 3_000, work: learnt, naive: null, wanted: '3,000' },
  {
    operation: 'shrinkRates',
    units: 200,
    largest: 300,
    work: (units) => shrinkRates(units, { level: LEVEL }),
    naive: null,
    wanted: '–',
  },
]

const SPEED_HEADER = ['operation', 'units', 'reports up to', 'ms', 'min–max', 'CPU ms', 'wanted ms', 'plain way ÷ ours']

function measureSpeed(runCount: number, say: (line: string) => void): string[][] {
  return MEASURES.map(({ largest, naive, operation, units: count, wanted, work }) => {
    say(`${operation}, ${count} units`)
    const units = drawUnits(count, largest)
    const { cpu, wall } = measure(runCount, () => work(units))
    const theirs = naive === null ? null : measure(1, () => naive(units))
    return [
      operation,
      toCount(count),
      toCount(largest),
      toMilliseconds(wall.medianMs),
      `${toMilliseconds(wall.minMs)}–${toMilliseconds(wall.maxMs)}`,
      toMilliseconds(cpu.medianMs),
      wanted,
      theirs === null ? '–' : toRatio(theirs.cpu.medianMs, cpu.medianMs),
    ]
  })
}

function compareWithCsranks(): string[] {
  const lines: string[] = []
  for (const count of [37, 200]) {
    const units = drawUnits(count, 300)
    const theirs = timeCsranks(units)
    if (theirs.kind === 'absent') return [`csranks was not asked: ${theirs.why}.`]
    const { wall } = measure(5, () => rankSets(units, { level: LEVEL }))
    lines.push(
      `csranks, ${count} units: ${toMilliseconds(theirs.ms)} ms; rankSets ${toMilliseconds(wall.medianMs)} ms, ` +
        `${toRatio(theirs.ms, wall.medianMs)} times as fast.`,
    )
  }
  return lines
}

const toPercent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`)

const COVERAGE_HEADER = [
  'design',
  'provinces',
  'all ranks in their sets',
  'set ÷ table',
  'rank in its interval',
  'the same, prior given',
  'interval ÷ table',
  'share in its interval',
  'plain rank right',
]

function toCoverageRow(one: Coverage): string[] {
  return [
    `${toCount(one.units)} units, ${toCount(one.reportsPerUnit)} reports each on average`,
    toCount(one.replicates),
    toPercent(one.simultaneous),
    toPercent(one.setWidth),
    toPercent(one.posterior),
    toPercent(one.posteriorGiven),
    toPercent(one.posteriorWidth),
    toPercent(one.shares),
    toPercent(one.plainRank),
  ]
}

/** Shares are looked at in groups small enough that it does not take minutes. */
const SHARES_UP_TO = 100

/** Speed beside the plain way and csranks, then how often ranges hold the truth of fresh synthetic provinces. */
export function benchStatistics(isQuick: boolean, say: (line: string) => void): string {
  const speed = measureSpeed(isQuick ? 3 : 7, say)
  const csranks = compareWithCsranks()
  const scale = isQuick ? 1 : 5
  const designs: readonly CoverageDesign[] = [
    { units: 40, reportsPerUnit: 5, replicates: 40 * scale },
    { units: 40, reportsPerUnit: 20, replicates: 40 * scale },
    { units: 40, reportsPerUnit: 400, replicates: 40 * scale },
    { units: 150, reportsPerUnit: 20, replicates: 12 * scale },
    { units: 1_000, reportsPerUnit: 100, replicates: 3 * scale },
  ]
  const coverage = designs.map((design) => {
    say(`${design.replicates} provinces of ${design.units} units`)
    return toCoverageRow(simulateCoverage(design, QUARTER, design.units <= SHARES_UP_TO))
  })
  const design =
    'True shares on time of the synthetic province, Beta(18, 2); reports per unit Poisson; fresh seeds; level 95 % throughout. ' +
    'Wanted: all ranks in their sets at least 95 %, a rank in its interval 93–97 %.'
  return [
    toTextTable(SPEED_HEADER, speed),
    `The plain way: every pair tested and sorted, and ${toCount(DRAWS)} posterior draws.`,
    ...csranks,
    '',
    toTextTable(COVERAGE_HEADER, coverage),
    design,
    '',
    benchRanges(isQuick, say),
  ].join('\n')
}
