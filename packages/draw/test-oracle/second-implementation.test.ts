import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { toPoolText } from '../src/pool/parse-pool.ts'
import type { SeedValue } from '../src/seed/seed.ts'
import { drawFromPool } from '../src/selection/draw-pool.ts'
import {
  exampleInspector,
  examplePool,
  exampleUnit,
  OFFICERS_SEED,
  OFFICERS_VALUE,
  PUBLIC_VALUE,
} from '../src/testing/example-draw.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-draw-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const hasPython = spawnSync('python3', ['--version']).status === 0

function drawInPython(pool: string, value: SeedValue): unknown {
  const [poolFile, valueFile] = [join(folder, 'pool.json'), join(folder, 'value.json')]
  writeFileSync(poolFile, pool)
  writeFileSync(valueFile, JSON.stringify(value))
  const { status, stderr, stdout } = spawnSync('python3', [join(import.meta.dirname, 'draw.py'), poolFile, valueFile])
  if (status !== 0) throw new Error(String(stderr))
  return JSON.parse(String(stdout))
}

const many = Array.from({ length: 300 }, (_, at) =>
  exampleUnit(`单位${at}`, {
    weight: 1 + ((at * 7919) % 11),
    stratum: at % 3 === 0 ? 'county' : 'township',
    lastCheckedIn: at % 50 === 0 ? null : at % 41 === 0 ? '2025Q4' : '2026Q2',
    supervisedSince: at % 100 === 0 ? '2026Q4' : '2024Q1',
    checksThisMonth: at % 5,
    nightChecksThisQuarter: at % 4,
  }),
)
const inspectors = Array.from({ length: 9 }, (_, at) =>
  exampleInspector(`督查员${at}`, `单位${at * 3}`, `单位${at * 3 + 1}`),
)
const strata = [
  { id: 'county', name: 'Counties', size: 25, substitutes: 8 },
  { id: 'township', name: 'Townships', size: 30, substitutes: 9 },
]

// Python is on the machines that build; where it is not, the golden vectors of the package still hold.
it.runIf(hasPython)('draws what a program in another language draws from the same two files', () => {
  for (const [pool, value] of [
    [examplePool(), PUBLIC_VALUE],
    [examplePool({ seed: OFFICERS_SEED, inspectors: [] }), OFFICERS_VALUE],
    [examplePool({ units: many, inspectors, strata }), PUBLIC_VALUE],
  ] as const) {
    const text = toPoolText(pool)
    const outcome = drawFromPool(JSON.parse(text) as typeof pool, value)
    expect(outcome.kind === 'drawn' ? outcome.strata : outcome).toEqual(drawInPython(text, value))
  }
})
