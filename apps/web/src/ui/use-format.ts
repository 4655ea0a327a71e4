import { useI18n } from 'vue-i18n'
import { createFormat, type Format } from './format.ts'

export function useFormat(): Format {
  const { locale, t } = useI18n({ useScope: 'global' })
  return createFormat({ locale: () => locale.value, t: (key, params) => t(key, params ?? {}) })
}
