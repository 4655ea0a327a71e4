import { openDatabase } from '@zhidu/db'
import { toQuarter } from '@zhidu/domain'
import { freezeQuarter, type ServiceContext, writeBulletinFiles } from '@zhidu/services'
import { timeOnce } from '../measure/repeat.ts'

export interface BulletinRequest {
  readonly dataDir: string
  readonly quarter: string
  /** The present, epoch ms. */
  readonly now: number
  readonly work: 'freeze' | 'files'
}

/** Freezes the quarter, or makes its bulletin as the command does, in memory; ms. */
export async function bulletinOnce({ dataDir, now, quarter, work }: BulletinRequest): Promise<number> {
  const database = await openDatabase({ dataDir })
  try {
    const actor = { kind: 'local', name: 'bench' } as const
    const ctx: ServiceContext = { db: database.db, report: database.report, clock: () => now, actor }
    const asked = toQuarter(quarter)
    if (work === 'freeze') {
      return await timeOnce(async () => {
        await freezeQuarter(ctx, { quarter: asked, supplement: null, programVersion: 'bench' })
      })
    }
    let bytes = 0
    return await timeOnce(async () => {
      await writeBulletinFiles(ctx, {
        quarter: asked,
        write: async (_, content) => {
          for await (const chunk of content) bytes += chunk.length
        },
      })
      if (bytes === 0) throw new Error('nothing was written')
    })
  } finally {
    await database.close()
  }
}
