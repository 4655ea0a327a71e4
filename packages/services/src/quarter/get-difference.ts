import { type QuarterDifference, type QuarterVersionInput, UnitDifference } from '@zhidu/contract'
import { listFrozenParts } from '@zhidu/db'
import { quarterRange } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { withSnapshot } from '../snapshot.ts'
import { getFrozenVersion } from './check-quarter.ts'
import { DIFFERENCE_FILE } from './package-files.ts'
import { contentOf } from './quarter-source.ts'

const UNITS_SHOWN = 500

/** What a supplement changed of the version before, of the units in reach by the tree of the quarter's last day. */
export function getQuarterDifference(ctx: ServiceContext, input: QuarterVersionInput): Promise<QuarterDifference> {
  const { quarter, version } = input
  return withSnapshot(ctx, quarterRange(quarter).lastOn, async (db) => {
    const { frozenId } = await getFrozenVersion(db, input)
    const units: UnitDifference[] = []
    let unitCount = 0
    for await (const page of listFrozenParts(db, { frozenId, fileName: DIFFERENCE_FILE })) {
      for (const part of page) {
        unitCount += 1
        // A unit has one line, and a line of its own part.
        if (units.length < UNITS_SHOWN) units.push(UnitDifference.parse(JSON.parse(contentOf(part).toString())))
      }
    }
    return { quarter, version, units, unitCount }
  })
}
