import { randomUUID } from 'node:crypto'
import { toLocalIso, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { getReportDesk } from './get-report-desk.ts'
import { findReceipt } from './list-inbox.ts'
import { sendReport } from './send-report.ts'

const QUARTER = toQuarter('2026Q3')
const LEARNED = Date.parse('2026-09-30T10:00:00+08:00')
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
  await freezeQuarter(office.ctx, { quarter: QUARTER, programVersion: '0.0.0-test', supplement: null })
})
afterAll(() => office?.database.close())

it('a report that comes after its quarter was frozen is a supplement, and says so on its receipt', async () => {
  const officer = office.as('officer')
  expect((await getReportDesk(officer, { eventCode: null })).frozenQuarters).toEqual([QUARTER])
  const { receiptCode } = await sendReport(officer, {
    eventCode: null,
    clientKey: randomUUID(),
    document: {
      stage: 'first',
      category: 'accident',
      level: 'IV',
      occurredAt: toLocalIso(LEARNED),
      learnedAt: toLocalIso(LEARNED),
      clockSource: '',
      phonedAt: null,
      areaCode: null,
      place: '',
      deaths: null,
      injuries: null,
      missing: null,
      texts: {},
      recipients: '',
      signer: '某人',
      contact: '',
    },
  })
  expect((await findReceipt(officer, { receiptCode })).receipt.frozenQuarters).toEqual([QUARTER])
})
