import { randomUUID } from 'node:crypto'
import type { HandleLeadInput, LeadItem } from '@zhidu/contract'
import { DAY_MS, toLocalIso } from '@zhidu/domain'
import {
  answerInquiry,
  giveLink,
  handleLead,
  listInquiries,
  listLeads,
  recordLeads,
  saveInformant,
  saveLeadPlaces,
  sendMessage,
  type ServiceContext,
} from '@zhidu/services'
import { actorOf } from './check-parts.ts'

const TOWNS = ['青石镇', '河口街道', '松岗镇', '东浦街道', '白沙镇', '石桥镇', '南塘街道', '云溪镇', '渡头镇', '新圩镇']
const COUNTIES = ['C01', 'C02', 'C03', 'C04', 'C05']
/** Invented people and numbers. */
const INFORMANTS = [
  { name: '陈阿水', village: '棠海市渡头镇上湾村', areaCode: 'C03', phone: '15400000031' },
  { name: '林小满', village: '岭北县云溪镇坪头村', areaCode: 'C04', phone: '15400000032' },
  { name: '何大山', village: '安东区青石镇石口村', areaCode: 'C01', phone: '15400000033' },
] as const
/** The unit of the demonstration's unit officer. */
const ASKED = 'D02'
const MOST_MATCHED = 6

type Decision = HandleLeadInput extends infer One
  ? One extends HandleLeadInput
    ? Omit<One, 'leadCode' | 'steps'>
    : never
  : never

/** Places, informants, and leads in every state there is, by the services that pages use. The accounts must be there. */
export async function seedDemonstrationLeads(ctx: ServiceContext, askedCode = ASKED): Promise<void> {
  const clerk = { ...ctx, actor: await actorOf(ctx, 'clerk', '演示考核专责', 'clerk') }
  const take = (leadCode: string, step: Decision, steps = 0) =>
    // Safe: each is one of the inputs without what is added here.
    handleLead(clerk, { ...step, leadCode, steps } as HandleLeadInput)
  await saveLeadPlaces(clerk, {
    places: COUNTIES.flatMap((unitCode) =>
      TOWNS.map((name) => ({ placeId: null, version: 0, unitCode, name, aliases: [], isWithdrawn: false })),
    ),
  })
  const { items } = await listLeads(clerk, { view: 'waiting' })
  const likely = items.filter(({ proposed }) => proposed !== null && proposed.probability > 0.8)
  for (const { leadCode, proposed } of likely.slice(2, 2 + MOST_MATCHED)) {
    // What still runs is left to be decided.
    if (proposed !== null)
      await take(leadCode, { kind: 'matched', eventCode: proposed.eventCode }).catch(() => undefined)
  }
  await decideRest(
    items.filter(({ proposed }) => proposed === null),
    take,
    askedCode,
  )
  await explainOne(ctx, askedCode)
  await recordMore(clerk)
  await seedInformants(ctx, clerk)
}

async function decideRest(
  rest: readonly LeadItem[],
  take: (leadCode: string, step: Decision) => Promise<void>,
  askedCode: string,
): Promise<void> {
  const question = '据了解，近日你单位辖区可能发生突发事件。请核实是否发生、是否已上报；未上报的请说明原因。'
  const [asked, explained, ignored, outside, unfounded, again, first] = rest
  for (const [lead, unitCode] of [
    [asked, 'C03'],
    [explained, askedCode],
    [ignored, 'C04'],
  ] as const) {
    if (lead !== undefined)
      await take(lead.leadCode, { kind: 'inquired', unitCode, question, place: lead.place, toldAt: lead.occurredAt })
  }
  if (outside !== undefined) await take(outside.leadCode, { kind: 'out_of_scope', note: '未达到报送标准' })
  if (unfounded !== undefined) await take(unfounded.leadCode, { kind: 'false_lead', note: '派员到场，未发现所称情况' })
  if (again !== undefined && first !== undefined) {
    await take(again.leadCode, { kind: 'duplicate', ofLead: first.leadCode, note: null })
  }
}

async function explainOne(ctx: ServiceContext, unitCode: string): Promise<void> {
  const actor = { ...(await actorOf(ctx, 'unit-officer', '演示单位值班员', 'unit_officer')), unitCode }
  const officer = { ...ctx, actor }
  const [open] = (await listInquiries(officer)).items
  if (open === undefined) return
  const note = '经核，当日确有此事，现场处置后未按规定上报，当班人员误认为不属报送范围。'
  await answerInquiry(officer, {
    inquiryId: open.inquiryId,
    steps: 0,
    kind: 'explained',
    note,
    eventCode: null,
    files: [],
  })
}

/** One that says neither where nor when, and one of a feed. */
async function recordMore(clerk: ServiceContext): Promise<void> {
  const nothing = {
    occurredAt: null,
    place: null,
    unitCode: null,
    category: null,
    deaths: null,
    injuries: null,
    seenAt: null,
  }
  const said = {
    ...nothing,
    source: 'hotline' as const,
    summary: '市民来电称看到浓烟，未说地点即挂断',
    guid: null,
    link: null,
  }
  await recordLeads(clerk, { channel: 'typed', title: null, leads: [said] })
  const item = {
    ...nothing,
    source: 'website' as const,
    summary: '东浦街道一市场夜间起火，商户自发扑救',
    place: '东浦街道',
    guid: 'demo-1',
    link: 'https://news.example/demo-1',
  }
  await recordLeads(clerk, { channel: 'feed', title: '岭安在线（示例）', leads: [item] })
}

async function seedInformants(ctx: ServiceContext, clerk: ServiceContext): Promise<void> {
  for (const [index, one] of INFORMANTS.entries()) {
    const { informantId } = await saveInformant(clerk, { informantId: null, steps: 0, ...one })
    if (index > 1) continue
    const { secret } = await giveLink(clerk, { informantId, steps: 1, days: 180 })
    if (index > 0) continue
    const sender = { ...ctx, actor: { kind: 'anonymous' as const, address: '127.0.0.1' } }
    const occurredAt = toLocalIso(ctx.clock() - DAY_MS / 12)
    const what = '上湾村口山坡塌下来一片，路堵了，没看到人受伤'
    await sendMessage(sender, {
      secret,
      messageId: randomUUID(),
      what,
      place: '上湾村口',
      occurredAt,
      deaths: 0,
      injuries: 0,
      photo: null,
    })
  }
}
