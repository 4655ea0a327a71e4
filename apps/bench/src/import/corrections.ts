import { join } from 'node:path'
import type { ReportFact } from '@zhidu/domain'
import { MINUTE_MS } from '@zhidu/domain'
import type { BenchData } from '../bench-data.ts'
import { writeReportsCsv } from '../dataset/fact-files.ts'
import type { ProvinceFacts } from '../dataset/province-facts.ts'
import { type Timing, toTiming } from '../measure/repeat.ts'
import { measureImport } from './import-process.ts'

const CORRECTED_ROWS = 10

/** Rows from all over the quarter, each written a minute later than it was said to be. */
function pickCorrections(facts: ProvinceFacts, round: number): ReportFact[] {
  const step = Math.max(Math.floor(facts.reportCount / CORRECTED_ROWS), 1)
  const picked: ReportFact[] = []
  let number = 0
  for (const report of facts.reports()) {
    // A little after each tenth, so that every round corrects other rows.
    if (picked.length < CORRECTED_ROWS && number >= picked.length * step + round && report.writtenAt !== null) {
      picked.push({ ...report, writtenAt: report.writtenAt + MINUTE_MS })
    }
    number += 1
  }
  return picked
}

/** Files of ten corrected rows imported one after another into the whole base. */
export async function measureCorrections(
  data: BenchData,
  facts: ProvinceFacts,
  now: number,
  runCount: number,
): Promise<Timing> {
  const times: number[] = []
  for (let round = 0; round < runCount; round += 1) {
    const path = join(data.filesDir, `correction-${round}.csv`)
    await writeReportsCsv(pickCorrections(facts, round * CORRECTED_ROWS), path)
    const { changed, totalMs } = await measureImport(
      { dataDir: data.dataDir, kind: 'reports', path, now },
      data.dataPath,
    )
    if (changed !== CORRECTED_ROWS) throw new Error(`${changed} rows changed where ${CORRECTED_ROWS} were corrected`)
    times.push(totalMs)
  }
  return toTiming(times)
}
