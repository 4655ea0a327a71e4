import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { signCertificate } from '../certificate/certificate.ts'
import type { DrawSigner } from '../certificate/note.ts'
import { parsePool, toPoolText } from '../pool/parse-pool.ts'
import type { DrawPool, PoolInspector, PoolUnit } from '../pool/pool.ts'
import { computeCommitment, type Reveal, type SeedValue } from '../seed/seed.ts'
import { drawFromPool } from '../selection/draw-pool.ts'

export const PUBLIC_VALUE: SeedValue = { kind: 'public', value: '07111923303108' }
const REVEALS: readonly [Reveal, Reveal] = [
  { officer: 'Officer A', nonce: '0123456789abcdef0123456789abcdef', text: 'the first secret' },
  { officer: 'Officer B', nonce: 'fedcba9876543210fedcba9876543210', text: 'the second secret' },
]
export const OFFICERS_VALUE: SeedValue = { kind: 'officers', reveals: REVEALS }
export const OFFICERS_SEED: DrawPool['seed'] = {
  kind: 'officers',
  declaredAt: '2026-11-27T08:00:00Z',
  commitments: REVEALS.map((one) => ({ officer: one.officer, commitment: computeCommitment(one) })),
}

export function exampleUnit(id: string, more: Partial<PoolUnit> = {}): PoolUnit {
  const facts = { lastCheckedIn: '2026Q3', supervisedSince: '2020Q1', checksThisMonth: 0, nightChecksThisQuarter: 0 }
  return { id, name: `Unit ${id}`, stratum: 'county', weight: 1, ...facts, exclusion: null, ...more }
}

export function exampleInspector(id: string, ...units: readonly string[]): PoolInspector {
  return { id, name: `Inspector ${id}`, recusals: units.map((unit) => ({ unit, reason: 'worked there until 2025' })) }
}

/** Invented: twelve units in two strata, one due, one excluded, four inspectors of whom one is related to a unit. */
export function examplePool(more: Partial<DrawPool> = {}): DrawPool {
  const ids = Array.from({ length: 12 }, (_, at) => `U${String(at + 1).padStart(2, '0')}`)
  const units = ids.map((id, at) => exampleUnit(id, { weight: 1 + (at % 3), stratum: at < 8 ? 'county' : 'township' }))
  units[2] = exampleUnit('U03', { lastCheckedIn: '2025Q4' })
  units[4] = exampleUnit('U05', { exclusion: 'flood: all hands out' })
  return {
    format: 'zhidu-draw-pool',
    version: 1,
    method: 'zhidu-draw-1',
    id: 'D-2026-017',
    plan: { id: 'P-2026', version: '3', title: 'Phone checks, fourth quarter' },
    quarter: '2026Q4',
    frozenAt: '2026-11-28T02:00:00Z',
    rules: {
      everyUnitWithinQuarters: 4,
      isLastOfQuarter: true,
      mostPerMonth: 2,
      isNight: true,
      mostNightPerQuarter: 3,
      mostPerInspector: null,
    },
    seed: {
      kind: 'public',
      digits: 14,
      what: 'the seven numbers of the lottery of 28 November 2026, in the order drawn',
      where: 'the lottery’s announcement',
      declaredAt: '2026-11-27T08:00:00Z',
      publishedAt: '2026-11-28T13:30:00Z',
    },
    strata: [
      { id: 'county', name: 'Counties', size: 4, substitutes: 2 },
      { id: 'township', name: 'Townships', size: 2, substitutes: 1 },
    ],
    units,
    inspectors: [
      exampleInspector('I1', 'U03'),
      exampleInspector('I2'),
      exampleInspector('I3'),
      exampleInspector('I4', 'U09'),
    ],
    ...more,
  }
}

/** Of a seed that is printed here: for tests alone. */
export function exampleSigner(name = 'example.org/zhidu'): DrawSigner {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32)
  return { key: { name, publicKey }, sign: (text) => sign(null, text, privateKey) }
}

/** Pool and certificate as files. */
export async function exampleFiles(pool = examplePool(), value = PUBLIC_VALUE) {
  const parsed = parsePool(pool)
  if (parsed.kind === 'bad') throw new RangeError(JSON.stringify(parsed.problems))
  const outcome = drawFromPool(parsed.value, value)
  if (outcome.kind === 'refused') throw new RangeError(JSON.stringify(outcome))
  const certificate = await signCertificate({
    pool: parsed.value,
    value,
    strata: outcome.strata,
    drawnAt: '2026-11-28T14:00:00Z',
    program: '0.1.0',
    signer: exampleSigner(),
  })
  return { pool: toPoolText(parsed.value), certificate }
}
