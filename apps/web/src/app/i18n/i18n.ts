import { createI18n } from 'vue-i18n'
import type { Locale } from './locale.ts'
import type { Catalogue } from './merge-catalogues.ts'
import { messages as chinese } from './messages-zh-cn.ts'

export type AppI18n = ReturnType<typeof createAppI18n>

/** Chinese is in the bundle; English comes with `loadLocale`. */
export function createAppI18n(locale: Locale, extra: Partial<Record<Locale, Catalogue>> = {}) {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'zh-CN' as const,
    messages: { 'zh-CN': chinese, en: {}, ...extra } as Record<Locale, Catalogue>,
    missingWarn: false,
    fallbackWarn: false,
  })
}

/** Fetches the catalogue when it is not here yet, then switches to it. */
export async function loadLocale(i18n: AppI18n, locale: Locale): Promise<void> {
  if (locale === 'en') i18n.global.setLocaleMessage('en', (await import('./messages-en.ts')).messages)
  i18n.global.locale.value = locale
}
