import { drawFromPool, type DrawPool, hashText, parsePoolFile, toPoolText } from '@zhidu/draw'
import { examplePool, exampleUnit, PUBLIC_VALUE } from '@zhidu/draw/testing'
import { repeat } from '../measure/repeat.ts'
import { toCount, toMegabytes, toMilliseconds, toTextTable } from '../report/print-table.ts'

const BUDGET_MS = 1_000

/** Weights 1 to 5, one unit in fifty due, thirty inspectors. */
function makePool(unitCount: number, size: number): DrawPool {
  const units = Array.from({ length: unitCount }, (_, at) =>
    exampleUnit(`U${String(at).padStart(6, '0')}`, {
      weight: 1 + (at % 5),
      lastCheckedIn: at % Math.ceil(unitCount / 100) === 0 ? '2025Q4' : '2026Q2',
    }),
  )
  const inspectors = Array.from({ length: 30 }, (_, at) => ({ id: `I${at}`, name: `Inspector ${at}`, recusals: [] }))
  return examplePool({ units, inspectors, strata: [{ id: 'county', name: 'All', size, substitutes: 50 }] })
}

/** Draws `size` of so many units: from the pool in memory, and from its file, read and hashed. */
export async function benchDraw(unitCount: number, size: number, runs: number): Promise<string> {
  const pool = makePool(unitCount, size)
  const file = new TextEncoder().encode(toPoolText(pool))
  const fromFile = (): Promise<void> => {
    const parsed = parsePoolFile(file)
    if (parsed.kind === 'bad') throw new RangeError('the pool cannot be read')
    if (drawFromPool(parsed.value, PUBLIC_VALUE, hashText(file)).kind === 'refused') throw new RangeError('not drawn')
    return Promise.resolve()
  }
  const rows: string[][] = []
  const measured = {
    'a pool in memory': () => Promise.resolve(drawFromPool(pool, PUBLIC_VALUE, 'sha256:0')),
    'from its file': fromFile,
  }
  for (const [operation, work] of Object.entries(measured)) {
    const { maxMs, medianMs, minMs } = await repeat(runs, work)
    const times = [toMilliseconds(medianMs), `${toMilliseconds(minMs)}–${toMilliseconds(maxMs)}`]
    rows.push([operation, toCount(size), toCount(unitCount), ...times])
  }
  const table = toTextTable(['draw', 'drawn', 'of units', 'median ms', 'min–max'], rows)
  return `${table}\n\nThe file has ${toMegabytes(file.length)}. A draw is to take ${BUDGET_MS} ms at the most.`
}
