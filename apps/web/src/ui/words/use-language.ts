import type { Language } from '@zhidu/contract/regulation'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

/** The language of the screen, for the words that the rules bring themselves. */
export function useLanguage() {
  const { locale } = useI18n({ useScope: 'global' })
  return computed<Language>(() => (locale.value === 'en' ? 'en' : 'zh-CN'))
}
