import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { browserHome, writeFontConfig } from './browser-home.ts'

/** An installed Chrome named by `ZHIDU_CHROME`, else the Chromium that comes from npm. */
async function findExecutable(home: string): Promise<{ readonly path: string; readonly args: readonly string[] }> {
  const installed = process.env['ZHIDU_CHROME']
  if (installed !== undefined && existsSync(installed)) return { path: installed, args: [] }
  // The package asks for the temporary folder while it is loaded.
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = home
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    packed.setGraphicsMode = false
    return { path: await packed.executablePath(), args: packed.args }
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** A real Chromium with Chinese fonts; close it when done. */
export async function launchBrowser(): Promise<Browser> {
  const home = browserHome()
  const { path, args } = await findExecutable(home)
  return await chromium.launch({
    executablePath: path,
    args: [
      ...args.filter((arg) => !arg.startsWith('--window-size') && arg !== '--single-process' && arg !== '--headless'),
      '--font-render-hinting=none',
    ],
    headless: true,
    // Without a locale Chromium cannot name a file in Chinese and calls it `download`.
    env: {
      ...process.env,
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      TMPDIR: home,
      HOME: home,
      FONTCONFIG_FILE: writeFontConfig(home),
    },
  })
}
