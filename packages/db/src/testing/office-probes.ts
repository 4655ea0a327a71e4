import { asReadonly, type Db } from '../db.ts'
import { listBulletinRevisions, listBulletins, listBulletinSteps } from '../queries/bulletins.ts'
import { listDrawNotices } from '../queries/draw-notices.ts'
import { listDrawPlans } from '../queries/draw-plans.ts'
import { listDraws, listDrawSteps } from '../queries/draws.ts'

/** Units whose records were seen. */
type Probe = (trx: Db) => Promise<readonly string[]>

function codesOf(rows: readonly { readonly unitCode: string }[]): string[] {
  return rows.map(({ unitCode }) => unitCode)
}

/** Queries of what offices keep, by the name of their predicate; `idsOf` gives the ids of every unit's own. */
export function officeProbes(idsOf: (trx: Db) => Promise<readonly string[]>): Readonly<Record<string, Probe>> {
  return {
    bulletins: async (trx) => codesOf(await listBulletins(asReadonly(trx))),
    // What a document of the tree says is the code of its office.
    'bulletin-revisions': async (trx) => {
      const asked = { bulletinIds: await idsOf(trx), revisions: [1] }
      return (await listBulletinRevisions(asReadonly(trx), asked)).flatMap(({ document }) => document ?? [])
    },
    'bulletin-steps': async (trx) =>
      (await listBulletinSteps(asReadonly(trx), await idsOf(trx))).map(({ byName }) => byName),
    'draw-notices': async (trx) => codesOf(await listDrawNotices(asReadonly(trx), {})),
    'draw-plans': async (trx) => codesOf(await listDrawPlans(asReadonly(trx), {})),
    // What a step of the tree holds is the code of its office.
    'draw-steps': async (trx) => {
      const steps = await listDrawSteps(asReadonly(trx), { drawIds: await idsOf(trx), withContent: true })
      return steps.flatMap(({ content }) => content ?? [])
    },
    draws: async (trx) => codesOf(await listDraws(asReadonly(trx))),
  }
}
