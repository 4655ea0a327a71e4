import { useI18n } from 'vue-i18n'

/** A reference as it is read: `2026-国庆节/roster` is “2026年国庆节 值班安排表”; an event's code stays. */
export function useRefWords() {
  const { t } = useI18n({ useScope: 'global' })
  return (ref: string): string => {
    const [, year, name, form] = /^(\d{4})-([^/]+)\/(whereabouts|roster)$/.exec(ref) ?? []
    if (year === undefined || name === undefined || form === undefined) return ref
    const holiday = t('words.holiday', { year, name: t(`words.holidayName.${name}`) })
    return t('obligations.form', { holiday, form: t(`words.form.${form}`) })
  }
}
