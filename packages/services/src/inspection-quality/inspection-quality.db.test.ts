import type { InspectionDocument } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideFinding } from '../inspection/decide-finding.ts'
import { orderSecond, orderUpperSample } from '../inspection/orders.ts'
import { submitInspection } from '../inspection/submit-inspection.ts'
import { createDrawOffice, DOCUMENT, type DrawOffice } from '../testing/draw-office.ts'
import { hearUnit } from '../testing/hear-unit.ts'
import { CHECKED_NOW, documentOf, withFault } from '../testing/inspection-document.ts'
import { getInspectionQuality } from './get-inspection-quality.ts'

const QUARTER = toQuarter('2026Q4')
const DOCUMENT_RULES = { everyUnitWithinQuarters: null, mostPerMonth: 2, mostNightPerQuarter: 2 }
const ASKED = { quarter: QUARTER, quarters: 1 } as const
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
  await office.plan(DOCUMENT)
  // The first unit two levels below the city.
  await office.database.pool.query(`
    insert into unit values ('C01-1', 9001);
    insert into unit_period (unit_code, name, parent_code, tier, peer_group, duty_mode, import_id, recorded_at)
      select 'C01-1', '某镇', 'C01', 'township', '乡镇组', 'room', import_id, now() from import_file limit 1;
    select rebuild_unit_closure()`)
})
afterAll(() => office?.database.close())

const read = (person: 'leader' | 'clerk' | 'county' | 'unit' = 'leader') =>
  getInspectionQuality(office.as(person), ASKED)
/** So many minutes before the present, by a clock that is right. */
const before = (minutes: number): Pick<InspectionDocument, 'start'> => ({
  start: { session: 's', monotonicMs: 3_605_000 - minutes * 60_000, wallMs: CHECKED_NOW - minutes * 60_000 },
})

describe('quality of inspection', () => {
  it('has a row for every unit below and every inspector of the plans, by what is on record alone', async () => {
    const { agreement, coverage, leniency, load, mayOrder, upper } = await read()
    const { rows } = await office.database.pool.query<{ unitCode: string; count: number }>(
      `select unit_code as "unitCode", count(*)::int as count from check_record
       where replaced_at is null and checked_at >= '2026-10-01T00:00:00+08:00' group by 1`,
    )
    const onRecord = new Map(rows.map(({ count, unitCode }) => [unitCode, count]))
    expect(coverage.rows.length).toBeGreaterThan(20)
    expect(coverage.rows.map(({ byKind }) => byKind.counted)).toEqual(
      coverage.rows.map(({ unitCode }) => onRecord.get(unitCode) ?? 0),
    )
    expect(coverage.rows.every(({ measured, minutes }) => measured === 0 && minutes === 0)).toBe(true)
    expect(load.rows.filter(({ checks }) => checks === 0).map(({ inspector }) => inspector.name)).toEqual([
      '丙',
      '乙',
      '甲',
    ])
    expect([agreement.pairs, agreement.items, leniency.byChance.part, upper, mayOrder]).toEqual([0, [], 0, [], false])
    expect((await read('clerk')).mayOrder).toBe(true)
  })

  it('tells counted, open and second checks apart, and compares a pair by item and finding', async () => {
    const unitOf = ({ coverage }: Awaited<ReturnType<typeof read>>) =>
      coverage.rows.find(({ unitCode }) => unitCode === 'D01')
    const start = await read()
    const counted = unitOf(start)?.byKind.counted ?? 0
    const phone = unitOf(start)?.byMethod.phone ?? 0
    const first = withFault({ ...before(60), elapsedMs: 120_000 })
    await submitInspection(office.as('inspector'), first)
    const order = { inspectionId: first.inspectionId, inspectors: ['clerk'], reason: '盲复核' }
    const { orderId } = await orderSecond(office.as('clerk'), order)

    // Who is to make it again learns nothing of the first, not even by a count.
    const blind = await read('clerk')
    expect([blind.hidden, unitOf(blind)?.visits]).toEqual([1, counted])
    const open = await read()
    expect([open.hidden, open.agreement.open, open.agreement.pairs]).toEqual([0, 1, 0])
    expect(unitOf(open)).toMatchObject({ byKind: { counted, open: 1, second: 0 }, minutes: 2, within: null })

    const second = documentOf({
      ...before(40),
      purpose: 'second',
      orderId,
      reason: null,
      inspectors: ['clerk'],
      answers: [
        { item: 'log', answer: 'no', note: null, files: [] },
        { item: 'limits', answer: 'yes', note: null, files: [] },
      ],
    })
    await submitInspection(office.as('clerk'), second)
    await hearUnit(office, first.inspectionId)
    for (const finding of ['unfamiliar', 'log_missing'] as const) {
      const decision = { inspectionId: first.inspectionId, finding, outcome: 'confirmed', reason: '核对无误' } as const
      await decideFinding(office.as('approver'), decision)
    }
    const done = await read()
    const { agreement, leniency, load } = done
    expect(agreement).toMatchObject({ pairs: 1, open: 0, withinWindow: { part: 1, whole: 1 } })
    expect(agreement.items.map(({ agreed, pairs, text, word }) => [text, agreed, pairs, word])).toEqual([
      ['说得出首报时限', 0, 1, 'few'],
      ['当班日志已记', 1, 1, 'few'],
    ])
    expect(agreement.findings.map(({ counts, finding }) => [finding, counts.bothYes, counts.firstOnly])).toEqual([
      ['absent', 0, 0],
      ['no_answer', 0, 0],
      ['invalid_number', 0, 0],
      ['unfamiliar', 0, 1],
      ['log_missing', 1, 0],
    ])
    expect(unitOf(done)).toMatchObject({
      byKind: { counted: counted + 1, open: 0, second: 1 },
      byMethod: { phone: phone + 1 },
      rules: DOCUMENT_RULES,
      daysSinceLast: 0,
      minutes: 3,
    })
    // Counted once, though it is on record as a check and as a telephone's document.
    const { checks, found } = start.leniency
    expect(leniency).toMatchObject({ checks: checks + 1, found: found + 1, byChance: { part: 0, whole: checks + 1 } })
    const loadOf = (name: string) => load.rows.find(({ inspector }) => inspector.name === name)?.checks
    expect(['i***', '乙', 'c***', '丙'].map(loadOf)).toEqual([1, 1, 1, 0])
    expect((await read('clerk')).load.rows.find(({ inspector }) => inspector.isMe)?.checks).toBe(1)
  })

  it('counts what is on record without a telephone, over the window asked about', async () => {
    const asked = { quarter: toQuarter('2026Q4'), quarters: 4 } as const
    const { coverage, leniency, since } = await getInspectionQuality(office.as('leader'), asked)
    const { rows } = await office.database.pool.query<{ count: number }>(
      // A unit that was closed that day is in no stratum, nor is a check that names nobody.
      `select count(*)::int as count from check_record c where replaced_at is null and cardinality(inspectors) > 0
       and checked_at between '2026-01-01T00:00:00+08:00' and $1 and unit_code = any ($2::text[])
       and exists (select from unit_period p where p.unit_code = c.unit_code and p.replaced_at is null
         and coalesce(p.valid_from, '-infinity') <= (checked_at at time zone interval '8 hours')::date
         and coalesce(p.valid_to, 'infinity') > (checked_at at time zone interval '8 hours')::date)`,
      [new Date(CHECKED_NOW), coverage.rows.map(({ unitCode }) => unitCode)],
    )
    expect(since).toBe('2026Q1')
    expect(leniency.checks).toBe(rows[0]?.count)
    expect(leniency.tested).toBe(2)
    const people = leniency.rows.filter(({ checks }) => checks > 5).map(({ inspector }) => inspector)
    expect(people).toEqual(['张*', '李*'].map((name) => ({ name, number: null, isMe: false })))
  })

  it('is the office below that is compared with what the one above found, and told to neither below', async () => {
    const county = await read('county')
    const below = county.coverage.rows[0]?.unitCode ?? ''
    await submitInspection(office.as('county'), documentOf({ ...before(55), unitCode: below, inspectors: ['county'] }))
    const sample = { quarter: QUARTER, size: 3, inspectors: ['inspector'], reason: '抽样复核' }
    const { orderIds } = await orderUpperSample(office.as('clerk'), sample)
    expect((await read()).upper).toMatchObject([{ officeCode: 'C01', pairs: 0, open: 1 }])
    const upper = { purpose: 'upper' as const, orderId: orderIds[0] ?? '', reason: null, inspectors: ['inspector'] }
    await submitInspection(office.as('inspector'), withFault({ ...before(20), ...upper, unitCode: below }))
    expect((await read()).upper).toMatchObject([
      { officeCode: 'C01', pairs: 1, open: 0, medianDays: 0, missed: { part: 1, whole: 1 }, result: { agreed: 0 } },
    ])
    expect((await read('county')).upper).toEqual([])
    // Its own checks are the county's, not the city's.
    expect((await read('county')).load.rows.map(({ checks }) => checks)).toEqual([1])
    expect((await read('unit')).coverage.rows).toEqual([])
  })
})
