import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { addDays, localDateOf, SAMPLE_HOLIDAYS } from '@zhidu/domain'
import { importFile, markDemonstration, type ServiceContext } from '@zhidu/services'
import { makeCity } from '@zhidu/synthetic'
import { CITY_KINDS, toCityCsv } from './city-files.ts'

/** The city is the same everywhere, up to the day it is made. */
const SEED = 20_090_904

export interface SeedOptions {
  readonly onStep?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * Loads the invented city up to yesterday, through the same import as anybody's files. The installation is marked as synthetic
 * first: a start that is cut short is begun anew the next time.
 */
export async function seedDemonstration(ctx: ServiceContext, options: SeedOptions = {}): Promise<void> {
  const city = makeCity({ seed: SEED, until: addDays(localDateOf(ctx.clock()), -1), holidays: SAMPLE_HOLIDAYS })
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-demonstration-'))
  try {
    await markDemonstration(ctx, 'loading')
    for (const [index, kind] of CITY_KINDS.entries()) {
      options.onStep?.(index + 1, CITY_KINDS.length)
      const fileName = `演示数据-${kind}.csv`
      const path = join(folder, `${kind}.csv`)
      await pipeline(Readable.from(toCityCsv(city, kind)), createWriteStream(path))
      const result = await importFile(ctx, {
        kind,
        path,
        fileName,
        dryRun: false,
        acceptValid: false,
        language: 'zh-CN',
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      })
      if (result.rejected > 0) throw new RangeError(`the demonstration city does not import: ${JSON.stringify(result.errors[0])}`)
    }
    await markDemonstration(ctx, 'loaded')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
