import { redrawRanks, SAMPLE_REGULATION } from '@zhidu/domain'
import { toCount, toMilliseconds, toTextTable } from '../report/print-table.ts'
import { measure } from './measure-both.ts'
import {
  makeProvinceTable,
  RATE_SHAPES,
  type RangeDesign,
  simulateCertainCoverage,
  simulateRangeCoverage,
} from './simulate-range-coverage.ts'

const SPEED_HEADER = ['redrawRanks, units', 'draws', 'ms', 'min–max', 'CPU ms']
const COVERAGE_HEADER = [
  'design',
  'provinces',
  'true place in its range',
  'range ÷ table',
  'rankability',
  'official place right',
]

const CERTAIN_HEADER = [
  'true rates',
  'design',
  'provinces',
  'all sets true together',
  'units of which a set says anything',
]

const toPercent = (share: number): string => `${(100 * share).toFixed(1)} %`

function measureSpeed(runCount: number, say: (line: string) => void): string[][] {
  return [35, 200, 3_000].map((units) => {
    say(`redrawRanks, ${units} units`)
    const { table } = makeProvinceTable(`speed/${units}`, { units, eventsPerUnit: 20 })
    let draws = 0
    const { cpu, wall } = measure(units > 1_000 ? 1 : runCount, () => {
      draws = redrawRanks(table, SAMPLE_REGULATION).draws
    })
    return [
      toCount(units),
      toCount(draws),
      toMilliseconds(wall.medianMs),
      `${toMilliseconds(wall.minMs)}–${toMilliseconds(wall.maxMs)}`,
      toMilliseconds(cpu.medianMs),
    ]
  })
}

function coverCertain(scale: number, say: (line: string) => void): string[][] {
  const replicates = 200 * scale
  return RATE_SHAPES.flatMap((shape) => {
    say(`${replicates} tables each of what is called certain, ${shape}`)
    return [10, 31].flatMap((units) =>
      [5, 20].map((eventsPerUnit) => {
        const one = simulateCertainCoverage({ units, eventsPerUnit, replicates }, shape)
        return [
          shape,
          `${toCount(units)} units, ${toCount(eventsPerUnit)} events each on average`,
          toCount(replicates),
          toPercent(one.coveredTogether),
          toPercent(one.narrowed),
        ]
      }),
    )
  })
}

/** Speed of the ranges of an official table, then how often they hold the true places of fresh provinces. */
export function benchRanges(isQuick: boolean, say: (line: string) => void): string {
  const scale = isQuick ? 1 : 5
  const designs: readonly RangeDesign[] = [
    { units: 10, eventsPerUnit: 20, replicates: 60 * scale },
    { units: 35, eventsPerUnit: 5, replicates: 30 * scale },
    { units: 35, eventsPerUnit: 20, replicates: 30 * scale },
    { units: 35, eventsPerUnit: 80, replicates: 30 * scale },
    { units: 200, eventsPerUnit: 20, replicates: 5 * scale },
  ]
  const speed = measureSpeed(isQuick ? 3 : 7, say)
  const coverage = designs.map((design) => {
    say(`${design.replicates} tables of ${design.units} units`)
    const one = simulateRangeCoverage(design)
    return [
      `${toCount(one.units)} units, ${toCount(one.eventsPerUnit)} events each on average`,
      toCount(one.replicates),
      toPercent(one.covered),
      toPercent(one.width),
      toPercent(one.rankability),
      toPercent(one.officialRight),
    ]
  })
  return [
    toTextTable(SPEED_HEADER, speed),
    '',
    toTextTable(COVERAGE_HEADER, coverage),
    'Sample rules; seven classes of faults whose true rates are Beta between units; events and checks Poisson; fresh seeds; level 90 %. ' +
      'True place = of the score one must expect at the true rates. Wanted: 87–95 %.',
    '',
    toTextTable(CERTAIN_HEADER, coverCertain(scale, say)),
    'What is called certain, level 95 % for all units of a table together. Wanted: 95 % and more.',
  ].join('\n')
}
