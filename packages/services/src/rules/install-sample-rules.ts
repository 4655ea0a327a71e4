import { addHolidays, addRegulation, type Db } from '@zhidu/db'
import { SAMPLE_HOLIDAYS, SAMPLE_REGULATION } from '@zhidu/domain'

/** Puts the sample rules and the holidays shipped with the program where they are missing; run after migrating. */
export async function installSampleRules(db: Db): Promise<void> {
  await addRegulation(db, SAMPLE_REGULATION)
  await addHolidays(db, SAMPLE_HOLIDAYS)
}
