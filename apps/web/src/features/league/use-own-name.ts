import { useI18n } from 'vue-i18n'
import { useMeta } from '../../app/api/use-meta.ts'

/** What a unit in reach is called in a sentence: 本单位 for the reader's own, else its name. */
export function useOwnName(): (unit: { readonly unitCode: string; readonly name: string }) => string {
  const { t } = useI18n({ useScope: 'global' })
  const meta = useMeta()
  return ({ unitCode, name }) => (unitCode === meta.data.value?.installation?.unitCode ? t('league.ownUnit') : name)
}
