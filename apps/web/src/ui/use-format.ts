import { useI18n } from 'vue-i18n'
import { createFormat, type Format } from './format.ts'

/** One writer for each language switch there is, not one for each of a table's thousand cells. */
const known = new WeakMap<object, Format>()

export function useFormat(): Format {
  const composer = useI18n({ useScope: 'global' })
  const format =
    known.get(composer) ??
    createFormat({ locale: () => composer.locale.value, t: (key, params) => composer.t(key, params ?? {}) })
  known.set(composer, format)
  return format
}
