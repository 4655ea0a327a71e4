import legacy from '@vitejs/plugin-legacy'
import { defineConfig } from 'vite'
import { sharedPlugins } from './plugins.ts'

const API = process.env['ZHIDU_API'] ?? 'http://127.0.0.1:3000'

export default defineConfig({
  plugins: [
    ...sharedPlugins({ importStyle: 'css' }),
    // A browser of 2021 on an office's intranet: no second bundle and no inline script, only the missing functions.
    legacy({ renderLegacyChunks: false, modernTargets: ['chrome >= 90'], modernPolyfills: true }),
  ],
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 700, reportCompressedSize: false },
  server: { proxy: { '/trpc': API, '/files': API } },
})
