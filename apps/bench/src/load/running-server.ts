import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))
/** As scripts/bootstrap starts the server. */
const SERVING = ['--max-semi-space-size=32', '--max-old-space-size=320']
const START_MS = 60_000

/** The server as users run it, over a benchmark's data. */
export async function startServer(dataDir: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { DATABASE_URL: _, ...outside } = process.env
  const env = { ...outside, ZHIDU_DATA: dataDir, PORT: '0', ZHIDU_LANG: 'en' }
  const child: ChildProcess = spawn(process.execPath, [...SERVING, MAIN, 'serve'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  for (const startedAt = performance.now(); ;) {
    const url = /Zhidu is running: (\S+)/.exec(said)?.[1]
    if (url !== undefined) {
      return {
        url,
        stop: async () => {
          const ended = once(child, 'exit')
          child.kill('SIGTERM')
          await ended
        },
      }
    }
    if (child.exitCode !== null || performance.now() - startedAt > START_MS) throw new Error(`not started: ${said}`)
    await sleep(50)
  }
}
