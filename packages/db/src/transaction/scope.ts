import { type ReferenceExpression, type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import type { Memory, Stamps } from './remember.ts'

/** How far the reads of one handle reach: the first of two nets; the second is row-level security. */
export interface Scope {
  /** null = everything: the owner's and the comparison's work. */
  readonly unitCodes: readonly string[] | null
  /** Units one level below the asker: those it may record findings about. Missing = no asker, the owner's work. */
  readonly below?: readonly string[]
  /** Where `remember` keeps what it was given, and by which state of the tables. Missing = nothing is kept. */
  readonly memory?: { readonly memory: Memory; readonly stamps: Stamps }
  /** Tests only: the predicate left out to see the other net hold, or the suite turn red; `*` = every one. */
  readonly without?: string
}

export const EVERYTHING: Scope = { unitCodes: null }

const scopes = new WeakMap<object, Scope>()

/** Says how far a handle reaches. A handle nobody said it of cannot read facts at all. */
export function giveScope(db: Db | ReadonlyDb, scope: Scope): void {
  scopes.set(db, scope)
}

export function findScope(db: Db | ReadonlyDb): Scope | undefined {
  return scopes.get(db)
}

/** Names of the predicates asked for so far; the test that leaves out each in turn goes by it. */
const names = new Set<string>()

export function listScopePredicates(): string[] {
  return [...names].sort()
}

/** The unit codes a query is bounded to, or null for no bound. Throws for a handle without a scope. */
function boundOf(db: Db | ReadonlyDb, name: string): readonly string[] | null {
  const scope = scopes.get(db)
  if (scope === undefined) throw new Error(`${name} was asked with a handle that has no scope: use withScope`)
  if (scope.unitCodes === null) return null
  names.add(name)
  return scope.without === name || scope.without === '*' ? null : scope.unitCodes
}

/** So few that each is asked about by itself costs less than looking through what all units have. */
const FEW_UNITS = 64

/**
 * The units that `name` has to look at, those named or else all in reach, when they are few; null = look through everything.
 * No bound: the query needs `inScope` besides.
 */
export function listFewUnits(
  db: Db | ReadonlyDb,
  name: string,
  named: readonly string[] = [],
): readonly string[] | null {
  const units = named.length > 0 ? [...new Set(named)] : boundOf(db, name)
  return units !== null && units.length <= FEW_UNITS ? units : null
}

interface Narrowing<Q> {
  where(condition: RawBuilder<SqlBool>): Q
}

/** For `$call`: keeps the rows whose unit, in `column`, the handle reaches. `name` tells the predicate apart in tests. */
export function inScope(db: Db | ReadonlyDb, name: string, column: ReferenceExpression<never, never> | string) {
  return <Q extends Narrowing<Q>>(query: Q): Q => {
    const bound = boundOf(db, name)
    return bound === null ? query : query.where(sql<SqlBool>`${sql.ref(column as string)} = any (${bound}::text[])`)
  }
}

/** The same for statements written out: ` and column = any (…)`, or nothing. `column` is written in the program. */
export function andInScope(db: Db | ReadonlyDb, name: string, column: string): RawBuilder<unknown> {
  const bound = boundOf(db, name)
  return bound === null ? sql`` : sql` and ${sql.ref(column)} = any (${bound}::text[])`
}
