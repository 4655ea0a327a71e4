import { useQueryCache } from '@pinia/colada'
import { useTabs } from '../shell/use-tabs.ts'

/** Tells the other windows of this browser of the last answer; its removal tells them that somebody signed out. */
export const SESSION_MARK = 'zhidu.session'
/** Of src/phone/core/idb-store.ts. */
const PHONE_KIT = 'zhidu-kit'
/** Says nothing about anybody: the language of this screen. */
const KEPT = new Set(['zhidu.locale'])

function clearStorage(storage: Storage | undefined): void {
  if (storage === undefined) return
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  for (const key of keys) if (key !== null && key.startsWith('zhidu.') && !KEPT.has(key)) storage.removeItem(key)
}

/** Forgets everything that an account has seen or typed in this window. Call within a component's setup. */
export function useForgetting(): () => void {
  const cache = useQueryCache()
  const tabs = useTabs()
  return () => {
    cache.cancelQueries()
    for (const entry of cache.getEntries()) cache.remove(entry)
    tabs.forget()
    // The answer to the sign-out may have emptied the storage: other windows only see a mark go that is there.
    globalThis.localStorage?.setItem(SESSION_MARK, '0')
    clearStorage(globalThis.localStorage)
    clearStorage(globalThis.sessionStorage)
    // Names and numbers that the inspector's pages keep for a night; what waits there to be sent stays.
    globalThis.indexedDB?.deleteDatabase(PHONE_KIT)
  }
}
