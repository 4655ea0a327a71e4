import { randomUUID } from 'node:crypto'
import type { OpenDatabase } from '@zhidu/db'
import { permissionsOf } from '@zhidu/domain'
import { exportFilings, getFilingsWaiting, listFilings, type ServiceContext } from '@zhidu/services'
import { withBenchData } from '../bench-data.ts'
import { repeat, type Timing } from '../measure/repeat.ts'
import { toCount, toMilliseconds, toRatio, toTextTable } from '../report/print-table.ts'
import { makeReader } from '../scope/make-tree.ts'
import { HOLIDAY, makeFilings, OFFICE } from './make-filings.ts'

const NOW = Date.parse('2026-10-15T09:00:00+08:00')
/** What the list of an office of 3,000 units may take. */
const BUDGET_MS = 200

/** The question as an analyst would put it: from the facts, with the due second written down, every unit and not a page. */
const PLAIN_SQL = `
  select p.unit_code, p.name, u.position, w.received_at, r.received_at,
    case when w.received_at is null or r.received_at is null then 'missing'
      when greatest(w.received_at, r.received_at) > $4 then 'late' else 'on_time' end as state,
    (select max(m.at) from filing_reminder m
      where m.unit_code = p.unit_code and m.holiday_year = $2 and m.holiday_name = $3) as reminded_at
  from unit_period p join unit u using (unit_code)
  left join filing w on w.unit_code = p.unit_code and w.replaced_at is null and w.holiday_year = $2
    and w.holiday_name = $3 and w.form = 'whereabouts'
  left join filing r on r.unit_code = p.unit_code and r.replaced_at is null and r.holiday_year = $2
    and r.holiday_name = $3 and r.form = 'roster'
  where p.parent_code = $1 and p.replaced_at is null
  order by u.position`
const DUE_AT = '2026-09-26T23:59:59+08:00'

async function contextOf(database: OpenDatabase): Promise<ServiceContext> {
  const roles = ['clerk'] as const
  return {
    db: database.app,
    report: database.report,
    clock: () => NOW,
    actor: {
      kind: 'account',
      accountId: await makeReader(database, OFFICE),
      sessionId: randomUUID(),
      loginName: 'bench',
      displayName: 'bench',
      unitCode: OFFICE,
      roles,
      permissions: permissionsOf(roles),
      mustChangePassword: false,
      address: '127.0.0.1',
      viewer: null,
    },
  }
}

/** Throws RangeError unless both sides count the same units in each state. */
async function assertAgreement(ctx: ServiceContext, rows: readonly { readonly state: string }[]): Promise<void> {
  const { counts } = await listFilings(ctx, { holiday: HOLIDAY })
  for (const state of ['on_time', 'late', 'missing'] as const) {
    const plain = rows.filter((row) => row.state === state).length
    if (plain !== counts[state]) throw new RangeError(`${state}: ${counts[state]}, by plain SQL ${plain}`)
  }
}

/** The office's list of a holiday's forms, with what else asks for it, beside plain SQL over the same facts in the same run. */
export function benchFilings(unitCount: number, runCount: number, say: (line: string) => void): Promise<string> {
  return withBenchData(async ({ observer: database }) => {
    say(`${toCount(unitCount)} units with the forms of a year's holidays: writing them`)
    await makeFilings(database, unitCount)
    const ctx = await contextOf(database)
    const year = Number(HOLIDAY.slice(0, 4))
    const ask = () =>
      database.pool.query<{ state: string }>(PLAIN_SQL, [OFFICE, year, HOLIDAY.slice(5), new Date(DUE_AT)])
    await assertAgreement(ctx, (await ask()).rows)
    say('asking')
    const plain = await repeat(runCount, ask)
    const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['list, first page with counts', () => listFilings(ctx, { holiday: HOLIDAY })],
      ['list, silent units alone', () => listFilings(ctx, { holiday: HOLIDAY, state: 'missing' })],
      ['what waits, for the overview', () => getFilingsWaiting(ctx)],
      [
        'the whole list as Excel',
        async () =>
          new Response((await exportFilings(ctx, { holiday: HOLIDAY, language: 'zh-CN' })).body).arrayBuffer(),
      ],
    ]
    const timings: [string, Timing][] = []
    for (const [name, way] of ways) timings.push([name, await repeat(runCount, way)])
    const rows = [...timings, ['plain SQL, every unit', plain] as const].map(([name, one]) => [
      name,
      toCount(unitCount),
      toMilliseconds(one.medianMs),
      `${toMilliseconds(one.minMs)}–${toMilliseconds(one.maxMs)}`,
      toRatio(one.medianMs, plain.medianMs),
    ])
    const table = toTextTable(['filings', 'units', 'median ms', 'min–max', '÷ plain SQL'], rows)
    const verdict = (timings[0]?.[1].medianMs ?? Infinity) <= BUDGET_MS ? 'kept' : 'BROKEN'
    return `${table}\n\nThe list is to take ${BUDGET_MS} ms at the most: ${verdict}.`
  })
}
