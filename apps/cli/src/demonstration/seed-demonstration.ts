import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { addDays, DAY_MS, localDateOf, SAMPLE_HOLIDAYS } from '@zhidu/domain'
import { importFile, markDemonstration, type ServiceContext } from '@zhidu/services'
import { DEMONSTRATION_SEED, makeCity } from '@zhidu/synthetic'
import { CITY_KINDS, toCityCsv } from './city-files.ts'

/** The last events end that many days ago, so that what a unit sent about them has arrived. */
const DAYS_BACK = 3

export interface SeedOptions {
  readonly onStep?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * Loads the invented city up to some days ago, through the same import as anybody's files. The installation is marked as synthetic
 * first: a start that is cut short is begun anew the next time.
 */
export async function seedDemonstration(ctx: ServiceContext, options: SeedOptions = {}): Promise<void> {
  const now = ctx.clock()
  const made = makeCity({
    seed: DEMONSTRATION_SEED,
    until: addDays(localDateOf(now), -DAYS_BACK),
    holidays: SAMPLE_HOLIDAYS,
  })
  const isPast = (at: number | null): boolean => at === null || at <= now
  const city = {
    ...made,
    reports: made.reports.filter(({ phonedAt, writtenAt }) => isPast(phonedAt) && isPast(writtenAt)),
    filings: made.filings.filter(({ receivedAt }) => isPast(receivedAt)),
  }
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-demonstration-'))
  try {
    await markDemonstration(ctx, 'loading')
    for (const [index, kind] of CITY_KINDS.entries()) {
      options.onStep?.(index + 1, CITY_KINDS.length)
      const fileName = `演示数据-${kind}.csv`
      const path = join(folder, `${kind}.csv`)
      await pipeline(Readable.from(toCityCsv(city, kind)), createWriteStream(path))
      // The roster was there before tonight's checks.
      const at = kind === 'duty_lines' || kind === 'rosters' ? now - DAY_MS : now
      const result = await importFile(
        { ...ctx, clock: () => at },
        {
          kind,
          path,
          fileName,
          dryRun: false,
          acceptValid: false,
          language: 'zh-CN',
          isDemonstration: true,
          ...(options.signal === undefined ? {} : { signal: options.signal }),
        },
      )
      if (result.rejected > 0)
        throw new RangeError(`the demonstration city does not import: ${JSON.stringify(result.errors[0])}`)
    }
    await markDemonstration(ctx, 'loaded')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
