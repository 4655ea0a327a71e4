import { fileURLToPath } from 'node:url'
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import type { PluginOption } from 'vite'

/** What the build and the component tests share. */
export function sharedPlugins(options: { readonly importStyle: 'css' | false }): PluginOption[] {
  return [
    vue(),
    // Our own components are imported by name; only Element Plus resolves itself.
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: options.importStyle })] }),
    vueI18n({ include: [fileURLToPath(new URL('./src/**/locales/*.json', import.meta.url))], strictMessage: false }),
  ]
}
