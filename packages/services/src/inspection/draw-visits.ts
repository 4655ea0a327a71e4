import type { ReadonlyDb } from '@zhidu/db'
import { listDraws } from '@zhidu/db'
import { listVisits, parseCertificateFile } from '@zhidu/draw'
import { quarterOf } from '@zhidu/domain'
import { readPool } from '../draw/finish-draw.ts'
import { loadDraw } from '../draw/load-draw.ts'

/** Of a draw that is drawn and was not given up. */
export interface DrawnVisits {
  readonly drawId: string
  readonly officeCode: string
  readonly title: string
  readonly isNight: boolean
  /** Whom to visit now, in the order of the certificate, with the pair that goes there. */
  readonly visits: readonly { readonly unitCode: string; readonly inspectors: readonly string[] }[]
  /** Who was on the list at any time. */
  readonly everDrawn: ReadonlySet<string>
}

/** Null = not drawn, or given up. Throws ServiceError `not_found` for a draw that is not there or out of reach. */
export async function loadDrawnVisits(db: ReadonlyDb, drawId: string): Promise<DrawnVisits | null> {
  const draw = await loadDraw(db, drawId)
  if (draw.certificate === null || draw.state === 'voided') return null
  const file = parseCertificateFile(draw.certificate)
  if (file === null) return null
  const pool = readPool(draw.pool)
  const nameOf = new Map(pool.inspectors.map(({ id, name }) => [id, name]))
  const atFirst = file.certificate.strata.flatMap(({ chosen }) => chosen.map(({ unit }) => unit))
  const stoodIn = file.substitutions.flatMap((entry) => entry.in ?? [])
  return {
    drawId,
    officeCode: draw.row.unitCode,
    title: draw.document.title,
    isNight: draw.document.isNight,
    visits: [...listVisits(pool, file)].map(([unitCode, pair]) => ({
      unitCode,
      inspectors: (pair ?? []).map((id) => nameOf.get(id) ?? id),
    })),
    everDrawn: new Set([...atFirst, ...stoodIn]),
  }
}

/** A draw of yesterday's quarter is still visited tonight. */
const STILL_VISITED_MS = 2 * 24 * 3_600_000

/** Of the draws that an office made for the quarter of `asOf`, newest first. */
export async function listDrawnVisits(db: ReadonlyDb, office: string, asOf: number): Promise<DrawnVisits[]> {
  const quarters = new Set([quarterOf(asOf), quarterOf(asOf - STILL_VISITED_MS)])
  const draws = (await listDraws(db)).filter(({ quarter, unitCode }) => unitCode === office && quarters.has(quarter))
  const found: DrawnVisits[] = []
  for (const { drawId } of draws) {
    const drawn = await loadDrawnVisits(db, drawId)
    if (drawn !== null) found.push(drawn)
  }
  return found
}
