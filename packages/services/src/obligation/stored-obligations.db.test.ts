import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kind } from '@zhidu/contract'
import { addRegulation, asReadonly, countObligations, type ObligationFilter } from '@zhidu/db'
import { DAY_MS, listMembers, quarterRange, SAMPLE_REGULATION, SECOND_MS, toPlainDate, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../import/import-file.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadSummaries } from '../league/load-summaries.ts'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { alignObligations } from './align-obligations.ts'
import { getRulesWork } from './get-rules-work.ts'
import { createUpkeep } from './upkeep.ts'

const QUARTER = toQuarter('2026Q3')
let service: TestService
let folder: string

beforeAll(async () => {
  service = await createTestService()
  folder = await mkdtemp(join(tmpdir(), 'zhidu-obligations-'))
  await importExample(service.ctx)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await service.database.close()
})

async function importText(kind: Kind, text: string): Promise<void> {
  const path = join(folder, `${kind}.csv`)
  await writeFile(path, text)
  const file = { kind, path, fileName: `${kind}.csv`, dryRun: false, acceptValid: false, language: 'en' as const }
  // Versions are told apart by their instants.
  service.setNow(service.ctx.clock() + SECOND_MS)
  const { errors } = await importFile(service.ctx, file)
  expect(errors).toEqual([])
}

interface Stored {
  readonly cause: string
  readonly replaced: string | null
  readonly due: string
  readonly version: string
}

async function versionsOf(unitCode: string, ref: string, kind = 'written'): Promise<Stored[]> {
  const { rows } = await service.database.pool.query<Stored>(
    `select cause, replaced_cause as replaced, regulation_version as version,
       to_char(due_at at time zone interval '8 hours', 'MM-DD HH24:MI:SS') as due
     from obligation where unit_code = $1 and ref = $2 and kind = $3 order by replaced_at nulls last, recorded_at`,
    [unitCode, ref, kind],
  )
  return rows
}

async function digest(): Promise<string> {
  const { rows } = await service.database.pool.query<{ hash: string }>(
    `select md5(string_agg(o::text || o.xmin::text, '|' order by o::text)) as hash from obligation o`,
  )
  return rows[0]?.hash ?? ''
}

const LATER = toPlainDate('2026-10-01')
const NO_FILTER: Omit<ObligationFilter, 'asOf'> = {
  quarter: QUARTER,
  unitCode: null,
  kind: null,
  outcome: null,
  level: null,
  preReported: false,
  reopened: false,
}

it('count as the league counts, unit by unit, at every moment', async () => {
  const db = asReadonly(service.database.db)
  const roster = await loadRoster(db)
  const { from, to } = quarterRange(QUARTER)
  for (const asOf of [from - SECOND_MS, from + 40 * DAY_MS, to - 9 * DAY_MS, to - SECOND_MS, to + 30 * DAY_MS]) {
    const summaries = await loadSummaries(db, {
      roster,
      quarter: QUARTER,
      asOf,
      unitCodes: listMembers(roster.periodsOf, QUARTER).map(({ unitCode }) => unitCode),
    })
    for (const { unitCode } of listMembers(roster.periodsOf, QUARTER)) {
      const counts = await countObligations(db, { ...NO_FILTER, asOf, unitCode })
      const countOf = (kind: string) => (outcome: string) =>
        counts.find((row) => row.kind === kind && row.outcome === outcome)?.count ?? 0
      const [written, filing] = [countOf('written'), countOf('filing')].map((of) => ({
        onTime: of('on_time'),
        late: of('late'),
        missing: of('missing'),
        notYetDue: of('not_yet_due'),
        owed: of('on_time') + of('late') + of('missing') + of('not_yet_due'),
      }))
      const summary = summaries.get(unitCode)
      expect({ unitCode, written, filing }).toEqual({
        unitCode,
        written: summary?.timeliness,
        filing: summary?.filings,
      })
    }
  }
})

it('are written as they arise, once, and left alone where nothing changed', async () => {
  const { rows } = await service.database.pool.query<{ causes: string; closed: number }>(
    `select string_agg(distinct cause, ',') as causes, count(*) filter (where replaced_at is not null) as closed from obligation`,
  )
  expect(rows[0]).toEqual({ causes: 'arose', closed: 0 })
  await alignObligations(service.ctx)
  const before = await digest()
  await importExample(service.ctx).catch((error: unknown) => expect(String(error)).toContain('"created":0'))
  // A file that adds an event to a unit leaves what that unit owed besides.
  await importText(
    'checks',
    'check_code,unit_code,method,checked_at,inspectors,findings,note\nK-NEW-9,D14,电话,2026-08-01 09:00,,,\n',
  )
  expect(await alignObligations(service.ctx)).toEqual([])
  expect(await digest()).toBe(before)
})

const HEAD = 'event_code,unit_code,stage,sequence,category,level,occurred_at,learned_at,phoned_at,written_at,elements\n'
const FIRST = 'S-1,D14,首报,0,事故灾难,Ⅳ,2026-08-03 10:00,2026-08-03 10:10,,'

it('close with their cause, and the next version follows: correction, another quarter, a pre-report, rules, a closed unit', async () => {
  await importText('reports', `${HEAD}${FIRST}2026-08-03 11:00,\n`)
  expect(await versionsOf('D14', 'S-1')).toEqual([
    { cause: 'arose', replaced: null, due: '08-03 12:10:00', version: '2026-1' },
  ])
  // Another instant of writing changes how it stands, not what was owed.
  await importText('reports', `${HEAD}${FIRST}2026-08-03 13:00,\n`)
  expect(await versionsOf('D14', 'S-1')).toHaveLength(1)
  await importText('reports', `${HEAD}${FIRST.replace('10:10', '10:30')}2026-08-03 13:00,\n`)
  expect(await versionsOf('D14', 'S-1')).toMatchObject([
    { cause: 'arose', replaced: 'corrected', due: '08-03 12:10:00' },
    { cause: 'corrected', replaced: null, due: '08-03 12:30:00' },
  ])
  await importText('reports', `${HEAD}${FIRST.replaceAll('2026-08', '2026-05')}2026-05-03 13:00,\n`)
  expect(await versionsOf('D14', 'S-1')).toMatchObject([
    { replaced: 'corrected' },
    { replaced: 'corrected' },
    { cause: 'corrected', replaced: null, due: '05-03 12:10:00' },
  ])
  await importText('reports', `${HEAD}${FIRST}2026-08-03 13:00,\n`)

  const db = asReadonly(service.database.db)
  const asOf = service.ctx.clock()
  const preReported = (): Promise<number> =>
    countObligations(db, { ...NO_FILTER, asOf, preReported: true }).then((rows) =>
      rows.reduce((sum, { count }) => sum + count, 0),
    )
  expect(await preReported()).toBe(0)
  await importText('pre_reports', 'event_code,unit_code,pre_reported_at,reason\nS-1,D14,2026-08-03 11:00,道路中断\n')
  expect(await preReported()).toBe(1)

  await addRegulation(service.database.db, {
    ...SAMPLE_REGULATION,
    version: '2026-2',
    effectiveFrom: toPlainDate('2026-07-01'),
    deadlines: SAMPLE_REGULATION.deadlines.map((rule) => ({ ...rule, limitSeconds: rule.limitSeconds + 600 })),
  })
  service.setNow(service.ctx.clock() + SECOND_MS)
  // What is still by the old rules is named; with the publication the program writes it anew at once, unit by unit.
  expect((await getRulesWork(service.ctx, null)).waiting).toContain(QUARTER)
  const errors: unknown[] = []
  const upkeep = createUpkeep(service.ctx, { onError: (error) => errors.push(error), everyMs: 3_600_000 })
  upkeep.nudge()
  expect((await getRulesWork(service.ctx, null)).waiting).toContain(QUARTER)
  upkeep.start()
  await expect.poll(() => upkeep.running(), { interval: 2 }).toMatchObject({ quarter: QUARTER })
  await expect.poll(async () => (await getRulesWork(service.ctx, null)).waiting).toEqual([])
  await addRegulation(service.database.db, { ...SAMPLE_REGULATION, version: '2026-3', effectiveFrom: LATER })
  expect((await getRulesWork(service.ctx, null)).waiting).toEqual(['2026Q4'])
  upkeep.nudge()
  await expect.poll(async () => (await getRulesWork(service.ctx, null)).waiting).toEqual([])
  await upkeep.stop()
  expect({ errors, running: upkeep.running() }).toEqual({ errors: [], running: null })
  expect((await versionsOf('D14', 'S-1')).slice(-2)).toMatchObject([
    { replaced: 'rules', due: '08-03 12:10:00', version: '2026-1' },
    { cause: 'rules', replaced: null, due: '08-03 12:20:00', version: '2026-2' },
  ])
  expect(await alignObligations(service.ctx)).toEqual([])

  const { rows } = await service.database.pool.query<{ line: string }>(
    `select concat_ws(',', unit_code, name, short_name, coalesce(parent_code, ''), tier, peer_group, duty_mode, valid_from, '2026-07-20') as line
     from unit_period where unit_code = 'D14' and replaced_at is null`,
  )
  await importText(
    'units',
    `unit_code,name,short_name,parent_code,tier,peer_group,duty_mode,valid_from,valid_to\n${rows[0]?.line ?? ''}\n`,
  )
  expect((await versionsOf('D14', 'S-1')).at(-1)).toMatchObject({ cause: 'rules', replaced: 'unit' })
  const forms = await versionsOf('D14', '2026-国庆节/roster', 'filing')
  // Due on the same day under both versions, but under another one.
  expect(forms).toMatchObject([{ replaced: 'rules' }, { cause: 'rules', replaced: 'unit' }])
})

it('stay as they were written: the table refuses another limit and a change of what is past', async () => {
  const { pool } = service.database
  await expect(pool.query(`update obligation set due_at = due_at + interval '1 hour'`)).rejects.toThrow('stays')
  await expect(pool.query(`update obligation set replaced_at = now() where replaced_at is not null`)).rejects.toThrow(
    'stays',
  )
})
