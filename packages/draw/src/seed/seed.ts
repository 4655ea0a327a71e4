import { toCanonicalJson } from '../bytes/canonical-json.ts'
import { sha256 } from '../bytes/sha256.ts'
import { toUtf8 } from '../bytes/text.ts'
import { hashText } from '../pool/parse-pool.ts'
import { type DrawPool, METHOD, type OfficersDeclaration } from '../pool/pool.ts'
import { choice, digits, list, oneOf, type Read, record, text } from '../pool/shape.ts'

const publicValue = record({ kind: choice('public'), value: digits })
const reveal = record({ officer: text(200), nonce: text(200), text: text(1_000) })
const officersValue = record({ kind: choice('officers'), reveals: list(reveal, 2, 2) })

/** What became known after the pool froze. */
export const readSeedValue = oneOf('officers', officersValue, publicValue)
export type SeedValue = typeof readSeedValue extends Read<infer T> ? T : never
export type Reveal = Extract<SeedValue, { readonly kind: 'officers' }>['reveals'][number]

/** Characters of a nonce: 128 random bits in hexadecimal, so that nobody finds a text by trying. */
export const NONCE_FORM = /^[0-9a-f]{32,}$/

/** What an officer hands in before the pool freezes. Throws RangeError for a nonce that could be guessed. */
export function computeCommitment({ nonce, officer, text: secret }: Reveal): string {
  if (!NONCE_FORM.test(nonce)) throw new RangeError('a nonce is 32 or more hexadecimal digits')
  return hashText(toCanonicalJson(['zhidu-draw-commitment-1', officer, nonce, secret]))
}

export const SEED_PROBLEMS = [
  'other_kind',
  'officer_unknown',
  'reveal_wrong',
  'nonce_guessable',
  'wrong_length',
] as const
export interface SeedProblem {
  readonly kind: (typeof SEED_PROBLEMS)[number]
  /** Null = concerns no officer. */
  readonly officer: string | null
}

function listRevealProblems(declared: OfficersDeclaration, reveals: readonly Reveal[]): SeedProblem[] {
  return declared.commitments.flatMap(({ commitment, officer }): SeedProblem[] => {
    const given = reveals.find((one) => one.officer === officer)
    if (given === undefined) return [{ kind: 'officer_unknown', officer }]
    if (!NONCE_FORM.test(given.nonce)) return [{ kind: 'nonce_guessable', officer }]
    return computeCommitment(given) === commitment ? [] : [{ kind: 'reveal_wrong', officer }]
  })
}

/** Whether the value is the one that was declared; what only the world knows, the published number, is for people to look up. */
export function listSeedProblems(pool: DrawPool, value: SeedValue): readonly SeedProblem[] {
  if (pool.seed.kind === 'public') {
    if (value.kind !== 'public') return [{ kind: 'other_kind', officer: null }]
    return value.value.length === pool.seed.digits ? [] : [{ kind: 'wrong_length', officer: null }]
  }
  if (value.kind !== 'officers') return [{ kind: 'other_kind', officer: null }]
  return listRevealProblems(pool.seed, value.reveals)
}

/** The value in the order of the declaration, so that nobody chooses the seed by the order of two reveals. */
function toOrderedValue(pool: DrawPool, value: SeedValue): string[] {
  if (value.kind === 'public') return [value.value]
  const officers = pool.seed.kind === 'officers' ? pool.seed.commitments.map((one) => one.officer) : []
  return officers.flatMap((officer) => {
    const found = value.reveals.find((one) => one.officer === officer)
    return found === undefined ? [] : [found.nonce, found.text]
  })
}

/** The 32 bytes that key the stream: they depend on the pool, whose hash is known before the value is. */
export function computeKey(pool: DrawPool, poolHash: string, value: SeedValue): Uint8Array {
  return sha256(toUtf8(toCanonicalJson([METHOD, poolHash, ...toOrderedValue(pool, value)])))
}
