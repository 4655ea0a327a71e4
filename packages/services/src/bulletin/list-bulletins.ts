import type { BulletinList } from '@zhidu/contract'
import { listFrozenQuarters } from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { withSnapshot } from '../snapshot.ts'
import { bulletinOfficeOf, loadBulletins, toBulletinItem } from './bulletin-store.ts'

/** The bulletins of the own office and of the offices below, newest quarter first, and what the own office may draft. */
export function getBulletinList(ctx: ServiceContext): Promise<BulletinList> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { unitCode } = bulletinOfficeOf(ctx)
    const bulletins = await loadBulletins(db)
    const newest = new Map(
      (await listFrozenQuarters(db)).toReversed().map(({ quarter, version }) => [quarter, version]),
    )
    const nameOf = await loadNames(db, ctx)
    const own = bulletins.filter(({ row }) => row.unitCode === unitCode && row.kind === 'bulletin')
    const told = new Set(own.map(({ row }) => row.quarter))
    return {
      items: bulletins.map((one) =>
        toBulletinItem(one, {
          officeName: nameOf(one.row.unitCode),
          ownCode: unitCode,
          newestVersion: newest.get(one.row.quarter) ?? one.document.version,
        }),
      ),
      toDraft: [...newest]
        .filter(([quarter]) => !told.has(quarter))
        .map(([quarter, version]) => ({ quarter, version }))
        .sort((a, b) => (a.quarter < b.quarter ? 1 : -1)),
    }
  })
}
