import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/controls.css'
import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'
import { type Api, createApi } from './api/client.ts'
import { forgetLeftQueries } from './api/forget-left-queries.ts'
import { API } from './api/use-api.ts'
import App from './App.vue'
import { createAppI18n, loadLocale } from './i18n/i18n.ts'
import { isLocale } from './i18n/locale.ts'
import { I18N, storedLocale } from './i18n/use-locale.ts'
import { createAppRouter } from './router.ts'
import { createSessionKeeper } from './session/session-keeper.ts'
import { SESSION } from './session/use-session.ts'

async function start(): Promise<void> {
  const i18n = createAppI18n('zh-CN')
  await loadLocale(i18n, storedLocale())
  const locale = () => (isLocale(i18n.global.locale.value) ? i18n.global.locale.value : 'zh-CN')
  const session = createSessionKeeper((): Api => api)
  const api = createApi({ locale, watch: session })
  createApp(App)
    .use(createPinia())
    .use(PiniaColada, { queryOptions: { refetchOnWindowFocus: false }, plugins: [forgetLeftQueries] })
    .use(i18n)
    .use(createAppRouter(createWebHistory(), session))
    .provide(I18N, i18n)
    .provide(API, api)
    .provide(SESSION, session)
    .mount('#app')
}

void start()
