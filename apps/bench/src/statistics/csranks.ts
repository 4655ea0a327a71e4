import { spawnSync } from 'node:child_process'
import type { Counts } from '@zhidu/statistics'

/** Seconds the R package csranks takes for the same units, or why it cannot be asked. */
export type CsranksTime =
  | { readonly kind: 'measured'; readonly ms: number }
  | { readonly kind: 'absent'; readonly why: string }

/** Standard errors with half a success added, since the package stops at a variance of 0. */
function toScript(units: readonly Counts[]): string {
  const column = (valueOf: (unit: Counts) => number): string => `c(${units.map(valueOf).join(',')})`
  return [
    'suppressMessages(library(csranks))',
    `k <- ${column(({ part }) => part)}; n <- ${column(({ whole }) => whole)}`,
    'p <- (k + .5) / (n + 1); v <- p * (1 - p) / (n + 1)',
    'set.seed(1); t <- system.time(csranks(p, diag(v), coverage = .95))[["elapsed"]]',
    'cat(t * 1000)',
  ].join('\n')
}

/** Only the call is timed, not the start of R. */
export function timeCsranks(units: readonly Counts[]): CsranksTime {
  const asked = spawnSync('Rscript', ['--version'])
  if (asked.error !== undefined || asked.status !== 0) return { kind: 'absent', why: 'R is not installed' }
  const run = spawnSync('Rscript', ['-e', toScript(units)], { encoding: 'utf8' })
  const ms = Number(run.stdout)
  if (run.status !== 0 || !(ms > 0)) return { kind: 'absent', why: 'R is installed, its package csranks is not' }
  return { kind: 'measured', ms }
}
