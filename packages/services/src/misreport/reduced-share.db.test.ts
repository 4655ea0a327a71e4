import { addRegulation } from '@zhidu/db'
import { type Deduction, SAMPLE_REGULATION, toLocalIso, toPlainDate, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeductionsNow } from '../appeal/load-appeal.ts'
import type { ServiceContext } from '../context.ts'
import { exportKind } from '../export/export-kind.ts'
import { checkQuarter } from '../quarter/check-quarter.ts'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { withSnapshot } from '../snapshot.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { answerMisreport } from './answer-misreport.ts'
import { handleMisreport } from './handle-misreport.ts'
import { openMisreport } from './open-misreport.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-09-22T09:00:00+08:00')
const QUARTER = toQuarter('2026Q3')
const AFTER = Date.parse('2026-10-05T09:00:00+08:00')
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
  const honestCorrection = { clause: SAMPLE_REGULATION.clauses[0]?.id ?? '', withinHours: 24, sharePercent: 50 }
  const effectiveFrom = toPlainDate('2026-07-01')
  await addRegulation(office.database.db, { ...SAMPLE_REGULATION, version: '2026-50', effectiveFrom, honestCorrection })
})
afterAll(() => office?.database.close())

function as(person: Person): ServiceContext {
  return { ...office.as(person), clock: () => NOW }
}
const after = (): ServiceContext => ({ ...office.ctx, clock: () => AFTER })

/** Told to the unit, and explained. */
async function heard(kind: 'omitted' | 'false'): Promise<{ caseId: string; caseCode: string }> {
  const opened = await openMisreport(as('clerk'), {
    unitCode: 'D01',
    kind,
    eventCode: null,
    source: 'media',
    superiorAt: toLocalIso(NOW - DAY),
    note: '晚报记者来电核实，单位未报',
    figures: null,
  })
  const { caseId } = opened
  await handleMisreport(as('clerk'), { caseId, steps: 1, kind: 'notified' })
  await answerMisreport(as('officer'), { caseId, steps: 2, kind: 'explained', note: '已自行更正', files: [] })
  return opened
}

async function deductionOf(caseCode: string): Promise<Deduction | undefined> {
  const all = await withSnapshot(after(), toPlainDate('2026-09-30'), (db) =>
    listDeductionsNow(db, after(), { unitCode: 'D01', quarter: QUARTER }),
  )
  return all.find(({ ref }) => ref === caseCode)
}

describe('a misreport that the unit put right itself', () => {
  it('costs the share that the rules leave, in the score, the frozen quarter and the export', async () => {
    const [whole, reduced] = [await heard('omitted'), await heard('omitted')]
    const decision = { steps: 3, kind: 'confirmed', as: 'omitted', note: '经核查属实' } as const
    await handleMisreport(as('approver'), { ...decision, caseId: whole.caseId, isReduced: false })
    await handleMisreport(as('approver'), { ...decision, caseId: reduced.caseId, isReduced: true })

    const points = (await deductionOf(whole.caseCode))?.points ?? 0
    expect(points).toBeGreaterThan(0)
    expect((await deductionOf(reduced.caseCode))?.points).toBe(points / 2)

    const program = { programVersion: '0.0.0-test' }
    const report = await freezeQuarter(after(), { quarter: QUARTER, supplement: null, ...program })
    const verified = await checkQuarter(after(), { quarter: QUARTER, recomputes: true })
    expect(verified).toMatchObject({ equal: true, manifestSha256: report.manifestSha256 })

    const { body } = await exportKind(after(), { kind: 'misreports', quarter: QUARTER, format: 'csv' })
    const lines = (await new Response(body).text()).split('\r\n')
    expect(lines.filter((line) => line.includes(whole.caseCode) || line.includes(reduced.caseCode))).toHaveLength(2)
  }, 60_000)
})

describe('the database', () => {
  it('takes no second signature from who decided, nor from who opened', async () => {
    const { caseId } = await heard('false')
    const decision = { steps: 3, kind: 'confirmed', as: 'false', isReduced: false, note: '经核查属实' } as const
    await handleMisreport(as('approver'), { ...decision, caseId })
    const sign = (of: 'confirmed' | 'opened' | null) =>
      office.database.pool.query(
        `insert into misreport_step select case_id, 4, unit_code, office_code, 'countersigned', at, by_name,
           ${of === null ? 'gen_random_uuid()' : 'by_id'}, null, null, null, '{}', null, null, null, false
         from misreport_step where case_id = $1 and kind = $2`,
        [caseId, of ?? 'confirmed'],
      )
    await expect(sign('confirmed')).rejects.toThrow('nobody signs twice')
    await expect(sign('opened')).rejects.toThrow('nobody signs twice')
    await sign(null)
  })
})
