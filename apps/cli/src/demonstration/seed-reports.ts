import { randomUUID } from 'node:crypto'
import type { ReportDocument, TakeCallInput } from '@zhidu/contract'
import { HOUR_MS, MINUTE_MS, type Role, toLocalIso } from '@zhidu/domain'
import { correctReport, keepReportDraft, sendReport, type ServiceContext, signReport, takeCall } from '@zhidu/services'
import { actorOf } from './check-parts.ts'
import { BUREAU } from './demonstration-accounts.ts'

/** Units that report besides the one whose officer has an account. */
const OTHERS = ['D03', 'D05'] as const
const PEOPLE = { signer: '某局分管负责人', recipients: '市政府总值班室', contact: '值班员 0199-0000000' }

function documentOf(learned: number, change: Partial<ReportDocument>): ReportDocument {
  return {
    stage: 'first',
    category: 'accident',
    level: 'III',
    occurredAt: toLocalIso(learned - 8 * MINUTE_MS),
    learnedAt: toLocalIso(learned),
    clockSource: '现场人员电话报告',
    phonedAt: null,
    areaCode: null,
    place: '',
    deaths: null,
    injuries: null,
    missing: null,
    texts: {},
    ...PEOPLE,
    ...change,
  }
}

function callOf(unitCode: string, learned: number, change: Partial<TakeCallInput>): TakeCallInput {
  return {
    recordId: randomUUID(),
    unitCode,
    eventCode: null,
    beganAt: null,
    earlierReason: null,
    callerName: '某值班员',
    callerPost: '值班员',
    callerPhone: '15400000000',
    category: 'accident',
    level: 'III',
    occurredAt: toLocalIso(learned - 8 * MINUTE_MS),
    learnedAt: toLocalIso(learned),
    place: '',
    course: '',
    toldTo: '局分管负责人',
    handling: null,
    ...change,
  }
}

const FIRE = {
  place: '东浦街道某厂房',
  texts: { source: '厂区值守人员', process: '二层堆料起火，浓烟较大', response: '消防两个站到场，局领导已到现场' },
}

/**
 * What a day of reporting leaves: an event in three stages with a call, a claim that waits for an answer, a correction, a call that no
 * report followed yet, and a draft. Through the same services as anybody's. The accounts of the demonstration must be there.
 */
export async function seedDemonstrationReports(ctx: ServiceContext): Promise<void> {
  const now = ctx.clock()
  const as = async (at: number, loginName: string, displayName: string, role: Role, unitCode?: string) => {
    const actor = await actorOf(ctx, loginName, displayName, role)
    return { ...ctx, clock: () => at, actor: unitCode === undefined ? actor : { ...actor, unitCode } }
  }
  const office = (at: number) => as(at, 'inspector', '演示督查员', 'inspector')
  const own = BUREAU
  const officer = (at: number, unitCode: string = own) =>
    as(at, 'unit-officer', '演示单位值班员', 'unit_officer', unitCode)
  const send = async (at: number, document: ReportDocument, eventCode: string | null, unitCode?: string) =>
    sendReport(await officer(at, unitCode), { eventCode, clientKey: randomUUID(), document })

  // In order of time: an event is numbered when it is first heard of.
  const fire = now - 5 * HOUR_MS
  const told = { ...callOf(own, fire, { place: FIRE.place, course: '厂房起火，消防到场，暂无伤亡' }) }
  const { eventCode } = await takeCall(await office(fire + 4 * MINUTE_MS), told)
  const first = await send(fire + 41 * MINUTE_MS, documentOf(fire, { ...FIRE, areaCode: own }), eventCode)
  await signReport(await office(fire + 50 * MINUTE_MS), { contentId: first.contentId, claim: null, note: null })
  const more = { trend: '明火已扑灭', scope: '厂房一栋，约 400 平方米', cause: '正在核查' }
  await send(
    fire + 3 * HOUR_MS,
    documentOf(fire, { ...FIRE, stage: 'follow_up', areaCode: own, deaths: 0, injuries: 1, texts: more }),
    eventCode,
  )

  const claim = now - 4 * HOUR_MS
  const [claiming, ending] = OTHERS
  const crash = { place: '国道某路段', level: 'II' as const, deaths: 0, injuries: 6, areaCode: claiming }
  await send(
    claim + 20 * MINUTE_MS,
    documentOf(claim, {
      ...crash,
      phonedAt: toLocalIso(claim + 5 * MINUTE_MS),
      texts: { source: '交警部门', process: '客货车相撞', cause: '初步判断为追尾', next_steps: '清障，转运伤员' },
    }),
    null,
    claiming,
  )

  const flood = now - 3 * HOUR_MS
  const words = {
    category: 'natural_disaster' as const,
    level: 'IV' as const,
    place: '河口街道低洼处',
    areaCode: ending,
  }
  const sent = await send(
    flood + 25 * MINUTE_MS,
    documentOf(flood, { ...words, deaths: 0, injuries: 0, texts: { source: '社区信息员', process: '积水约 30 厘米' } }),
    null,
    ending,
  )
  await correctReport(await officer(flood + 60 * MINUTE_MS, ending), {
    contentId: sent.contentId,
    clientKey: randomUUID(),
    reason: '水深经现场核实',
    document: documentOf(flood, {
      ...words,
      deaths: 0,
      injuries: 0,
      texts: { source: '社区信息员', process: '积水约 50 厘米', scope: '两个居民小区' },
    }),
  })
  await send(
    flood + 2 * HOUR_MS,
    documentOf(flood, {
      ...words,
      stage: 'final',
      deaths: 0,
      injuries: 0,
      texts: { response: '积水已排完，交通恢复' },
    }),
    sent.eventCode,
    ending,
  )

  const leak = now - 25 * MINUTE_MS
  const heard = { place: '石桥镇供水管线', course: '主管爆裂，约千户停水，抢修人员已出发', level: 'IV' as const }
  const taken = await takeCall(await office(leak + 6 * MINUTE_MS), callOf(own, leak, heard))
  const draft = { ...documentOf(leak, { level: 'IV', areaCode: own, place: heard.place }), signer: '' }
  const local = (instant: string): string => instant.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)
  await keepReportDraft(await officer(now), {
    draftKey: taken.eventCode,
    seen: 0,
    document: JSON.stringify({
      ...draft,
      occurredAt: local(draft.occurredAt),
      learnedAt: local(draft.learnedAt),
      phonedAt: '',
      deaths: '',
      injuries: '',
      missing: '',
      texts: { source: '供水公司调度' },
    }),
  })
}
