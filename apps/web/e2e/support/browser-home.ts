import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * A folder of our own for the unpacked browser: the package reuses any old file it finds under the temporary folder.
 * One a user, so that one does not stumble over what another has unpacked.
 */
export function browserHome(): string {
  const home = join(tmpdir(), `zhidu-chromium-${userInfo().username}`)
  mkdirSync(home, { recursive: true })
  return home
}

/** The fonts Chinese is drawn with where the machine has none; by the names that the style sheet asks for. */
export function writeFontConfig(home: string): string {
  const require = createRequire(import.meta.url)
  const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const file = join(home, 'fonts.conf')
  const alias = (family: string): string =>
    `<alias binding="same"><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${join(fonts, '400Regular')}</dir><dir>${join(fonts, '600SemiBold')}</dir><dir>${join(fonts, '700Bold')}</dir>
<cachedir>${join(home, 'font-cache')}</cachedir>
${['PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif', 'serif', 'monospace'].map(alias).join('\n')}
</fontconfig>`,
  )
  return file
}
