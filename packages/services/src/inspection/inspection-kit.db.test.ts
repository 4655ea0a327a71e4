import { BUILT_IN_CHECKLISTS, toQuarter } from '@zhidu/domain'
import { listVisits, parseCertificateFile, parsePoolFile } from '@zhidu/draw'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { substituteInDraw, voidDraw } from '../draw/after-draw.ts'
import { declareDraw } from '../draw/declare-draw.ts'
import { freezeDrawPool } from '../draw/freeze-draw.ts'
import { getDrawPage } from '../draw/list-draws.ts'
import { enterDrawNumber } from '../draw/officers.ts'
import { createDrawOffice, type DrawOffice, SEAL } from '../testing/draw-office.ts'
import { CHECKED_NOW, documentOf, withFault } from '../testing/inspection-document.ts'
import { listChecklists, saveChecklist } from './checklists.ts'
import { makeInspectionKit } from './kit.ts'
import { chooseSample, listOrders, orderUpperSample } from './orders.ts'
import { getRoomCode } from './room-code.ts'
import { submitInspection } from './submit-inspection.ts'

const KEY = { roomCodeKey: Buffer.alloc(32, 3) }
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
  // A unit two levels below the city.
  await office.database.pool.query(`
    insert into unit values ('C01-1', 9001);
    insert into unit_period (unit_code, name, parent_code, tier, peer_group, duty_mode, import_id, recorded_at)
      select 'C01-1', '某镇', 'C01', 'township', '乡镇组', 'room', import_id, now() from import_file limit 1;
    select rebuild_unit_closure()`)
})
afterAll(() => office?.database.close())

function kitOf(who: 'inspector' | 'clerk' | 'county', unitCodes: string[] = []) {
  return makeInspectionKit(office.as(who), { unitCodes }, { ...KEY, language: 'zh-CN' })
}

async function drawn(): Promise<string> {
  const key = await office.plan()
  const seed = {
    kind: 'public',
    what: '开奖号',
    digits: 10,
    where: '公告',
    publishedAt: '2026-11-20T10:00:00+08:00',
  } as const
  office.setNow(CHECKED_NOW)
  const { drawId } = await declareDraw(office.as('clerk'), { ...key, isLastOfQuarter: false, seed })
  await freezeDrawPool(office.as('inspector'), { drawId })
  office.setNow(CHECKED_NOW + 3_600_000)
  await enterDrawNumber(office.as('clerk'), { drawId, value: '0420193577' }, SEAL)
  return drawId
}

async function visitsOf(drawId: string): Promise<string[]> {
  const { certificate, pool } = await getDrawPage(office.as('leader'), { drawId })
  const parsed = parsePoolFile(new TextEncoder().encode(pool ?? ''))
  const file = parseCertificateFile(certificate ?? '')
  if (parsed.kind === 'bad' || file === null) throw new RangeError('a draw')
  return [...listVisits(parsed.value, file).keys()]
}

describe('the kit', () => {
  it('holds the visits of draws as they stand after substitutions, and nothing of a draw given up', async () => {
    const drawId = await drawn()
    const [out = ''] = await visitsOf(drawId)
    await substituteInDraw(office.as('clerk'), { drawId, outCode: out, reason: '道路中断' }, SEAL)
    const units = await visitsOf(drawId)
    expect(units).not.toContain(out)
    const kit = await kitOf('inspector')
    expect(kit.visits.map(({ unitCode }) => unitCode)).toEqual(units)
    expect(kit.visits.map(({ position }) => position)).toEqual(units.map((_, at) => at + 1))
    expect(kit.units.map(({ unitCode }) => unitCode).toSorted()).toEqual(units.toSorted())
    // A visit is of the draw's units alone; who was on the list before may have been visited meanwhile.
    const visited = documentOf({ purpose: 'drawn', drawId, unitCode: units[0] ?? '', reason: null })
    await submitInspection(office.as('inspector'), visited)
    await submitInspection(
      office.as('inspector'),
      documentOf({ purpose: 'drawn', drawId, unitCode: out, reason: null }),
    )
    const other = kit.others.find(({ unitCode }) => unitCode !== out && !units.includes(unitCode))?.unitCode ?? ''
    const foreign = documentOf({ purpose: 'drawn', drawId, unitCode: other, reason: null })
    await expect(submitInspection(office.as('inspector'), foreign)).rejects.toMatchObject({
      reason: 'inspection_not_drawn',
    })
    expect((await kitOf('inspector')).visits[0]).toMatchObject({ inspectionId: visited.inspectionId, isNight: true })
    await voidDraw(office.as('clerk'), { drawId, reason: '改日再抽' })
    expect((await kitOf('inspector')).visits).toEqual([])
  })

  it('gives numbers of units one level below alone, and puts down which', async () => {
    const kit = await kitOf('clerk', ['D05'])
    expect(kit.units.map(({ unitCode }) => unitCode)).toEqual(['D05'])
    for (const unitCode of ['J00', 'C01-1', 'X']) {
      await expect(kitOf('clerk', [unitCode])).rejects.toMatchObject({ reason: 'inspection_unit' })
    }
    const { rows } = await office.database.pool.query<{ text: string }>(
      `select text from audit_entry where action = 'inspection.kit' order by seq desc limit 1`,
    )
    expect(rows[0]?.text).toContain('"units":["D05"]')
    expect(Object.keys(kit.units[0]?.points ?? {}).length).toBeGreaterThan(0)
    expect(kit.limits.length).toBeGreaterThan(0)
  })

  it('shows for each five minutes the code that the duty room shows then', async () => {
    const room = (await kitOf('clerk')).others.find(({ dutyMode }) => dutyMode === 'room')?.unitCode ?? ''
    const kit = await kitOf('clerk', [room])
    const codes = kit.units[0]?.roomCodes ?? []
    expect(codes.length).toBe(168)
    expect(new Set(codes).size).toBeGreaterThan(150)
    const unit = { ...office.as('unit') }
    if (unit.actor.kind !== 'account') throw new RangeError('an account')
    const officer = { ...unit, actor: { ...unit.actor, unitCode: room } }
    await office.database.pool.query(`update account set unit_code = $1 where login_name = 'unit'`, [room])
    for (const minutes of [0, 7, 600]) {
      office.setNow(CHECKED_NOW + 3_600_000 + minutes * 60_000)
      expect((await getRoomCode(officer, KEY)).code).toBe(codes[Math.floor(minutes / 5)])
    }
    office.setNow(CHECKED_NOW + 3_600_000)
    const mobile = kit.others.find(({ dutyMode }) => dutyMode === 'phone')?.unitCode ?? ''
    await office.database.pool.query(`update account set unit_code = $1 where login_name = 'unit'`, [mobile])
    const nobody = getRoomCode({ ...unit, actor: { ...unit.actor, unitCode: mobile } }, KEY)
    await expect(nobody).rejects.toMatchObject({ reason: 'room_code_none' })
  })
})

describe('a list', () => {
  it('is continued by the next version, never overwritten, and known to the office alone', async () => {
    const [list] = BUILT_IN_CHECKLISTS
    if (list === undefined) throw new RangeError('a list')
    const { id, version, ...about } = list
    const content = {
      ...about,
      methods: [...about.methods],
      title: '本市问项',
      items: about.items.slice(0, 2),
    } as never
    expect(await saveChecklist(office.as('clerk'), { id, version, content })).toEqual({ id, version: 2 })
    const again = saveChecklist(office.as('inspector'), { id, version, content })
    await expect(again).rejects.toMatchObject({ reason: 'checklist_changed' })
    const lists = (await listChecklists(office.as('leader'))).filter((one) => one.id === id)
    expect(lists.map((one) => [one.version, one.isNewest, one.isBuiltIn])).toEqual([
      [2, true, false],
      [1, false, true],
    ])
    expect((await kitOf('clerk')).checklists.find((one) => one.id === id)?.title).toBe('本市问项')
    expect((await kitOf('county')).checklists.find((one) => one.id === id)?.version).toBe(1)
  })
})

describe('the office above', () => {
  it('has a sample checked again that follows from the list alone', async () => {
    const ids = ['c', 'a', 'b', 'd']
    expect(chooseSample('2026Q4', ids, 2)).toEqual(chooseSample('2026Q4', ids.toReversed(), 2))
    expect(chooseSample('2026Q4', ids, 9).toSorted()).toEqual(ids.toSorted())
    const [below] = (await kitOf('county')).others
    const made = withFault({ unitCode: below?.unitCode ?? '', inspectors: ['county'] })
    await submitInspection(office.as('county'), made)
    const input = { quarter: toQuarter('2026Q4'), size: 3, inspectors: ['inspector'], reason: '抽样复核' }
    const { orderIds } = await orderUpperSample(office.as('clerk'), input)
    expect(orderIds.length).toBe(1)
    const again = orderUpperSample(office.as('clerk'), input)
    await expect(again).rejects.toMatchObject({ reason: 'inspection_none_below' })
    const [orderId = ''] = orderIds
    await submitInspection(
      office.as('inspector'),
      withFault({ unitCode: made.unitCode, purpose: 'upper', orderId, reason: null, inspectors: ['inspector'] }),
    )
    expect(await listOrders(office.as('leader'))).toMatchObject([{ kind: 'upper', firstId: made.inspectionId }])
    // What the office above does again is not told below.
    expect(await listOrders(office.as('county'))).toEqual([])
  })
})
