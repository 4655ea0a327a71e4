import { createI18n } from 'vue-i18n'
import uiEnglish from '../../ui/locales/en.json'
import uiChinese from '../../ui/locales/zh-CN.json'
import wordsEnglish from '../../ui/words/locales/en.json'
import wordsChinese from '../../ui/words/locales/zh-CN.json'
import english from '../locales/en.json'
import chinese from '../locales/zh-CN.json'

export const LOCALES = ['zh-CN', 'en'] as const
export type PhoneLocale = (typeof LOCALES)[number]
/** The same as the dashboard's: one reader, one language. */
const STORAGE_KEY = 'zhidu.locale'

export function storedLocale(): PhoneLocale {
  return globalThis.localStorage?.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh-CN'
}

export function keepLocale(locale: PhoneLocale): void {
  globalThis.localStorage?.setItem(STORAGE_KEY, locale)
}

/** Both languages are there without network. */
export function createPhoneI18n(locale: PhoneLocale) {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'zh-CN' as const,
    messages: {
      'zh-CN': { ...uiChinese, ...wordsChinese, ...chinese },
      en: { ...uiEnglish, ...wordsEnglish, ...english },
    },
    missingWarn: false,
    fallbackWarn: false,
  })
}
