import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import legacy from '@vitejs/plugin-legacy'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const API = process.env['ZHIDU_API'] ?? 'http://127.0.0.1:3000'
const BASE = '/m/'

function pathTo(place: string): string {
  return fileURLToPath(new URL(place, import.meta.url))
}

/** What a phone calls it on its home screen. */
const app: { name: string; shortName: string; about: string } = JSON.parse(
  readFileSync(pathTo('./phone/app-name.json'), 'utf8'),
)

/** The inspector's pages, an entry of their own: no part of the dashboard is loaded on a phone at night. */
export default defineConfig({
  root: pathTo('./phone'),
  base: BASE,
  plugins: [
    vue(),
    vueI18n({ include: [pathTo('./src/**/locales/*.json')], strictMessage: false, dropMessageCompiler: true }),
    legacy({ renderLegacyChunks: false, modernTargets: ['chrome >= 90'], modernPolyfills: true }),
    VitePWA({
      // A new version waits until the pages are opened anew: nothing changes under a check that is being made.
      registerType: 'prompt',
      injectRegister: null,
      scope: BASE,
      filename: 'sw.js',
      manifestFilename: 'app.webmanifest',
      manifest: {
        id: '/m/check',
        name: app.name,
        short_name: app.shortName,
        description: app.about,
        lang: 'zh-CN',
        start_url: '/m/check',
        scope: BASE,
        display: 'standalone',
        orientation: 'portrait',
        background_color: '#ffffff',
        theme_color: '#1d5a9e',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      includeManifestIcons: false,
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg}', 'icon-192.png'],
        navigateFallback: '/m/index.html',
        navigateFallbackAllowlist: [/^\/m(?:\/|$)/],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
        babelPresetEnvTargets: ['chrome >= 90'],
      },
    }),
  ],
  build: {
    outDir: pathTo('./dist/m'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/trpc': API, '/files': API } },
})
