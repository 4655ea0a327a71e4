import { ROOM_ITEMS } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'

/** How an item is called: everybody's by the catalogue, an office's own as it wrote it. */
export function useRoomWords() {
  const { t } = useI18n({ useScope: 'global' })
  return ({ key, label }: { readonly key: string; readonly label: string | null }): string =>
    label ?? (ROOM_ITEMS.some((one) => one === key) ? t(`dutyRooms.item.${key}`) : key)
}
