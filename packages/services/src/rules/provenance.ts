import type { FrozenRef, Provenance } from '@zhidu/contract'
import { findFrozenRef, findSetting, type FrozenQuarterRow, type ReadonlyDb, remember } from '@zhidu/db'
import { METHOD_VERSION, type Quarter, type Regulation, titlesOf, toLocalIso } from '@zhidu/domain'
import { toBasePoints, toPoints } from '../league/shape.ts'
import { SYNTHETIC_SETTING } from '../demonstration/demonstration.ts'

type FrozenRow = Pick<FrozenQuarterRow, 'version' | 'frozenAt' | 'frozenBy' | 'manifestSha256'>

function toFrozenRef({ frozenAt, frozenBy, manifestSha256, version }: FrozenRow): FrozenRef {
  return { version, frozenAt: toLocalIso(frozenAt), frozenBy, manifestSha256 }
}

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
    ...(frozen === null ? {} : { frozen: toFrozenRef(frozen) }),
  }
}

/** Of a page that lists present facts of a quarter: says so where the quarter is frozen. */
export async function loadPresentProvenance(
  db: ReadonlyDb,
  quarter: Quarter,
  regulation: Regulation,
  asOf: number,
): Promise<Provenance> {
  const newest = await remember(db, 'rules', `frozen/${quarter}`, () => findFrozenRef(db, quarter))
  const provenance = await loadProvenance(db, regulation, asOf)
  return newest === undefined ? provenance : { ...provenance, frozenApart: { ...toFrozenRef(newest), quarter } }
}
