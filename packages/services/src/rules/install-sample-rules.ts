import { addFirstNotice, addRegulation, type Db } from '@zhidu/db'
import { SAMPLE_HOLIDAYS, SAMPLE_REGULATION } from '@zhidu/domain'

/** When the calendar of the program was put together. */
const SHIPPED_AT = Date.UTC(2026, 10, 28)

/** Puts the sample rules and the holidays shipped with the program where they are missing; run after migrating. */
export async function installSampleRules(db: Db): Promise<void> {
  await addRegulation(db, SAMPLE_REGULATION)
  for (const [year, blocks] of Map.groupBy(SAMPLE_HOLIDAYS, (block) => block.year)) {
    await addFirstNotice(db, { year, blocks, source: '随程序提供', recordedAt: SHIPPED_AT, recordedBy: null })
  }
}
