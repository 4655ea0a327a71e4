import type { Db, ReadonlyDb } from '../db.ts'
import { findScope } from './scope.ts'

/** What hardly ever changes and is asked for with every page, by the state of the tables it comes from. */
export interface Stamps {
  /** Regulations, holidays, settings, and which quarters are frozen. */
  readonly rules: string
  /** Units in reach of one asker by the tree of one day; the tree is made anew with every change of units. */
  readonly units: string
}

/** Of one database; in the order in which they were put there. */
export type Memory = Map<string, Promise<unknown>>

const MAX_REMEMBERED = 200
const memories = new WeakMap<Db, Memory>()

export function memoryOf(db: Db): Memory {
  const memory = memories.get(db) ?? new Map<string, Promise<unknown>>()
  memories.set(db, memory)
  return memory
}

/**
 * What `load` gave when the tables were last in the state in which this transaction sees them; asked anew by handles that know
 * no such state. What is remembered is shared and must not be changed.
 */
export function remember<T>(db: Db | ReadonlyDb, stamp: keyof Stamps, key: string, load: () => Promise<T>): Promise<T> {
  const scope = findScope(db)
  if (scope?.memory === undefined) return load()
  const { memory, stamps } = scope.memory
  const place = `${stamp}/${key}/${stamps[stamp]}`
  const known = memory.get(place)
  // Safe: a place is always put by the same call, with the same T.
  if (known !== undefined) return known as Promise<T>
  const loading = load()
  memory.set(place, loading)
  loading.catch(() => memory.delete(place))
  const [oldest] = memory.keys()
  if (memory.size > MAX_REMEMBERED && oldest !== undefined) memory.delete(oldest)
  return loading
}
