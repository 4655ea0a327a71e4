import { openDatabase } from '@zhidu/db'
import { toQuarter } from '@zhidu/domain'
import { checkQuarter, freezeQuarter, type ServiceContext } from '@zhidu/services'
import { timeOnce } from '../measure/repeat.ts'

export interface QuarterRequest {
  readonly dataDir: string
  readonly quarter: string
  /** The present, epoch ms. */
  readonly now: number
  readonly work: 'freeze' | 'verify' | 'recompute'
}

/** Freezes a quarter or checks it, as the command does. Throws when the check finds anything. */
export async function quarterOnce({ dataDir, now, quarter, work }: QuarterRequest): Promise<number> {
  const database = await openDatabase({ dataDir })
  try {
    const actor = { kind: 'local', name: 'bench' } as const
    const ctx: ServiceContext = { db: database.db, report: database.report, clock: () => now, actor }
    const asked = { quarter: toQuarter(quarter), onProgress: () => undefined }
    return await timeOnce(async () => {
      const report =
        work === 'freeze'
          ? await freezeQuarter(ctx, { ...asked, supplement: null, programVersion: 'bench' })
          : await checkQuarter(ctx, { ...asked, recomputes: work === 'recompute' })
      if (!report.equal) throw new Error(`${work}: ${JSON.stringify(report.problems)}`)
    })
  } finally {
    await database.close()
  }
}
