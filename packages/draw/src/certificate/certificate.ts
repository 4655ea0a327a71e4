import { type Json, toCanonicalJson } from '../bytes/canonical-json.ts'
import { hashText, parseJsonText, toPoolText } from '../pool/parse-pool.ts'
import {
  type DrawPool,
  ID,
  LONG,
  METHOD,
  MOST_UNITS,
  NAME,
  readDeclaration,
  readPlan,
  readRules,
} from '../pool/pool.ts'
import {
  choice,
  instant,
  list,
  nullable,
  type Problem,
  quarter,
  type Read,
  record,
  sha256Hex,
  text,
  whole,
} from '../pool/shape.ts'
import { readSeedValue, type SeedValue } from '../seed/seed.ts'
import type { Pair } from '../selection/pairs.ts'
import type { Slips, StratumResult } from '../selection/draw-pool.ts'
import { type DrawSigner, joinNotes, parseNotes, type SignedText, signText, toKeyLine } from './note.ts'

const MANY = whole(0, Number.MAX_SAFE_INTEGER)
const COUNT = whole(0, MOST_UNITS)

function two<T>(read: Read<T>): Read<readonly [T, T]> {
  const both = list(read, 2, 2)
  return (value, path, problems) => {
    const [first, second] = both(value, path, problems)
    return [first ?? read('', path, []), second ?? read('', path, [])]
  }
}

const readSlips: Read<Slips> = two(MANY)
const readPair: Read<Pair | null> = nullable(two(ID))
const chosen = record({ unit: ID, slips: nullable(readSlips), pair: readPair })
const substitute = record({ unit: ID, slips: readSlips })
const stratumResult = record({
  stratum: ID,
  must: COUNT,
  may: COUNT,
  never: COUNT,
  slips: MANY,
  chosen: list(chosen, 0, MOST_UNITS),
  substitutes: list(substitute, 0, MOST_UNITS),
})

const readCertificate = record({
  format: choice('zhidu-draw-certificate'),
  version: whole(1, 1),
  method: choice(METHOD),
  /** Version of the program that drew. */
  program: text(64),
  draw: ID,
  plan: readPlan,
  quarter,
  pool: record({ hash: sha256Hex, frozenAt: instant, units: COUNT, inspectors: COUNT }),
  rules: readRules,
  seed: record({ declaration: readDeclaration, value: readSeedValue }),
  drawnAt: instant,
  size: COUNT,
  strata: list(stratumResult, 1, 1_000),
  /** Who signs; whether that key is the office's own, the certificate cannot prove. */
  key: text(400),
})
export type Certificate = typeof readCertificate extends Read<infer T> ? T : never

const readSubstitution = record({
  format: choice('zhidu-draw-substitution'),
  version: whole(1, 1),
  seq: whole(1, MOST_UNITS),
  /** Hash of the whole note before this one. */
  previous: sha256Hex,
  at: instant,
  by: NAME,
  /** Drawn and not visited. */
  out: ID,
  /** Null = no substitute was left. */
  in: nullable(ID),
  pair: readPair,
  reason: LONG,
})
export type Substitution = typeof readSubstitution extends Read<infer T> ? T : never

export interface CertificateFile {
  readonly certificate: Certificate
  readonly substitutions: readonly Substitution[]
  readonly notes: readonly SignedText[]
}

const HEADERS = { certificate: 'zhidu/draw-certificate/1', substitution: 'zhidu/draw-substitution/1' } as const

function toText(header: string, body: Json): string {
  return `${header}\n${toCanonicalJson(body)}\n`
}

function readBody<T extends Json>(header: string, read: Read<T>, signed: string): T | null {
  const json = parseJsonText(signed.slice(header.length + 1))
  if (json.kind === 'bad') return null
  const problems: Problem[] = []
  const body = read(json.value, '', problems)
  if (problems.length > 0) return null
  try {
    return toText(header, body) === signed ? body : null
  } catch {
    // Half of a surrogate pair, which has no spelling.
    return null
  }
}

/** Null = not a certificate in its one spelling, with its substitutions behind it. Signatures are not looked at. */
export function parseCertificateFile(file: string): CertificateFile | null {
  const notes = parseNotes(file)
  const [first, ...rest] = notes ?? []
  if (notes === null || first === undefined) return null
  const certificate = readBody(HEADERS.certificate, readCertificate, first.text)
  const substitutions = rest.map((note) => readBody(HEADERS.substitution, readSubstitution, note.text))
  if (certificate === null || substitutions.includes(null)) return null
  return { certificate, substitutions: substitutions.filter((one) => one !== null), notes }
}

export interface CertificateArgs {
  readonly pool: DrawPool
  readonly value: SeedValue
  readonly strata: readonly StratumResult[]
  /** UTC to the second. */
  readonly drawnAt: string
  readonly program: string
  readonly signer: DrawSigner
}

/** What the certificate repeats of the pool, for people who have only the certificate. */
export function toPoolFacts(pool: DrawPool, poolHash: string) {
  return {
    draw: pool.id,
    plan: pool.plan,
    quarter: pool.quarter,
    pool: {
      hash: poolHash,
      frozenAt: pool.frozenAt,
      units: pool.units.length,
      inspectors: pool.inspectors.length,
    },
    rules: pool.rules,
    size: pool.strata.reduce((sum, { size }) => sum + size, 0),
  }
}

/** The certificate as a file: canonical JSON in a signed note. */
export async function signCertificate(args: CertificateArgs): Promise<string> {
  const { drawnAt, pool, program, signer, strata, value } = args
  const certificate: Certificate = {
    format: 'zhidu-draw-certificate',
    version: 1,
    method: METHOD,
    program,
    ...toPoolFacts(pool, hashText(toPoolText(pool))),
    seed: { declaration: pool.seed, value },
    drawnAt,
    strata,
    key: toKeyLine(signer.key),
  }
  return await signText(toText(HEADERS.certificate, certificate), signer)
}

/** The file with one more substitution behind it; what came before stays as it is. */
export async function appendSubstitution(file: string, entry: Substitution, signer: DrawSigner): Promise<string> {
  return joinNotes([file, await signText(toText(HEADERS.substitution, entry), signer)])
}
