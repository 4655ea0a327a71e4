import { type Json, toCanonicalJson } from '../bytes/canonical-json.ts'
import { sha256 } from '../bytes/sha256.ts'
import { compareText, fromUtf8, toHex, toUtf8 } from '../bytes/text.ts'
import { type DrawPool, readPool } from './pool.ts'
import { checkUnique, type Problem } from './shape.ts'

export type Parsed<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'bad'; readonly problems: readonly Problem[] }

function checkSeed({ frozenAt, seed }: DrawPool, problems: Problem[]): void {
  if (seed.declaredAt > frozenAt) problems.push({ path: 'seed.declaredAt', reason: 'later_than_allowed' })
  if (seed.kind === 'public') {
    if (seed.publishedAt <= frozenAt) problems.push({ path: 'seed.publishedAt', reason: 'earlier_than_allowed' })
    return
  }
  const { commitments } = seed
  checkUnique(
    commitments.map((one) => one.officer),
    (at) => `seed.commitments[${at}].officer`,
    problems,
  )
  checkUnique(
    commitments.map((one) => one.commitment),
    (at) => `seed.commitments[${at}].commitment`,
    problems,
  )
}

function checkReferences(pool: DrawPool, problems: Problem[]): void {
  const { inspectors, quarter, strata, units } = pool
  checkUnique(
    strata.map((one) => one.id),
    (at) => `strata[${at}].id`,
    problems,
  )
  checkUnique(
    units.map((one) => one.id),
    (at) => `units[${at}].id`,
    problems,
  )
  checkUnique(
    inspectors.map((one) => one.id),
    (at) => `inspectors[${at}].id`,
    problems,
  )
  if (inspectors.length === 1) problems.push({ path: 'inspectors', reason: 'too_few' })
  const [stratumIds, unitIds] = [new Set(strata.map((one) => one.id)), new Set(units.map((one) => one.id))]
  for (const [at, { lastCheckedIn, stratum, supervisedSince }] of units.entries()) {
    if (!stratumIds.has(stratum)) problems.push({ path: `units[${at}].stratum`, reason: 'unknown_reference' })
    if (supervisedSince > quarter) problems.push({ path: `units[${at}].supervisedSince`, reason: 'later_than_allowed' })
    if (lastCheckedIn !== null && lastCheckedIn > quarter) {
      problems.push({ path: `units[${at}].lastCheckedIn`, reason: 'later_than_allowed' })
    }
  }
  for (const [at, { recusals }] of inspectors.entries()) {
    const path = `inspectors[${at}].recusals`
    checkUnique(
      recusals.map((one) => one.unit),
      (item) => `${path}[${item}].unit`,
      problems,
    )
    for (const [item, { unit }] of recusals.entries()) {
      if (!unitIds.has(unit)) problems.push({ path: `${path}[${item}].unit`, reason: 'unknown_reference' })
    }
  }
}

/** Checks a value that is to become a pool; the order of its lists does not matter. */
export function parsePool(value: unknown): Parsed<DrawPool> {
  const problems: Problem[] = []
  const pool = readPool(value, '', problems)
  if (problems.length === 0) {
    checkSeed(pool, problems)
    checkReferences(pool, problems)
  }
  return problems.length === 0 ? { kind: 'read', value: sortPool(pool) } : { kind: 'bad', problems }
}

function sortPool(pool: DrawPool): DrawPool {
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => compareText(a.id, b.id)
  const inspectors = pool.inspectors.map((one) => ({
    ...one,
    recusals: [...one.recusals].sort((a, b) => compareText(a.unit, b.unit)),
  }))
  return {
    ...pool,
    strata: [...pool.strata].sort(byId),
    units: [...pool.units].sort(byId),
    inspectors: inspectors.sort(byId),
  }
}

/** The one spelling of a pool: canonical JSON (RFC 8785), lists by id, and a newline. */
export function toPoolText(pool: DrawPool): string {
  return `${toCanonicalJson(sortPool(pool) satisfies Json)}\n`
}

/** `sha256:` and 64 hexadecimal digits; the name stands there so that SM3 may follow. */
export function hashText(text: string | Uint8Array): string {
  return `sha256:${toHex(sha256(typeof text === 'string' ? toUtf8(text) : text))}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Text to value, before anything is known of its shape. */
export function parseJsonText(text: string): Parsed<unknown> {
  const value = parseJson(text)
  return value === undefined ? { kind: 'bad', problems: [{ path: '', reason: 'not_json' }] } : { kind: 'read', value }
}

/** Reads a frozen pool file; any other spelling of the same pool is refused. */
export function parsePoolFile(bytes: Uint8Array): Parsed<DrawPool> {
  const text = fromUtf8(bytes)
  if (text === null) return { kind: 'bad', problems: [{ path: '', reason: 'not_utf8' }] }
  const json = parseJsonText(text)
  const parsed = json.kind === 'read' ? parsePool(json.value) : json
  if (parsed.kind === 'bad' || isSpelling(parsed.value, text)) return parsed
  return { kind: 'bad', problems: [{ path: '', reason: 'not_canonical' }] }
}

function isSpelling(pool: DrawPool, text: string): boolean {
  try {
    return toPoolText(pool) === text
  } catch {
    // Half of a surrogate pair: it has no spelling at all.
    return false
  }
}
