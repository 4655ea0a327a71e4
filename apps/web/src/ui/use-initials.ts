import { type InitialsOf, mayBeInitials } from '@zhidu/domain'
import { type MaybeRefOrGetter, readonly, shallowRef, toValue, watchEffect } from 'vue'
import { loadInitials } from './unit-match.ts'

/** The initials of names, there as soon as the text asks for them; null until then. */
export function useInitials(text: MaybeRefOrGetter<string>) {
  const initialsOf = shallowRef<InitialsOf | null>(null)
  watchEffect(() => {
    if (initialsOf.value !== null || !mayBeInitials(toValue(text))) return
    void loadInitials().then((loaded) => {
      const cache = new Map<string, string>()
      initialsOf.value = (name) => {
        const known = cache.get(name) ?? loaded(name)
        cache.set(name, known)
        return known
      }
    })
  })
  return readonly(initialsOf)
}
