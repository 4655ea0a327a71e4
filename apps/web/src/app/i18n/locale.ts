export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export const DEFAULT_LOCALE: Locale = 'zh-CN'

export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text)
}
