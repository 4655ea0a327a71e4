import { useI18n } from 'vue-i18n'

/** Words that are made of parts. */
export function useWords() {
  const { t } = useI18n({ useScope: 'global' })

  /** 2026年国庆节 from `2026-国庆节`. */
  function holiday(key: string): string {
    return t('words.holiday', { year: key.slice(0, 4), name: t(`words.holidayName.${key.slice(5)}`) })
  }

  return { holiday }
}
