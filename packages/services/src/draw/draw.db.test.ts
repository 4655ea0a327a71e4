import { listVisits, parseCertificateFile, parsePoolFile, verifyDraw } from '@zhidu/draw'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDrawOffice, DOCUMENT, type DrawOffice, makeSecret, SEAL } from '../testing/draw-office.ts'
import { discloseDraw, substituteInDraw, voidDraw } from './after-draw.ts'
import { declareDraw } from './declare-draw.ts'
import { exportDrawFile } from './draw-file.ts'
import { freezeDrawPool } from './freeze-draw.ts'
import { getDrawList, getDrawPage } from './list-draws.ts'
import { commitToDraw, enterDrawNumber, revealForDraw } from './officers.ts'
import { approvePlan, saveDrawPlan } from './plans.ts'
import { prepareDraw } from './prepare-draw.ts'
import { getToldDraw, listToldDraws } from './told-draws.ts'

const HOUR = 3_600_000
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

const clerk = makeSecret('clerk', 'a')
const inspector = makeSecret('inspector', 'b')

async function declared(document = DOCUMENT): Promise<string> {
  const key = await office.plan(document)
  const { drawId } = await declareDraw(office.as('clerk'), {
    ...key,
    isLastOfQuarter: false,
    seed: { kind: 'officers' },
  })
  return drawId
}

async function frozen(): Promise<string> {
  const drawId = await declared()
  await commitToDraw(office.as('clerk'), { drawId, ...clerk.handedIn })
  await commitToDraw(office.as('inspector'), { drawId, ...inspector.handedIn })
  await freezeDrawPool(office.as('inspector'), { drawId })
  return drawId
}

async function drawn(): Promise<string> {
  const drawId = await frozen()
  await revealForDraw(office.as('inspector'), { drawId, ...inspector.secret }, SEAL)
  await revealForDraw(office.as('clerk'), { drawId, ...clerk.secret }, SEAL)
  return drawId
}

async function bytesOf(
  name: 'pool.json' | 'certificate.txt' | 'key.txt',
  drawId: string,
  as = office.as('leader'),
): Promise<Uint8Array> {
  const { body } = await exportDrawFile(as, { drawId, name }, SEAL)
  if (body instanceof ReadableStream) throw new RangeError('a file in memory')
  return body
}

async function verify(drawId: string, change: (pool: Uint8Array) => Uint8Array = (pool) => pool) {
  const [pool, certificate] = [await bytesOf('pool.json', drawId), await bytesOf('certificate.txt', drawId)]
  const keys = Buffer.from(await bytesOf('key.txt', drawId)).toString()
  return verifyDraw({ pool: change(pool), certificate, keys })
}

describe('a plan', () => {
  it('is kept in versions, each approved by somebody else than who wrote it', async () => {
    const key = await saveDrawPlan(office.as('clerk'), { planId: null, version: 0, document: DOCUMENT })
    const next = { planId: key.planId, document: { ...DOCUMENT, isNight: false } }
    expect(await saveDrawPlan(office.as('inspector'), { ...next, version: 1 })).toEqual({ ...key, version: 2 })
    const late = saveDrawPlan(office.as('clerk'), { ...next, version: 1 })
    await expect(late).rejects.toMatchObject({ reason: 'draw_plan_changed', params: { by: 'inspector' } })
    await expect(approvePlan(office.as('approver'), key)).rejects.toMatchObject({ reason: 'draw_plan_changed' })
    await expect(approvePlan(office.as('inspector'), { ...key, version: 2 })).rejects.toMatchObject({
      reason: 'draw_plan_own',
    })
    const begin = { ...key, version: 2, isLastOfQuarter: false, seed: { kind: 'officers' } } as const
    await expect(declareDraw(office.as('clerk'), begin)).rejects.toMatchObject({ reason: 'draw_plan_unapproved' })
    await approvePlan(office.as('approver'), { ...key, version: 2 })
    const { plans } = await getDrawList(office.as('leader'))
    const own = plans.filter(({ planId }) => planId === key.planId)
    expect(own.map(({ approvedBy, isNewest, version }) => [version, isNewest, approvedBy])).toEqual([
      [2, true, 'approver'],
      [1, false, null],
    ])
  })

  it.each([
    ['draw_plan_not_below', { weights: [{ unitCode: 'J00', weight: 2, reason: '本级' }] }],
    ['draw_plan_group', { strata: [{ group: '没有的组', size: 1, substitutes: 0 }] }],
    ['draw_plan_one_inspector', { inspectors: [{ name: '甲', recusals: [] }] }],
    ['draw_plan_twice', { exclusions: [1, 2].map(() => ({ unitCode: 'D02', reason: '两次' })) }],
    ['draw_plan_nobody', { strata: [{ group: '市直组', size: 0, substitutes: 0 }] }],
  ])('is refused with %s', async (reason, wrong) => {
    const document = { ...DOCUMENT, ...wrong }
    await expect(saveDrawPlan(office.as('clerk'), { planId: null, version: 0, document })).rejects.toMatchObject({
      reason,
    })
  })

  it('is prepared with what the checks on record say, and a proposal by the quarter before', async () => {
    const { quarter, riskQuarter, units } = await prepareDraw(office.as('clerk'))
    expect([quarter, riskQuarter]).toEqual(['2026Q4', '2026Q3'])
    const c01 = units.find(({ unitCode }) => unitCode === 'C01')
    expect(c01).toMatchObject({
      group: '县区组',
      lastCheckedIn: '2026Q4',
      checksThisMonth: 0,
      nightChecksThisQuarter: 1,
    })
    expect(c01?.proposal).toMatchObject({ checkFailed: 6, checkTotal: 8 })
    expect(c01?.proposal?.reasons).toContain('failed_checks')
  })
})

describe('a draw by two officers', () => {
  it('is verified from its files alone, and one changed byte of the pool fails', async () => {
    const drawId = await drawn()
    const report = await verify(drawId)
    expect(report.steps.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(report.pool?.units.find(({ id }) => id === 'D01')).toMatchObject({ weight: 3, stratum: '市直组' })
    expect(report.pool?.units.find(({ id }) => id === 'D02')?.exclusion).toBe('防汛全员在岗')
    expect(report.pool?.inspectors.find(({ id }) => id === '甲')?.recusals).toEqual([
      { unit: 'D03', reason: '曾在该局任职' },
    ])
    expect(report.pool?.rules).toMatchObject({ isNight: true, mostPerMonth: 2, mostNightPerQuarter: 2 })
    expect(report.pool?.plan).toMatchObject({
      title: DOCUMENT.title,
      version: expect.stringMatching(/^1-[0-9a-f]{32}$/),
    })
    const changed = await verify(drawId, (pool) =>
      Buffer.from(Buffer.from(pool).toString().replace('"weight":3', '"weight":2')),
    )
    expect(changed.steps.find(({ outcome }) => outcome === 'failed')?.step).toBe('pool_hash')
  })

  it('takes each step once, in order, by whom it is due', async () => {
    const drawId = await declared()
    const as = (person: 'clerk' | 'inspector' | 'approver') => office.as(person)
    await commitToDraw(as('clerk'), { drawId, ...clerk.handedIn })
    const early = freezeDrawPool(as('approver'), { drawId })
    await expect(early).rejects.toMatchObject({ reason: 'draw_commitments_missing' })
    const again = commitToDraw(as('clerk'), { drawId, ...clerk.handedIn })
    await expect(again).rejects.toMatchObject({ reason: 'draw_committed' })
    const other = commitToDraw(as('inspector'), { drawId, ...inspector.handedIn, officer: 'somebody' })
    await expect(other).rejects.toMatchObject({ reason: 'draw_officer_named', params: { name: 'inspector' } })
    const copied = { drawId, officer: 'inspector', commitment: clerk.handedIn.commitment }
    await expect(commitToDraw(as('inspector'), copied)).rejects.toMatchObject({ reason: 'draw_commitment_copied' })
    await commitToDraw(as('inspector'), { drawId, ...inspector.handedIn })
    const own = freezeDrawPool(as('clerk'), { drawId })
    await expect(own).rejects.toMatchObject({ reason: 'draw_declared_own' })
    const unfrozen = revealForDraw(as('clerk'), { drawId, ...clerk.secret }, SEAL)
    await expect(unfrozen).rejects.toMatchObject({ reason: 'draw_is_declared' })
    await freezeDrawPool(as('approver'), { drawId })
    await expect(freezeDrawPool(as('inspector'), { drawId })).rejects.toMatchObject({ reason: 'draw_is_frozen' })
    const forged = revealForDraw(as('inspector'), { drawId, ...inspector.secret, text: 'another' }, SEAL)
    await expect(forged).rejects.toMatchObject({ reason: 'draw_reveal_wrong' })
    const stranger = revealForDraw(as('approver'), { drawId, ...inspector.secret }, SEAL)
    await expect(stranger).rejects.toMatchObject({ reason: 'draw_not_officer' })
    await revealForDraw(as('inspector'), { drawId, ...inspector.secret }, SEAL)
    const page = await getDrawPage(as('clerk'), { drawId })
    // Nobody sees the first secret before the second is laid open.
    expect(JSON.stringify(page)).not.toContain(inspector.secret.nonce)
    expect(page.officers.map(({ hasRevealed, isMine }) => [hasRevealed, isMine])).toEqual([
      [false, true],
      [true, false],
    ])
  })

  it('is void when a secret is lost, and says so to the units that knew of its pool', async () => {
    const drawId = await frozen()
    await voidDraw(office.as('inspector'), { drawId, reason: '一人的随机串遗失' })
    const late = revealForDraw(office.as('clerk'), { drawId, ...clerk.secret }, SEAL)
    await expect(late).rejects.toMatchObject({ reason: 'draw_is_voided' })
    const { told } = await getToldDraw(office.as('unit'), { drawId })
    expect(told).toMatchObject({ voidReason: '一人的随机串遗失', disclosedAt: null })
  })
})

describe('a draw by a public number', () => {
  const declare = async (publishedIn: number) => {
    const publishedAt = new Date(office.ctx.clock() + publishedIn).toISOString()
    const seed = { kind: 'public', what: '体彩排列五和七星彩合写', digits: 12, where: '公告', publishedAt } as const
    return await declareDraw(office.as('clerk'), { ...(await office.plan()), isLastOfQuarter: false, seed })
  }

  it('waits for the number, and is drawn by as many digits as were declared', async () => {
    const now = office.ctx.clock()
    await expect(declare(0)).rejects.toMatchObject({ reason: 'draw_number_past' })
    const { drawId } = await declare(HOUR)
    const lost = await declare(HOUR)
    await freezeDrawPool(office.as('approver'), { drawId })
    const number = { drawId, value: '012345678901' }
    const early = enterDrawNumber(office.as('clerk'), number, SEAL)
    await expect(early).rejects.toMatchObject({ reason: 'draw_number_early' })
    office.setNow(now + HOUR)
    await expect(freezeDrawPool(office.as('approver'), lost)).rejects.toMatchObject({ reason: 'draw_number_out' })
    const short = enterDrawNumber(office.as('clerk'), { drawId, value: '01234567890' }, SEAL)
    await expect(short).rejects.toMatchObject({ reason: 'draw_number_length' })
    await enterDrawNumber(office.as('clerk'), number, SEAL)
    const { rows } = await office.database.pool.query<{ action: string; actor: string }>(
      `select action, actor_name as actor from audit_entry where object = $1 order by seq`,
      [`draw/${drawId}`],
    )
    expect(rows).toEqual([
      { action: 'draw.declare', actor: 'clerk' },
      { action: 'draw.freeze', actor: 'approver' },
      { action: 'draw.enterNumber', actor: 'clerk' },
    ])
    expect((await verify(drawId)).isGenuine).toBe(true)
    office.setNow(now)
  })
})

describe('units below', () => {
  it('know the hash of the pool at once, and who was drawn only when the office discloses it', async () => {
    const drawId = await drawn()
    const { item } = await getDrawPage(office.as('leader'), { drawId })
    const before = await getToldDraw(office.as('unit'), { drawId })
    expect(before).toMatchObject({
      told: { poolHash: item.poolHash, officeName: '测试市' },
      pool: null,
      certificate: null,
      plan: null,
    })
    for (const person of ['unit', 'county'] as const) {
      await expect(getDrawPage(office.as(person), { drawId })).rejects.toMatchObject({ reason: 'draw_unknown' })
      expect((await getDrawList(office.as(person))).draws).toEqual([])
      const file = bytesOf('certificate.txt', drawId, office.as(person))
      await expect(file).rejects.toMatchObject({ reason: 'draw_file_missing' })
    }
    await discloseDraw(office.as('clerk'), { drawId })
    const after = await getToldDraw(office.as('unit'), { drawId })
    expect(after.certificate).toBe((await getDrawPage(office.as('leader'), { drawId })).certificate)
    expect(after.plan?.weights).toEqual(DOCUMENT.weights)
    expect(await listToldDraws(office.as('leader'))).toEqual([])
    const changed = substituteInDraw(office.as('clerk'), { drawId, outCode: 'D01', reason: '之后' }, SEAL)
    await expect(changed).rejects.toMatchObject({ reason: 'draw_is_disclosed' })
  })
})

describe('a substitution', () => {
  it('is added behind the certificate by who stands in next, again and again, and the file still fits', async () => {
    const drawId = await drawn()
    const pool = parsePoolFile(await bytesOf('pool.json', drawId))
    if (pool.kind === 'bad') throw new RangeError('no pool')
    const visits = async (): Promise<string[]> => {
      const file = parseCertificateFile(Buffer.from(await bytesOf('certificate.txt', drawId)).toString())
      return file === null ? [] : [...listVisits(pool.value, file).keys()]
    }
    const inGroup = (codes: readonly string[]): string[] => codes.filter((code) => !code.startsWith('C'))
    for (const left of [3, 3, 2]) {
      const [outCode = ''] = inGroup(await visits())
      await substituteInDraw(office.as('inspector'), { drawId, outCode, reason: '道路中断' }, SEAL)
      expect(inGroup(await visits())).toHaveLength(left)
      expect((await verify(drawId)).isGenuine).toBe(true)
    }
    const unknown = substituteInDraw(office.as('inspector'), { drawId, outCode: 'D02', reason: '不在名单' }, SEAL)
    await expect(unknown).rejects.toMatchObject({ reason: 'draw_not_on_list' })
  })
})

it('cannot be frozen when rules, sizes and units contradict each other', async () => {
  const drawId = await declared({ ...DOCUMENT, strata: [{ group: '县区组', size: 900, substitutes: 0 }] })
  await commitToDraw(office.as('clerk'), { drawId, ...clerk.handedIn })
  await commitToDraw(office.as('inspector'), { drawId, ...inspector.handedIn })
  const freezing = freezeDrawPool(office.as('inspector'), { drawId })
  await expect(freezing).rejects.toMatchObject({
    reason: 'draw_too_few_eligible',
    params: { group: '县区组', wanted: '900' },
  })
})

it('the database itself lets nobody change, or put out of order, what happened', async () => {
  const drawId = await drawn()
  const run = (statement: string) => office.database.pool.query(statement, [drawId])
  await expect(run(`update draw_step set content = 'x' where draw_id = $1`)).rejects.toThrow('stays as it was')
  await expect(run(`delete from draw_step where draw_id = $1`)).rejects.toThrow('facts stay')
  await expect(
    run(`update draw_plan set document = '{}' from draw d where d.plan_id = draw_plan.plan_id and d.draw_id = $1`),
  ).rejects.toThrow('never changed')
  const add = (kind: string) =>
    run(`insert into draw_step select draw_id, 7, unit_code, '${kind}', 'x', 'sha256:' || encode(sha256('x'), 'hex'), now(), 'x', gen_random_uuid()
      from draw where draw_id = $1`)
  for (const kind of ['frozen', 'committed', 'revealed', 'drawn']) {
    await expect(add(kind), kind).rejects.toThrow(/not what comes next|duplicate key/)
  }
})

it('goes with the invented city, and with nothing else', async () => {
  const { pool } = office.database
  await expect(pool.query('delete from draw_notice')).rejects.toThrow('facts stay')
  await pool.query(`insert into setting (key, value) values ('synthetic', '"loaded"')`)
  await pool.query('select clear_demonstration()')
  const { rows } = await pool.query<{ n: string }>(
    `select (select count(*) from draw) + (select count(*) from draw_step) + (select count(*) from draw_notice)
       + (select count(*) from draw_plan) as n`,
  )
  expect(Number(rows[0]?.n)).toBe(0)
})
