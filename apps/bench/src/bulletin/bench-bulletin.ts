import { withBenchData } from '../bench-data.ts'
import { copyFacts } from '../dataset/copy-facts.ts'
import { type DatasetSize, makeProvinceFacts } from '../dataset/province-facts.ts'
import { runMeasured } from '../import/import-process.ts'
import { toCount, toMegabytes, toMilliseconds, toTextTable } from '../report/print-table.ts'
import type { Scenario } from '../scenario.ts'
import type { BulletinRequest } from './bulletin-once.ts'

const HEADER = ['bulletin', 'units', 'reports', 'ms', 'process', 'postgres']

/** The bulletin of a frozen quarter with its annexes: seconds and memory, each in a process of its own. */
export function benchBulletin(size: DatasetSize, { dataset, now }: Scenario, say: (line: string) => void) {
  return withBenchData(async ({ dataDir, dataPath, observer }) => {
    say(`${toCount(size.unitCount)} units, ${toCount(size.reportCount)} reports: writing them`)
    const facts = makeProvinceFacts({ ...dataset, ...size })
    await copyFacts(observer.db, facts, now)
    const rows: string[][] = []
    for (const work of ['freeze', 'files'] as const) {
      say(work)
      const request: BulletinRequest = { dataDir, quarter: facts.quarter, now, work }
      const { output, peak } = await runMeasured(['bulletin-once', JSON.stringify(request)], dataPath)
      const memory = [peak.importer, peak.postgres].map(toMegabytes)
      rows.push([work, toCount(size.unitCount), toCount(size.reportCount), toMilliseconds(Number(output)), ...memory])
    }
    return toTextTable(HEADER, rows)
  })
}
