import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toRegulationJson, unpackUnitFacts } from '@zhidu/contract'
import { asReadonly, listUnitQuarters } from '@zhidu/db'
import { assessUnit, BAOJI, type Regulation, SAMPLE_REGULATION, toPlainDate, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { importFile } from '../import/import-file.ts'
import { getLeague } from '../league/get-league.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { refreshStaleUnitQuarters } from '../league/refresh-stale.ts'
import { type AccountService, createAccountService } from '../testing/account-service.ts'
import { createDraft, discardDraft, importDraft, saveDraft } from './drafts.ts'
import { getWhatIfFacts } from './get-what-if-facts.ts'
import { getRegulation, listRegulations } from './list-regulations.ts'
import { loadRules } from './load-rules.ts'
import { publishRegulation } from './publish-regulation.ts'

// The service's clock stands in 2026Q4.
const CLOSED = toQuarter('2026Q3')
const OPEN = toQuarter('2026Q4')
const REPORTS =
  'event_code,unit_code,stage,category,level,occurred_at,learned_at,written_at\n' +
  ['2026-08-01', '2026-10-20']
    .flatMap((day, index) => [
      `E${index}1,C01,first,accident,IV,${day} 08:00,${day} 08:00,${day} 12:30`,
      `E${index}2,C02,first,accident,IV,${day} 08:00,${day} 08:00,${day} 09:00`,
    ])
    .join('\n')

let service: AccountService
let clerk: ServiceContext
let approver: ServiceContext
let both: ServiceContext
let county: ServiceContext

async function importReports(ctx: ServiceContext): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-rules-'))
  const path = join(folder, 'reports.csv')
  await writeFile(path, REPORTS)
  const file = { kind: 'reports', path, fileName: 'reports.csv', dryRun: false, acceptValid: false } as const
  const result = await importFile(ctx, { ...file, language: 'en' })
  await rm(folder, { recursive: true, force: true })
  expect(result.errors).toEqual([])
}

beforeAll(async () => {
  service = await createAccountService()
  await importReports(service.machine())
  await service.add('clerk', ['clerk'], 'T00')
  await service.add('approver', ['approver'], 'T00')
  await service.add('both', ['clerk', 'approver'], 'T00')
  await service.add('county', ['clerk', 'approver'], 'C01')
  clerk = await service.as('clerk')
  approver = await service.as('approver')
  both = await service.as('both')
  county = await service.as('county')
})
afterAll(() => service.database.close())
beforeEach(async () => {
  await service.sql(`delete from regulation where state = 'draft'`)
})

const OFFICE = { id: 'office', version: '1' }

function documentOf(change: Partial<Regulation> = {}): Regulation {
  return { ...BAOJI, ...OFFICE, title: '本办法', notice: null, ...change }
}
function begin(version = '1', ctx = clerk) {
  return createDraft(ctx, { ...OFFICE, version, title: '本办法', from: { sample: 'baoji' } })
}
function save(ctx: ServiceContext, revision: number, change: Partial<Regulation> = {}) {
  return saveDraft(ctx, { ...OFFICE, revision, json: toRegulationJson(documentOf(change)) })
}

describe('a draft', () => {
  it('begins from a sample or a version, without its notice, and is saved revision by revision', async () => {
    expect(await begin()).toMatchObject({ ...OFFICE, state: 'draft', revision: 1, isOwn: true, notice: null })
    const copy = { ...OFFICE, version: '2', title: '又一份', from: OFFICE }
    expect(await createDraft(clerk, copy)).toMatchObject({ version: '2', title: '又一份' })
    expect(await save(clerk, 1, { title: '改过' })).toMatchObject({ revision: 2, title: '改过' })
    expect((await getRegulation(clerk, OFFICE)).document).toEqual(documentOf({ title: '改过' }))
    await expect(begin()).rejects.toMatchObject({ code: 'conflict', reason: 'regulation_exists' })
  })

  it('changed by somebody else meanwhile is not overwritten, and they are named', async () => {
    await begin()
    await save(both, 1, { title: '别人改的' })
    await expect(save(clerk, 1, { title: '我改的' })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'draft_changed',
      params: { by: '测试' },
    })
    await expect(discardDraft(clerk, { ...OFFICE, revision: 1 })).rejects.toMatchObject({ reason: 'draft_changed' })
    expect((await getRegulation(clerk, OFFICE)).document.title).toBe('别人改的')
    await discardDraft(clerk, { ...OFFICE, revision: 2 })
    await expect(getRegulation(clerk, OFFICE)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is refused as a file with the clause named; renamed under its own name; by an office below the top', async () => {
    const broken = toRegulationJson(documentOf()).replace('"absent"', '"sleepy"')
    await expect(importDraft(clerk, { json: broken })).rejects.toMatchObject({
      reason: 'regulation_invalid',
      params: { count: '1', path: 'deductions[0].code' },
    })
    await importDraft(clerk, { json: toRegulationJson(documentOf({ effectiveFrom: toPlainDate('2020-01-01') })) })
    expect((await getRegulation(clerk, OFFICE)).item.effectiveFrom).toBeNull()
    await expect(save(clerk, 1, { version: '9' })).rejects.toMatchObject({ reason: 'regulation_renamed' })
    for (const change of [
      () => begin('7', county),
      () => save(county, 1),
      () => discardDraft(county, { ...OFFICE, revision: 1 }),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'forbidden', reason: 'rules_of_the_top' })
    }
  })

  it('is seen by those who make rules alone', async () => {
    await begin()
    await service.add('leader', ['leader'], 'T00')
    const leader = await service.as('leader')
    await expect(getRegulation(leader, OFFICE)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listRegulations(leader)).items.map(({ state }) => state)).not.toContain('draft')
    expect(await listRegulations(leader)).toMatchObject({ mayWrite: false, mayPublish: false })
    expect((await listRegulations(county)).mayWrite).toBe(false)
    expect((await listRegulations(clerk)).mayWrite).toBe(true)
  })
})

describe('publishing', () => {
  const publish = (ctx: ServiceContext, effectiveFrom: string, revision = 1) =>
    publishRegulation(ctx, { ...OFFICE, revision, effectiveFrom })

  it('needs two people: not the one who changed the draft last', async () => {
    await begin('1', both)
    await expect(publish(both, '2026-10-01')).rejects.toMatchObject({ code: 'forbidden', reason: 'two_people_needed' })
    await expect(publish(county, '2026-10-01')).rejects.toMatchObject({ reason: 'rules_of_the_top' })
    expect((await getRegulation(clerk, OFFICE)).item.state).toBe('draft')
  })

  it('is refused the day before the present quarter, for a contradiction, and for another revision', async () => {
    await begin()
    await expect(publish(approver, '2026-09-30')).rejects.toMatchObject({
      reason: 'effective_too_early',
      params: { earliest: '2026-10-01' },
    })
    // A quarter has one version: it begins with the first day of one.
    await expect(publish(approver, '2026-10-02')).rejects.toMatchObject({ reason: 'regulation_unsound' })
    await save(clerk, 1, { deadlines: [] })
    await expect(publish(approver, '2026-10-01')).rejects.toMatchObject({ reason: 'draft_changed' })
    await expect(publish(approver, '2026-10-01', 2)).rejects.toMatchObject({ reason: 'regulation_unsound' })
  })

  it('leaves an audit entry for each change, with who drafted what', async () => {
    await service.newEntries()
    await begin()
    await save(clerk, 1)
    await discardDraft(clerk, { ...OFFICE, revision: 2 })
    expect(await service.newEntries()).toEqual([
      'rules.createDraft done',
      'rules.saveDraft done',
      'rules.discardDraft done',
    ])
  })

  it('open quarters follow, closed ones never: on screen at once, in the rollups by the next round', async () => {
    const machine = service.machine()
    const scoresOf = async (quarter: typeof OPEN) =>
      (await getLeagueTable(machine, { quarter, group: '县区组' })).rows.map(({ score, unitCode }) => [unitCode, score])
    const closed = await scoresOf(CLOSED)
    const open = await scoresOf(OPEN)
    await begin()
    // The first day of the present quarter is early enough.
    await publish(approver, '2026-10-01')
    expect(await scoresOf(CLOSED)).toEqual(closed)
    const followed = await scoresOf(OPEN)
    expect(followed).not.toEqual(open)
    expect(followed).toEqual([
      ['C02', 20],
      ['C01', 19],
    ])
    expect((await getLeague(machine, { quarter: OPEN, group: '县区组' })).rows.map(({ score }) => score)).toEqual([
      20, 19,
    ])
    const db = asReadonly(service.database.db)
    const versions = async (quarter: typeof OPEN) => [
      ...new Set((await listUnitQuarters(db, [quarter])).map((row) => row.regulationId)),
    ]
    expect(await versions(OPEN)).toEqual(['sample'])
    await refreshStaleUnitQuarters(machine)
    expect(await versions(OPEN)).toEqual(['office'])
    expect(await versions(CLOSED)).toEqual(['sample'])
    expect(await refreshStaleUnitQuarters(machine)).toBe(0)
    expect(await scoresOf(OPEN)).toEqual(followed)

    expect((await listRegulations(clerk)).quarters).toContainEqual({ quarter: OPEN, ...OFFICE, hasEnded: false })
    const sample = (await listRegulations(clerk)).items.find(({ id }) => id === 'sample')
    expect(sample).toMatchObject({ effectiveFrom: null, effectiveUntil: '2026-09-30' })
    // What is published stays; another one needs another day.
    await expect(save(clerk, 1)).rejects.toMatchObject({ reason: 'regulation_published' })
    await expect(discardDraft(clerk, { ...OFFICE, revision: 1 })).rejects.toMatchObject({
      reason: 'regulation_published',
    })
    await begin('2')
    const second = { ...OFFICE, version: '2', revision: 1 }
    await expect(publishRegulation(approver, { ...second, effectiveFrom: '2026-10-01' })).rejects.toMatchObject({
      reason: 'effective_day_taken',
    })
    await publishRegulation(approver, { ...second, effectiveFrom: '2027-01-01' })
    expect((await loadRules(db, OPEN)).regulation.version).toBe('1')
    expect((await loadRules(db, toQuarter('2027Q1'))).regulation.version).toBe('2')
    expect((await loadRules(db, CLOSED)).regulation.version).toBe(SAMPLE_REGULATION.version)
  })
})

describe('facts for what-if', () => {
  it('give the browser what judges the group as the server does, and nobody by name', async () => {
    const page = await getWhatIfFacts(clerk, { quarter: CLOSED, group: '县区组' })
    expect(page).toMatchObject({ unitCount: 2, next: null, regulation: { id: 'sample' } })
    const context = {
      quarter: CLOSED,
      asOf: Date.parse(page.asOf),
      holidays: page.holidays,
      regulation: SAMPLE_REGULATION,
    }
    const scores = page.units
      .map((unit) => assessUnit(unpackUnitFacts(unit), context))
      .map(({ score }) => (score ?? 0) / 100)
    const league = await getLeague(service.machine(), { quarter: CLOSED, group: '县区组', asOf: page.asOf })
    expect(scores).toEqual(
      page.units.map(({ unitCode }) => league.rows.find((row) => row.unitCode === unitCode)?.score),
    )
  })

  it('are given to those who reach the whole group alone', async () => {
    await expect(getWhatIfFacts(county, { quarter: CLOSED, group: '县区组' })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'group_out_of_reach',
    })
    await expect(getWhatIfFacts(county, { quarter: CLOSED, group: '没有' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
