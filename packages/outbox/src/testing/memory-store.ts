import type { OutboxStore, StoreTransaction } from '../ports.ts'

/** A store in memory that behaves as IndexedDB does: one transaction after another, each whole or not at all, values copied. */
export interface MemoryStore extends OutboxStore {
  readonly values: ReadonlyMap<string, unknown>
}

/** `onCall`: before every call of a transaction and before it is made good; throws to cut it off there. */
export function createMemoryStore(onCall: () => void = () => {}): MemoryStore {
  const values = new Map<string, unknown>()
  let last: Promise<unknown> = Promise.resolve()

  async function run<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
    const changes = new Map<string, unknown>()
    const read = (key: string): unknown => (changes.has(key) ? changes.get(key) : values.get(key))
    const result = await work({
      get: async (key) => {
        onCall()
        return structuredClone(read(key))
      },
      put: async (key, value) => {
        onCall()
        changes.set(key, structuredClone(value))
      },
      delete: async (key) => {
        onCall()
        changes.set(key, undefined)
      },
      list: async (prefix) => {
        onCall()
        const keys = [...new Set([...values.keys(), ...changes.keys()])]
        return keys.filter((key) => key.startsWith(prefix) && read(key) !== undefined).toSorted()
      },
    })
    onCall()
    for (const [key, value] of changes) {
      if (value === undefined) values.delete(key)
      else values.set(key, value)
    }
    return result
  }

  return {
    values,
    transact: (work) => {
      const next = last.then(() => run(work))
      last = next.catch(() => {})
      return next
    },
  }
}
