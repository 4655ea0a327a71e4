import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBrotliDecompress } from 'node:zlib'
import { browserHome, writeFontConfig } from './browser-home.ts'

const START_MS = 60_000

/** Unpacks Chromium 91 with the libraries it was built against; once a user. */
async function unpack(home: string): Promise<string> {
  const folder = join(home, 'chromium-91')
  if (existsSync(folder)) return folder
  const require = createRequire(import.meta.url)
  const packed = join(dirname(require.resolve('chrome-aws-lambda/package.json')), 'bin')
  const fresh = mkdtempSync(join(home, 'unpacking-'))
  for (const [archive, target] of [
    ['swiftshader', 'swiftshader'],
    ['aws', '.'],
  ] as const) {
    const tar = join(fresh, `${archive}.tar`)
    await pipeline(
      createReadStream(join(packed, `${archive}.tar.br`)),
      createBrotliDecompress(),
      createWriteStream(tar),
    )
    mkdirSync(join(fresh, target), { recursive: true })
    execFileSync('tar', ['-xf', tar, '-C', join(fresh, target)])
    rmSync(tar)
  }
  const program = createWriteStream(join(fresh, 'chromium'), { mode: 0o755 })
  await pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), program)
  renameSync(fresh, folder)
  return folder
}

export interface OldBrowser {
  /** Where the DevTools protocol is spoken. */
  readonly endpoint: string
  close(): Promise<void>
}

/** Chromium 91, the engine of the browsers that many office machines still have. Linux on x64 only. */
export async function launchOldBrowser(): Promise<OldBrowser> {
  const home = browserHome()
  const folder = await unpack(home)
  const profile = mkdtempSync(join(home, 'profile-91-'))
  const libraries = [join(folder, 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter((path) => path !== '').join(':')
  const child: ChildProcess = spawn(
    join(folder, 'chromium'),
    [
      '--headless',
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--remote-debugging-port=0',
      '--window-size=1440,900',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    {
      env: { ...process.env, HOME: home, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: writeFontConfig(home) },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
  }
  for (const startedAt = performance.now(); ;) {
    const endpoint = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
    if (endpoint !== undefined) return { endpoint, close }
    if (child.exitCode !== null || performance.now() - startedAt > START_MS) {
      await close()
      throw new Error(`Chromium 91 did not start: ${said}`)
    }
    await sleep(25)
  }
}
