import type { Kind } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'

/** The name a column bears in the files of a kind; an unknown column keeps its own. */
export function useColumnWords(): (kind: Kind, column: string) => string {
  const { t, te } = useI18n({ useScope: 'global' })
  return (kind, column) => {
    const key = [`words.columnIn.${kind}.${column}`, `words.column.${column}`].find((each) => te(each))
    return key === undefined ? column : t(key)
  }
}
