import type { Health } from '@zhidu/services'
import type { RequestMetrics } from './request-metrics.ts'

type Labels = Readonly<Record<string, string>>
type Sample = readonly [suffix: string, labels: Labels, value: number]

/** A label's value with what would end it written as the format asks. */
function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

function wordSample(name: string, [suffix, labels, value]: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}=${quote(text)}`)
  return `${name}${suffix}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`
}

/** One family of the text format; nothing at all where there is no sample: an absent figure is not 0. */
function family(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: readonly Sample[],
): string[] {
  if (samples.length === 0) return []
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map((sample) => wordSample(name, sample))]
}

function secondsSince(instant: number | null, now: number): Sample[] {
  return instant === null ? [] : [['', {}, Math.max(0, now - instant) / 1_000]]
}

function wordRequests(requests: RequestMetrics): string[] {
  const all = requests.requests()
  return [
    ...family(
      'zhidu_requests_total',
      'counter',
      'Requests by what was asked and how it ended.',
      all.flatMap(({ outcomes, procedure }) =>
        outcomes.map(([outcome, count]): Sample => ['', { procedure, outcome }, count]),
      ),
    ),
    ...family(
      'zhidu_request_duration_seconds',
      'histogram',
      'Time of requests by what was asked.',
      all.flatMap(({ procedure, times: { classes, count, seconds } }): Sample[] => [
        ...classes.map((one): Sample => ['_bucket', { procedure, le: String(one.bound) }, one.count]),
        ['_bucket', { procedure, le: '+Inf' }, count],
        // To the microsecond: more digits say nothing.
        ['_sum', { procedure }, Math.round(seconds * 1e6) / 1e6],
        ['_count', { procedure }, count],
      ]),
    ),
    ...family(
      'zhidu_http_answers_total',
      'counter',
      'Answers over HTTP by status.',
      requests.answers().map(([status, count]): Sample => ['', { status: String(status) }, count]),
    ),
  ]
}

function wordPools({ app, report }: Health['pools']): string[] {
  const pools = Object.entries({ app, report })
  return [
    ...family(
      'zhidu_pool_connections',
      'gauge',
      'Connections to the database.',
      pools.flatMap(([pool, { busy, idle }]): Sample[] => [
        ['', { pool, state: 'busy' }, busy],
        ['', { pool, state: 'idle' }, idle],
      ]),
    ),
    ...family(
      'zhidu_pool_waiting',
      'gauge',
      'Requests that wait for a connection.',
      pools.map(([pool, { waiting }]): Sample => ['', { pool }, waiting]),
    ),
  ]
}

function wordStored(stored: Health['stored'], now: number): string[] {
  const up = family('zhidu_database_up', 'gauge', '1 while the database answers.', [['', {}, stored === null ? 0 : 1]])
  if (stored === null) return up
  const { audit, rollups } = stored
  return [
    ...up,
    ...family('zhidu_rollups_stale', 'gauge', 'Rollups that wait to be computed anew.', [['', {}, rollups.staleCount]]),
    ...family('zhidu_rollup_lag_seconds', 'gauge', 'How long the oldest of them waits; 0 = none does.', [
      ['', {}, rollups.oldestSince === null ? 0 : Math.max(0, now - rollups.oldestSince) / 1_000],
    ]),
    ...family('zhidu_audit_entries', 'gauge', 'Entries of the audit chain.', [['', {}, audit.size]]),
    ...family('zhidu_audit_head_age_seconds', 'gauge', 'Age of its last entry.', secondsSince(audit.lastAt, now)),
    ...family(
      'zhidu_audit_checkpoint_age_seconds',
      'gauge',
      'Age of the last signed checkpoint.',
      secondsSince(audit.checkpointAt, now),
    ),
    ...family('zhidu_audit_unsigned_entries', 'gauge', 'Entries that no checkpoint covers yet.', [
      ['', {}, audit.size - (audit.checkpointSize ?? 0)],
    ]),
  ]
}

/** Prometheus text, version 0.0.4. `now`: epoch ms. */
export function wordMetrics(args: {
  readonly requests: RequestMetrics
  readonly health: Health
  readonly version: string
  readonly now: number
}): string {
  const build = family('zhidu_build_info', 'gauge', 'The program.', [['', { version: args.version }, 1]])
  const lines = [
    ...build,
    ...wordRequests(args.requests),
    ...wordPools(args.health.pools),
    ...wordStored(args.health.stored, args.now),
  ]
  return `${lines.join('\n')}\n`
}
