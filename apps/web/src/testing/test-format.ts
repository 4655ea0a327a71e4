import { readFileSync } from 'node:fs'
import { createI18n } from 'vue-i18n'
import type { Locale } from '../app/i18n/locale.ts'
import { createFormat, type Format } from '../ui/format.ts'

/** The writer of figures without an app: for tests of pure functions. */
export function testFormat(locale: Locale): Format {
  const messages: unknown = JSON.parse(readFileSync(new URL(`../ui/locales/${locale}.json`, import.meta.url), 'utf8'))
  const i18n = createI18n({
    legacy: false,
    locale,
    messages: { [locale]: messages } as Record<string, Record<string, string>>,
  })
  return createFormat({ locale: () => locale, t: (key, params) => i18n.global.t(key, params ?? {}) })
}
