import type { AuditList } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'

type Item = AuditList['items'][number]

/** What stands in the trail, in words; a key without words stands as it is. */
export function useAuditWords() {
  const { t, te } = useI18n({ useScope: 'global' })

  function action(key: string): string {
    const name = key.replaceAll(/[.-]/g, '_')
    if (te(`audit.action.${name}`)) return t(`audit.action.${name}`)
    const family = key.split('.')[0] ?? ''
    return te(`audit.family.${family}`) ? t(`audit.family.${family}`) : t('audit.otherAction')
  }

  function family(key: string): string {
    return t(`audit.family.${key}`)
  }

  function actor(item: Item): string {
    const kind = t(`audit.actor.${item.actor.kind}`)
    if (item.actor.name === null) return kind
    return item.actor.kind === 'account' ? item.actor.name : t('audit.actorNamed', { kind, name: item.actor.name })
  }

  /** Why something was refused, with its key; nothing for what was done. */
  function reason(item: Item): string {
    if (item.reason === null) return ''
    const key = `problem.reason.${item.reason}`
    return te(key) ? t(key, { minutes: '…' }) : item.reason
  }

  return { action, family, actor, reason }
}
