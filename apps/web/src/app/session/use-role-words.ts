import type { Role } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'

/** Roles and permissions as a reader calls them. */
export function useRoleWords() {
  const { t, te } = useI18n({ useScope: 'global' })
  const f = useFormat()

  function role(key: Role): string {
    return t(`role.${key}`)
  }

  /** 领导、考核专责; 没有角色 for none. */
  function roles(keys: readonly Role[]): string {
    return keys.length === 0 ? t('role.none') : f.list(keys.map(role))
  }

  /** A permission that has no words stands as it is. */
  function permission(name: string): string {
    const key = name.replaceAll('.', '_')
    return te(`permission.${key}`) ? t(`permission.${key}`) : name
  }

  return { role, roles, permission }
}
