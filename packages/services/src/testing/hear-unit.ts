import { answerCase } from '../supervision-case/answer-case.ts'
import { listCases } from '../supervision-case/list-cases.ts'
import { notifyCases } from '../supervision-case/notify-cases.ts'
import type { DrawOffice } from './draw-office.ts'

/** Tells D01 of what a check found there, and lets it explain. */
export async function hearUnit(office: DrawOffice, inspectionId: string): Promise<void> {
  await notifyCases(office.as('approver'), { inspectionIds: [inspectionId] })
  const { items } = await listCases(office.as('leader'), { view: 'all' })
  for (const { caseId } of items.filter((one) => one.inspectionId === inspectionId)) {
    await answerCase(office.as('officer'), { caseId, steps: 1, kind: 'explained', note: '当晚漏记', files: [] })
  }
}
