import type { ReadonlyDb } from '@zhidu/db'
import { compareCodePoints, type Quarter, shiftQuarter, toLocalIso } from '@zhidu/domain'
import type { FrozenManifest } from '@zhidu/contract'
import { rankPastQuarter } from '../league/load-group.ts'
import type { Roster } from '../league/load-roster.ts'

/** Places of the quarter before, and where they come from. */
export interface PreviousPlaces {
  readonly ranks: ReadonlyMap<string, number>
  readonly from: FrozenManifest['previousQuarter']
}

/** As the frozen version tells them that was there at the instant (epoch ms), else as of the quarter's end. */
export async function loadPreviousPlaces(
  db: ReadonlyDb,
  roster: Roster,
  quarter: Quarter,
  asOf: number,
): Promise<PreviousPlaces> {
  const earlier = shiftQuarter(quarter, -1)
  const before = await rankPastQuarter(db, roster, earlier, asOf)
  const ranks = [...before.byUnit.values()].flatMap(({ period, ranked }) =>
    ranked.rank === null ? [] : [[period.unitCode, ranked.rank] as const],
  )
  return {
    ranks: new Map(ranks.sort(([a], [b]) => compareCodePoints(a, b))),
    from: {
      quarter: earlier,
      asOf: toLocalIso(before.asOf),
      manifestSha256: before.frozen?.manifestSha256 ?? null,
    },
  }
}
