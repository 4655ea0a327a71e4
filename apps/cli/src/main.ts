import { chooseLanguage } from './language.ts'
import { runCommandLine } from './run-command-line.ts'

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
  get input() {
    return process.stdin
  },
  print: (text) => process.stdout.write(`${text}\n`),
  say: (line) => process.stderr.write(`${line}\n`),
  signal: stopping.signal,
})
