import { useLocalStorage } from '@vueuse/core'
import { computed, inject, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import { type AppI18n, loadLocale } from './i18n.ts'
import { DEFAULT_LOCALE, isLocale, type Locale } from './locale.ts'

export const I18N: InjectionKey<AppI18n> = Symbol('i18n')
const STORAGE_KEY = 'zhidu.locale'

export function storedLocale(): Locale {
  const stored = globalThis.localStorage?.getItem(STORAGE_KEY)
  return isLocale(stored) ? stored : DEFAULT_LOCALE
}

/** The reader's language, and the switch that keeps it for the next visit. */
export function useLocale() {
  const { locale } = useI18n({ useScope: 'global' })
  const i18n = inject(I18N)
  const stored = useLocalStorage<string>(STORAGE_KEY, DEFAULT_LOCALE)

  async function setLocale(next: Locale): Promise<void> {
    if (i18n !== undefined) await loadLocale(i18n, next)
    stored.value = next
  }

  return { locale: computed(() => (isLocale(locale.value) ? locale.value : DEFAULT_LOCALE)), setLocale }
}
