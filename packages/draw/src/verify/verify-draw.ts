import { type Json, toCanonicalJson } from '../bytes/canonical-json.ts'
import { fromUtf8 } from '../bytes/text.ts'
import {
  type Certificate,
  type CertificateFile,
  parseCertificateFile,
  toPoolFacts,
} from '../certificate/certificate.ts'
import { isSignedBy, parseKeyFile, parseKeyLine, toKeyLine } from '../certificate/note.ts'
import { findBadSubstitution } from '../certificate/substitution.ts'
import { hashText, parsePoolFile } from '../pool/parse-pool.ts'
import type { DrawPool } from '../pool/pool.ts'
import { computeKey, listSeedProblems } from '../seed/seed.ts'
import { drawFromPool, type StratumResult } from '../selection/draw-pool.ts'

export const STEPS = [
  'certificate_read',
  'signature',
  'key_trusted',
  'pool_hash',
  'pool_read',
  'facts',
  'seed',
  'rules',
  'selection',
  'pairs',
  'substitutions',
] as const
export type Step = (typeof STEPS)[number]

export interface StepResult {
  readonly step: Step
  /** `open`: could not be looked at, because of a step before, or because no key was given. */
  readonly outcome: 'passed' | 'failed' | 'open'
  /** What exactly, as a path, a unit, an officer or a number; not worded. Null = nothing to add. */
  readonly detail: string | null
}

export interface DrawReport {
  /** Whether nothing failed; `key_trusted` may be open. */
  readonly isGenuine: boolean
  /** Every step, in the order in which they are taken. */
  readonly steps: readonly StepResult[]
  /** Null = not read. */
  readonly file: CertificateFile | null
  readonly pool: DrawPool | null
}

export interface VerifyArgs {
  /** The files as they are, byte by byte. */
  readonly pool: Uint8Array
  readonly certificate: Uint8Array
  /** Verifier keys, one a line, known from elsewhere; null = none at hand. */
  readonly keys: string | null
}

type Outcomes = Map<Step, Omit<StepResult, 'step'>>

function note(outcomes: Outcomes, step: Step, isGood: boolean, detail: string | null = null): boolean {
  outcomes.set(step, { outcome: isGood ? 'passed' : 'failed', detail: isGood ? null : detail })
  return isGood
}

function checkSignatures(outcomes: Outcomes, { certificate, notes }: CertificateFile, keys: string | null): void {
  const key = parseKeyLine(certificate.key)
  const bad = notes.findIndex((one) => key === null || !isSignedBy(one, key))
  note(outcomes, 'signature', bad < 0, String(bad))
  if (keys === null) return
  const isTrusted = parseKeyFile(keys).some((one) => toKeyLine(one) === certificate.key)
  note(outcomes, 'key_trusted', isTrusted, certificate.key)
}

function checkFacts(outcomes: Outcomes, pool: DrawPool, certificate: Certificate): void {
  const expected: Readonly<Record<string, Json>> = {
    ...toPoolFacts(pool, certificate.pool.hash),
    declaration: pool.seed,
  }
  const given: Readonly<Record<string, Json>> = { ...certificate, declaration: certificate.seed.declaration }
  const wrong = Object.keys(expected).find(
    (name) => toCanonicalJson(expected[name] ?? null) !== toCanonicalJson(given[name] ?? null),
  )
  note(outcomes, 'facts', wrong === undefined, wrong)
}

/** A draw before its number was published, or before the pool froze, was no draw. */
function checkSeed(outcomes: Outcomes, pool: DrawPool, { drawnAt, seed }: Certificate): boolean {
  const [problem] = listSeedProblems(pool, seed.value)
  if (problem !== undefined) return note(outcomes, 'seed', false, problem.officer ?? problem.kind)
  const from = pool.seed.kind === 'public' ? pool.seed.publishedAt : pool.frozenAt
  return note(outcomes, 'seed', drawnAt >= from, 'drawnAt')
}

function withoutPairs(strata: readonly StratumResult[]): string {
  const units = strata.map(({ chosen, stratum, substitutes }) => [
    stratum,
    chosen.map(({ slips, unit }) => [unit, slips]),
    substitutes.map(({ slips, unit }) => [unit, slips]),
  ])
  return toCanonicalJson(units)
}

function counts(strata: readonly StratumResult[]): string {
  return toCanonicalJson(strata.map(({ may, must, never, slips, stratum }) => [stratum, must, may, never, slips]))
}

function firstOther(ours: readonly StratumResult[], theirs: readonly StratumResult[]): string | null {
  for (const [at, stratum] of ours.entries()) {
    if (withoutPairs([stratum]) !== withoutPairs(theirs.slice(at, at + 1))) return stratum.stratum
  }
  return null
}

function checkSelection(outcomes: Outcomes, pool: DrawPool, { strata, seed }: Certificate, hash: string): boolean {
  const outcome = drawFromPool(pool, seed.value, hash)
  if (outcome.kind === 'refused') {
    const [first] = outcome.contradictions
    return note(outcomes, 'rules', false, first?.stratum ?? first?.kind)
  }
  if (!note(outcomes, 'rules', counts(outcome.strata) === counts(strata))) return false
  const isSame = withoutPairs(outcome.strata) === withoutPairs(strata)
  if (!note(outcomes, 'selection', isSame, firstOther(outcome.strata, strata))) return false
  const ours = outcome.strata.flatMap((one) => one.chosen)
  const theirs = strata.flatMap((one) => one.chosen)
  const other = ours.find(({ pair }, at) => toCanonicalJson(pair) !== toCanonicalJson(theirs[at]?.pair ?? null))
  return note(outcomes, 'pairs', other === undefined, other?.unit)
}

function checkPool(outcomes: Outcomes, pool: DrawPool, file: CertificateFile): void {
  const { certificate } = file
  checkFacts(outcomes, pool, certificate)
  if (!checkSeed(outcomes, pool, certificate)) return
  if (!checkSelection(outcomes, pool, certificate, certificate.pool.hash)) return
  const bad = findBadSubstitution(pool, file, computeKey(pool, certificate.pool.hash, certificate.seed.value))
  note(outcomes, 'substitutions', bad === null, String(bad))
}

/** Computes the whole draw again from its two files and says of each step whether it comes out the same. */
export function verifyDraw({ certificate, keys, pool: poolBytes }: VerifyArgs): DrawReport {
  const outcomes: Outcomes = new Map()
  const file = parseCertificateFile(fromUtf8(certificate) ?? '')
  const parsed = parsePoolFile(poolBytes)
  const pool = parsed.kind === 'read' ? parsed.value : null
  note(outcomes, 'certificate_read', file !== null)
  if (file !== null) {
    checkSignatures(outcomes, file, keys)
    note(outcomes, 'pool_hash', hashText(poolBytes) === file.certificate.pool.hash, hashText(poolBytes))
  }
  const problem = parsed.kind === 'bad' ? parsed.problems[0] : undefined
  note(outcomes, 'pool_read', pool !== null, problem === undefined ? null : `${problem.path} ${problem.reason}`.trim())
  const isPool = outcomes.get('pool_hash')?.outcome === 'passed'
  if (pool !== null && file !== null && isPool) checkPool(outcomes, pool, file)
  const steps = STEPS.map((step) => ({ step, ...(outcomes.get(step) ?? { outcome: 'open' as const, detail: null }) }))
  const isGenuine = steps.every(
    ({ outcome, step }) => outcome === 'passed' || (step === 'key_trusted' && outcome === 'open'),
  )
  return { isGenuine, steps, file, pool }
}
