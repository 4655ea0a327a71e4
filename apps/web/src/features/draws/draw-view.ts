import {
  type CertificateFile,
  type DrawPool,
  listVisits,
  parseCertificateFile,
  parsePoolFile,
  type Standing,
  tabulateInclusion,
  tabulateStandings,
} from '@zhidu/draw'

export interface PoolLine {
  readonly standing: Standing
  readonly stratum: string
  /** To be drawn at all, 0..1; 1 = due, 0 = out. */
  readonly odds: number
}

export interface VisitLine {
  readonly stratum: string
  readonly unit: string
  readonly name: string
  /** Own slips and all in the urn at its step; null = it was due, or stands in for another. */
  readonly slips: readonly [number, number] | null
  readonly isDue: boolean
  readonly isSubstitute: boolean
  readonly pair: readonly [string, string] | null
}

/** Null = no pool, or one that cannot be read. */
export function readPoolText(text: string | null): DrawPool | null {
  if (text === null) return null
  const parsed = parsePoolFile(new TextEncoder().encode(text))
  return parsed.kind === 'read' ? parsed.value : null
}

export function readCertificateText(text: string | null): CertificateFile | null {
  return text === null ? null : parseCertificateFile(text)
}

/** Every unit of the pool, in its order. */
export function listPoolLines(pool: DrawPool): PoolLine[] {
  const odds = tabulateInclusion(pool)
  return tabulateStandings(pool).map((standing) => ({
    standing,
    stratum: standing.unit.stratum,
    odds: odds.get(standing.unit.id) ?? 0,
  }))
}

/** Whom to visit as things stand: those drawn, then those that stand in, by stratum. */
export function listVisitLines(pool: DrawPool, file: CertificateFile): VisitLine[] {
  const visits = listVisits(pool, file)
  const names = new Map(pool.units.map(({ id, name }) => [id, name]))
  return file.certificate.strata.flatMap(({ chosen, stratum, substitutes }) => {
    const drawn = chosen.map(({ slips, unit }) => ({ unit, slips, isDue: slips === null, isSubstitute: false }))
    const waiting = substitutes.map(({ slips, unit }) => ({ unit, slips, isDue: false, isSubstitute: true }))
    return [...drawn, ...waiting].flatMap((line) =>
      visits.has(line.unit)
        ? [{ ...line, stratum, name: names.get(line.unit) ?? line.unit, pair: visits.get(line.unit) ?? null }]
        : [],
    )
  })
}
