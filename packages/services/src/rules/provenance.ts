import type { Provenance } from '@zhidu/contract'
import { findSetting, type FrozenQuarterRow, type ReadonlyDb, remember } from '@zhidu/db'
import { METHOD_VERSION, type Regulation, titlesOf, toLocalIso } from '@zhidu/domain'
import { toBasePoints, toPoints } from '../league/shape.ts'
import { SYNTHETIC_SETTING } from '../demonstration/demonstration.ts'

/** What every page carries. `asOf`: epoch ms; `frozen`: which version of a frozen quarter is told. */
export async function loadProvenance(
  db: ReadonlyDb,
  regulation: Regulation,
  asOf: number,
  frozen: FrozenQuarterRow | null = null,
): Promise<Provenance> {
  const synthetic = await remember(db, 'rules', SYNTHETIC_SETTING, () => findSetting(db, SYNTHETIC_SETTING))
  return {
    asOf: toLocalIso(asOf),
    regulation: {
      id: regulation.id,
      version: regulation.version,
      title: regulation.title,
      notice: regulation.notice,
    },
    method: {
      titles: titlesOf(regulation.dimensions),
      base: toBasePoints(regulation),
      workloadMax: regulation.workload === null ? null : toPoints(regulation.workload.max),
      isByItems: regulation.items !== null,
    },
    methodVersion: frozen?.methodVersion ?? METHOD_VERSION,
    isSynthetic: synthetic === 'loaded' || synthetic === 'loading',
    ...(frozen === null
      ? {}
      : {
          frozen: {
            version: frozen.version,
            frozenAt: toLocalIso(frozen.frozenAt),
            frozenBy: frozen.frozenBy,
            manifestSha256: frozen.manifestSha256,
          },
        }),
  }
}
