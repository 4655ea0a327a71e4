import { useI18n } from 'vue-i18n'

/** Why the server refused, in words; null when the reason has none. */
export function useRefusalWords(): (reason: string, params: Readonly<Record<string, string>>) => string | null {
  const { t, te } = useI18n({ useScope: 'global' })
  return (reason, params) => {
    const key = [`imports.refusal.${reason}`, `problem.reason.${reason}`].find((each) => te(each))
    return key === undefined ? null : t(key, params)
  }
}
