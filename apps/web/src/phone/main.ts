import '../ui/tokens.css'
import '../ui/base.css'
import './phone.css'
import { createApp } from 'vue'
import { createBrowserPorts } from './core/browser-ports.ts'
import { createPhone, PHONE } from './core/phone.ts'
import { registerWorker } from './core/register-worker.ts'
import { watchDevice } from './core/watch-device.ts'
import { createPhoneI18n, storedLocale } from './i18n/phone-i18n.ts'
import PhoneApp from './PhoneApp.vue'

async function start(): Promise<void> {
  const i18n = createPhoneI18n(storedLocale())
  document.documentElement.lang = i18n.global.locale.value
  const phone = await createPhone(await createBrowserPorts(() => i18n.global.locale.value))
  createApp(PhoneApp).use(i18n).provide(PHONE, phone).mount('#app')
  performance.mark('zhidu-phone-shown')
  watchDevice(phone)
  await registerWorker(phone)
}

void start()
