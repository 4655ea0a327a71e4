import {
  asReadonly,
  countUnits,
  type Db,
  deleteAllFacts,
  findSetting,
  hasAccounts,
  putSetting,
  withTransaction,
} from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'

/** `loading` while the city is being written, `loaded` when it is whole; not set = no demonstration data. */
export const SYNTHETIC_SETTING = 'synthetic'
export type DemonstrationState = 'loading' | 'loaded'

/** Marks the installation as holding the invented city; `loading` clears what a start that was cut short left. */
export async function markDemonstration(ctx: ServiceContext, state: DemonstrationState): Promise<void> {
  await withTransaction(ctx.db, async (trx) => {
    await lockFacts(trx)
    if (state === 'loading') await deleteAllFacts(trx)
    await putSetting(trx, SYNTHETIC_SETTING, state)
  })
}

/** True when nothing real is there yet: no unit at all, or a demonstration that was not finished. */
export async function needsDemonstration(ctx: ServiceContext): Promise<boolean> {
  const db = asReadonly(ctx.db)
  return (await countUnits(db)) === 0 || (await findSetting(db, SYNTHETIC_SETTING)) === 'loading'
}

/** True while anything of the invented city is there. */
export async function holdsDemonstration(ctx: ServiceContext): Promise<boolean> {
  return ['loading', 'loaded'].includes(String(await findSetting(asReadonly(ctx.db), SYNTHETIC_SETTING)))
}

/** True while nobody has an account: the first one is made at the machine. */
export async function isUnclaimed(ctx: ServiceContext): Promise<boolean> {
  return !(await hasAccounts(asReadonly(ctx.db)))
}

export async function isEmptyInstallation(ctx: ServiceContext): Promise<boolean> {
  return (await countUnits(asReadonly(ctx.db))) === 0
}

/**
 * Takes the invented city away, whole, inside the transaction that brings the first real units; says whether there was one.
 * What a start that was cut short has left goes with the first real file of any kind. Invented rows are no facts: nothing of
 * them is kept.
 */
export async function clearDemonstration(trx: Db, bringsUnits: boolean): Promise<boolean> {
  const state = await findSetting(asReadonly(trx), SYNTHETIC_SETTING)
  if (state !== 'loading' && !(state === 'loaded' && bringsUnits)) return false
  await deleteAllFacts(trx)
  await putSetting(trx, SYNTHETIC_SETTING, null)
  return true
}
