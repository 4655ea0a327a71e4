import type { OutboxStore } from '@zhidu/outbox'
import { type DBSchema, openDB } from 'idb'
import type { KeptValues } from './ports.ts'

interface Values extends DBSchema {
  values: { key: string; value: unknown }
}

/** The queue outlives a sign-out; what the server gave for the night does not: the dashboard's sign-out deletes it, too. */
const OUTBOX = 'zhidu-outbox'
const KEPT = 'zhidu-kit'

function open(name: string, blocking?: () => void) {
  return openDB<Values>(name, 1, {
    upgrade: (database) => void database.createObjectStore('values'),
    ...(blocking === undefined ? {} : { blocking }),
  })
}

/** IndexedDB as the queue's place: durable before a promise resolves, so that “saved on this phone” is true when it is said. */
export async function openOutboxStore(name: string = OUTBOX): Promise<OutboxStore> {
  const database = await open(name)
  return {
    async transact(work) {
      const transaction = database.transaction('values', 'readwrite', { durability: 'strict' })
      const { store } = transaction
      try {
        const result = await work({
          get: (key) => store.get(key),
          put: async (key, value) => {
            await store.put(value, key)
          },
          delete: (key) => store.delete(key),
          list: (prefix) => store.getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`)),
        })
        await transaction.done
        return result
      } catch (error) {
        cancel(transaction)
        await transaction.done.catch(() => {})
        throw error
      }
    },
  }
}

/** All or nothing, also when it was not the storage that failed. */
function cancel(transaction: { abort(): void }): void {
  try {
    transaction.abort()
  } catch {
    // It has ended by itself.
  }
}

export async function openKeptValues(): Promise<KeptValues> {
  let opened: ReturnType<typeof open> | null = null
  /** Another page signs out: what was kept goes, and is empty when it is opened again. */
  const letGo = (): void => {
    void opened?.then((database) => database.close())
    opened = null
  }
  const use = () => {
    opened ??= open(KEPT, letGo)
    return opened
  }
  await use()
  return {
    get: async (key) => (await use()).get('values', key),
    put: async (key, value) => {
      await (await use()).put('values', value, key)
    },
    clear: async () => (await use()).clear('values'),
  }
}
