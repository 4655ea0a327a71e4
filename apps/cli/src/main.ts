import { setFlagsFromString } from 'node:v8'
import { chooseLanguage } from './language.ts'
import { runCommandLine } from './run-command-line.ts'

// Garbage is collected early instead of in large heaps: a file of a million rows stays far below 400 MB.
setFlagsFromString('--max-semi-space-size=4')
setFlagsFromString('--semi-space-growth-factor=1')

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked twice: whoever asks does not want to wait.
    if (stopping.signal.aborted) process.exit(130)
    stopping.abort()
  })
}

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  language: chooseLanguage(process.argv.slice(2), process.env),
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
  print: (text) => process.stdout.write(`${text}\n`),
  say: (line) => process.stderr.write(`${line}\n`),
  signal: stopping.signal,
})
