import { toCanonicalJson } from '../bytes/canonical-json.ts'
import { hashText, toPoolText } from '../pool/parse-pool.ts'
import type { DrawPool } from '../pool/pool.ts'
import { computeKey } from '../seed/seed.ts'
import { drawSubstitutePair, type Pair } from '../selection/pairs.ts'
import type { Certificate, CertificateFile, Substitution } from './certificate.ts'

/** Who is to be visited as things stand, and who stands in next. */
interface ListNow {
  readonly pairs: Map<string, Pair | null>
  readonly strata: Map<string, string>
  readonly waiting: Map<string, string[]>
}

function listAtFirst({ strata }: Certificate): ListNow {
  const now: ListNow = { pairs: new Map(), strata: new Map(), waiting: new Map() }
  for (const { chosen, stratum, substitutes } of strata) {
    now.waiting.set(
      stratum,
      substitutes.map((one) => one.unit),
    )
    for (const { pair, unit } of chosen) {
      now.pairs.set(unit, pair)
      now.strata.set(unit, stratum)
    }
  }
  return now
}

interface NextArgs {
  readonly pool: DrawPool
  readonly key: Uint8Array
  readonly now: ListNow
  readonly out: string
}

/** Takes `out` off the list and puts the next substitute of its stratum there; null = `out` is not on the list. */
function computeNext({ key, now, out, pool }: NextArgs): Pick<Substitution, 'in' | 'pair'> | null {
  const stratum = now.strata.get(out)
  if (stratum === undefined) return null
  const before = now.pairs.get(out) ?? null
  now.pairs.delete(out)
  now.strata.delete(out)
  const next = now.waiting.get(stratum)?.shift() ?? null
  if (next === null) return { in: null, pair: null }
  const pair = drawSubstitutePair(pool, key, next, before)
  now.pairs.set(next, pair)
  now.strata.set(next, stratum)
  return { in: next, pair }
}

export interface SubstitutionArgs {
  readonly pool: DrawPool
  readonly file: CertificateFile
  readonly out: string
  readonly reason: string
  readonly by: string
  /** UTC to the second. */
  readonly at: string
}

/** The next entry: nobody chooses who stands in. Null = that unit is not on the list. */
export function computeSubstitution({ at, by, file, out, pool, reason }: SubstitutionArgs): Substitution | null {
  const { certificate, notes, substitutions } = file
  const key = computeKey(pool, hashText(toPoolText(pool)), certificate.seed.value)
  const now = listAtFirst(certificate)
  for (const past of substitutions) computeNext({ pool, key, now, out: past.out })
  const next = computeNext({ pool, key, now, out })
  if (next === null) return null
  const previous = hashText(notes[notes.length - 1]?.note ?? '')
  const seq = substitutions.length + 1
  return { format: 'zhidu-draw-substitution', version: 1, seq, previous, at, by, out, ...next, reason }
}

/** Number of the first entry that is not linked, not in time, or not the one that was next; null = all are. */
export function findBadSubstitution(pool: DrawPool, file: CertificateFile, key: Uint8Array): number | null {
  const { certificate, notes, substitutions } = file
  const now = listAtFirst(certificate)
  let before = certificate.drawnAt
  for (const [index, entry] of substitutions.entries()) {
    const next = computeNext({ pool, key, now, out: entry.out })
    const isLinked = entry.seq === index + 1 && entry.previous === hashText(notes[index]?.note ?? '')
    const isNext = next !== null && next.in === entry.in && toCanonicalJson(next.pair) === toCanonicalJson(entry.pair)
    if (!isLinked || !isNext || entry.at < before) return index + 1
    before = entry.at
  }
  return null
}

/** Whom to visit once all substitutions are done, by unit, with the pair that goes there. */
export function listVisits(pool: DrawPool, file: CertificateFile): ReadonlyMap<string, Pair | null> {
  const now = listAtFirst(file.certificate)
  const key = computeKey(pool, hashText(toPoolText(pool)), file.certificate.seed.value)
  for (const { out } of file.substitutions) computeNext({ pool, key, now, out })
  return now.pairs
}
