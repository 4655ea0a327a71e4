import { addDays, localDateOf, quarterOf, quarterRange, type Role, shiftQuarter, startOfLocalDay } from '@zhidu/domain'
import {
  answerDecision,
  createMeeting,
  draftMinutes,
  getMeeting,
  recordDecision,
  type ServiceContext,
  signMinutes,
  submitMinutes,
  verifyDecision,
} from '@zhidu/services'
import { actorOf } from './check-parts.ts'

const HOUR_MS = 3_600_000
/** What is still to be done, and what was done; units by their code. */
const OPEN = { unitCode: 'D03', what: '修订值班室交接班制度，明确夜间双人核对', indicator: 'checks' } as const
const DONE = { unitCode: 'D05', what: '书面首报由带班领导限时审签', indicator: 'timeliness' } as const
const BOUND = { owner: '分管负责人', report: '书面报告' }

/**
 * An exchange meeting of the quarter before last, drafted while it ran: its minutes are signed, one decision is closed, one was returned
 * and still runs. The accounts of the demonstration must be there.
 */
export async function seedDemonstrationMeeting(ctx: ServiceContext): Promise<void> {
  const quarter = shiftQuarter(quarterOf(ctx.clock()), -2)
  const { lastOn } = quarterRange(quarter)
  const meeting = startOfLocalDay(addDays(lastOn, -5)) + 15 * HOUR_MS
  const today = localDateOf(ctx.clock())
  const as = async (days: number, loginName: string, displayName: string, role: Role, unitCode?: string) => {
    const actor = await actorOf(ctx, loginName, displayName, role)
    const clock = (): number => meeting + days * 24 * HOUR_MS
    return { ...ctx, clock, actor: unitCode === undefined ? actor : { ...actor, unitCode } }
  }
  const clerk = await as(0, 'clerk', '演示考核专责', 'clerk')
  const title = '值班工作座谈会'
  const { meetingId } = await createMeeting(clerk, { quarter, title })
  for (const [decision, lastDay] of [
    [OPEN, addDays(lastOn, 45)],
    [DONE, addDays(lastOn, 30)],
  ] as const) {
    await recordDecision(clerk, { meetingId, ...decision, ...BOUND, lastDay })
  }
  const { revision } = await draftMinutes(clerk, { meetingId })
  await submitMinutes(clerk, { meetingId, revision })
  await signMinutes(await as(1, 'approver', '演示审定人', 'approver'), { meetingId, revision })
  const { decisions } = await getMeeting(clerk, { meetingId })
  for (const { decisionId, unitCode } of decisions) {
    const unit = (days: number) => as(days, 'unit-officer', '演示单位值班员', 'unit_officer', unitCode)
    const verifier = await as(26, 'inspector', '演示督查员', 'inspector')
    await answerDecision(await unit(2), { decisionId, steps: 0, kind: 'received' })
    const note = '已印发制度，附件另报'
    await answerDecision(await unit(24), { decisionId, steps: 1, kind: 'reported', note, files: [] })
    await verifyDecision(
      verifier,
      unitCode === OPEN.unitCode
        ? { decisionId, steps: 2, kind: 'returned', note: '缺夜间登记样张，请补报', lastDay: addDays(today, 45) }
        : { decisionId, steps: 2, kind: 'closed', note: '抽查登记属实' },
    )
  }
}
