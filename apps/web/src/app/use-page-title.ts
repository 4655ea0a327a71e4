import { type MaybeRefOrGetter, toValue, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import { useTabs } from './shell/use-tabs.ts'

/** Names the window and the page's tab. `title` null = not known yet. */
export function usePageTitle(title: MaybeRefOrGetter<string | null>): void {
  const { t } = useI18n({ useScope: 'global' })
  const { path } = useRoute()
  const tabs = useTabs()
  watchEffect(() => {
    const text = toValue(title)
    if (text === null) return
    tabs.setTitle(path, text)
    document.title = t('shell.windowTitle', { page: text })
  })
}
