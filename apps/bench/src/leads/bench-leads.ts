import { buildGazetteer, buildLeadMatcher } from '@zhidu/leads'
import { type LabelledLeads, makeLabelledLeads } from '@zhidu/synthetic'
import type { OpenDatabase } from '@zhidu/db'
import { withBenchData } from '../bench-data.ts'
import { timeOnce } from '../measure/repeat.ts'
import { toCount, toMilliseconds, toRatio, toTextTable } from '../report/print-table.ts'

/** What an analyst would do first: the same area and class, closest in time within two days. */
const PLAIN_SQL = `select distinct on (l.id) l.id, r.id as event from lead_row l
  join report_row r on r.area = l.area and r.category = l.category
    and r.at between l.at - interval '2 days' and l.at + interval '2 days'
  order by l.id, abs(extract(epoch from r.at - l.at)), r.id`

interface Outcome {
  readonly way: string
  readonly ms: number
  readonly proposed: number
  readonly right: number
}

async function askPlainSql(pool: OpenDatabase['pool'], { incidents, leads, truth }: LabelledLeads): Promise<Outcome> {
  await pool.query(`create unlogged table lead_row (id text, area text, category text, at timestamptz)`)
  await pool.query(`create unlogged table report_row (id text, area text, category text, at timestamptz)`)
  const insert = (table: string, rows: readonly (readonly (string | null)[])[]) =>
    pool.query(
      `insert into ${table} select r ->> 0, r ->> 1, r ->> 2, (r ->> 3)::timestamptz from jsonb_array_elements($1::jsonb) r`,
      [JSON.stringify(rows)],
    )
  const iso = (at: number): string => new Date(at).toISOString()
  await insert(
    'lead_row',
    leads.map((one) => [one.id, one.unitCode, one.category, iso(one.occurredAt ?? one.seenAt)]),
  )
  await insert(
    'report_row',
    incidents.map((one) => [one.id, one.unitCodes[0] ?? null, one.category, iso(one.occurredAt)]),
  )
  await pool.query(`create index on report_row (area, category, at)`)
  await pool.query(`analyze lead_row, report_row`)
  let rows: { id: string; event: string }[] = []
  const ms = await timeOnce(async () => {
    rows = (await pool.query<{ id: string; event: string }>(PLAIN_SQL)).rows
  })
  const right = rows.filter(({ event, id }) => truth.get(id)?.eventId === event).length
  return { way: 'plain SQL join: area, class, closest in two days', ms, proposed: rows.length, right }
}

async function askMatcher({ incidents, leads, places, truth, units }: LabelledLeads): Promise<Outcome> {
  let [proposed, right] = [0, 0]
  const ms = await timeOnce(() => {
    const matcher = buildLeadMatcher(incidents, buildGazetteer(units, places))
    for (const lead of leads) {
      const { proposed: one } = matcher.match(lead)
      if (one === null) continue
      proposed += 1
      if (truth.get(lead.id)?.eventId === one.id) right += 1
    }
    return Promise.resolve()
  })
  return { way: 'matching, reports prepared and all leads scored', ms, proposed, right }
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3))

/** Matches so many leads with so many reports of a year, beside a plain join over the same rows in the same run. */
export async function benchLeads(
  size: { leads: number; reports: number },
  say: (line: string) => void,
): Promise<string> {
  say(`making ${size.reports} reports and ${size.leads} leads`)
  const labelled = makeLabelledLeads({
    seed: 'benchmark',
    incidentCount: size.reports,
    leadCount: size.leads,
    // As many reports for each county as a city has.
    countyCount: Math.max(9, Math.round(size.reports / 800)),
    days: 365,
    from: Date.parse('2026-01-01T00:00:00+08:00'),
  })
  const told = [...labelled.truth.values()].filter(({ eventId }) => eventId !== null).length
  say('asking plain SQL')
  const plain = await withBenchData(({ observer }) => askPlainSql(observer.pool, labelled))
  say('matching')
  const matched = await askMatcher(labelled)
  const rows = [matched, plain].map(({ ms, proposed, right, way }) => [
    way,
    toCount(size.leads),
    toCount(size.reports),
    toMilliseconds(ms),
    toRatio(ms, plain.ms),
    share(right, proposed),
    share(right, told),
  ])
  return toTextTable(['leads', 'leads', 'reports', 'ms', '÷ plain SQL', 'precision', 'recall'], rows)
}
