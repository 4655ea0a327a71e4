import { existsSync } from 'node:fs'

const CHRT = ['/usr/bin/chrt', '/bin/chrt'] as const

/**
 * A command as it is started, with its processes scheduled as SCHED_BATCH where Linux has a program for that. A process of the
 * database that is woken then waits for a free core instead of taking the one of whoever woke it: on few cores that is the server, which
 * everybody waits for. A share of the processor it has as before. See docs/decisions/0066-owe-the-end-of-what-was-read.md.
 */
export function asBatch(file: string, args: readonly string[]): readonly [file: string, args: readonly string[]] {
  const chrt = process.platform === 'linux' ? CHRT.find((path) => existsSync(path)) : undefined
  return chrt === undefined ? [file, args] : [chrt, ['-b', '0', file, ...args]]
}
