import { randomUUID } from 'node:crypto'
import type { HandleLeadInput, LeadItem } from '@zhidu/contract'
import { DAY_MS, HOUR_MS, MINUTE_MS, toLocalIso } from '@zhidu/domain'
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
  ServiceError,
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
/** How many of the newest wait for somebody: of those with a likely event, and of the others. */
const LEFT_LIKELY = 3
const LEFT_OTHERS = 2
/** What is sure enough to be decided at a glance. */
const SURE = 0.5
const QUESTION = '据了解，近日你单位辖区可能发生突发事件。请核实是否发生、是否已上报；未上报的请说明原因。'
/** How those ended that no report fits, in turn. */
const ENDED = [
  { kind: 'accepted', note: '说明属实：同一起事件由上级单位统一上报，本单位不重复报送' },
  { kind: 'out_of_scope', note: '未达到报送标准，已转属地处置' },
  { kind: 'false_lead', note: '派员到场，未发现所称情况' },
  { kind: 'out_of_scope', note: '属日常管理事项，转主管部门办理' },
  { kind: 'accepted', note: '说明属实：现场系应急演练，事先已报备' },
] as const

type Decision = HandleLeadInput extends infer One
  ? One extends HandleLeadInput
    ? Omit<One, 'leadCode' | 'steps'>
    : never
  : never

/** Takes a step of an office at an instant; false = it is refused, since its event still runs. */
type Take = (lead: LeadItem, at: number, step: Decision, steps?: number) => Promise<boolean>

function isRefusal(error: unknown): boolean {
  return error instanceof ServiceError && error.code === 'conflict'
}

/** Places, informants, and leads in every state there is, by the services that pages use. The accounts must be there. */
export async function seedDemonstrationLeads(ctx: ServiceContext, askedCode = ASKED): Promise<void> {
  const clerk = { ...ctx, actor: await actorOf(ctx, 'clerk', '演示考核专责', 'clerk') }
  const now = ctx.clock()
  const take: Take = async ({ leadCode }, at, step, steps = 0) => {
    try {
      // Safe: each is one of the inputs without what is added here.
      await handleLead({ ...clerk, clock: () => Math.min(at, now) }, { ...step, leadCode, steps } as HandleLeadInput)
      return true
    } catch (error) {
      if (isRefusal(error)) return false
      throw error
    }
  }
  await saveLeadPlaces(clerk, {
    places: COUNTIES.flatMap((unitCode) =>
      TOWNS.map((name) => ({ placeId: null, version: 0, unitCode, name, aliases: [], isWithdrawn: false })),
    ),
  })
  const items = await listWaiting(clerk)
  const isSure = ({ proposed }: LeadItem): boolean => proposed !== null && proposed.probability >= SURE
  const likely = items.filter(isSure)
  for (const lead of likely.slice(LEFT_LIKELY)) {
    if (lead.proposed !== null)
      await take(lead, decidedAt(lead), { kind: 'matched', eventCode: lead.proposed.eventCode })
  }
  const others = items.filter((lead) => !isSure(lead))
  const [asked, explained, ignored, ...rest] = others.slice(LEFT_OTHERS)
  await endOld(ctx, rest, take)
  await askAbout([asked, explained, ignored], take, { askedCode, now })
  await explain(ctx, askedCode, '经核，当日确有此事，现场处置后未按规定上报，当班人员误认为不属报送范围。')
  await recordMore(clerk)
  await repeatOne(clerk, likely[LEFT_LIKELY], take)
  await seedInformants(ctx, clerk)
}

/** The morning after a lead was seen, and some minutes. */
function decidedAt({ leadCode, seenAt }: LeadItem): number {
  const day = Date.parse(`${seenAt.slice(0, 10)}T09:00:00+08:00`)
  const minutes = [...leadCode].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 60
  return day + DAY_MS + minutes * MINUTE_MS
}

/** All that wait, newest seen first. */
async function listWaiting(clerk: ServiceContext): Promise<LeadItem[]> {
  const items: LeadItem[] = []
  let cursor: string | null = null
  do {
    const page = await listLeads(clerk, { view: 'waiting', ...(cursor !== null && { cursor }) })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

/** One asked today, one that explains, and one whose days went by. */
async function askAbout(
  [asked, explained, ignored]: readonly (LeadItem | undefined)[],
  take: Take,
  { askedCode, now }: { readonly askedCode: string; readonly now: number },
): Promise<void> {
  for (const [lead, unitCode, at] of [
    [asked, asked?.unitCode ?? 'C03', now],
    [explained, askedCode, now],
    [ignored, ignored?.unitCode ?? 'C04', now - 9 * DAY_MS],
  ] as const) {
    if (lead !== undefined)
      await take(lead, at, {
        kind: 'inquired',
        unitCode,
        question: QUESTION,
        place: lead.place,
        toldAt: lead.occurredAt,
      })
  }
}

/** Ends those of past months that no report fits: out of scope, false, or asked about and explained. */
async function endOld(ctx: ServiceContext, rest: readonly LeadItem[], take: Take): Promise<void> {
  for (const [index, lead] of rest.entries()) {
    const end = ENDED[index % ENDED.length]
    const at = decidedAt(lead)
    if (end === undefined) continue
    if (end.kind !== 'accepted' || lead.unitCode === null) {
      const kind = end.kind === 'accepted' ? 'out_of_scope' : end.kind
      await take(lead, at, { kind, note: end.note })
      continue
    }
    const { occurredAt: toldAt, place, unitCode } = lead
    await take(lead, at, { kind: 'inquired', unitCode, question: QUESTION, place, toldAt })
    await explain(
      { ...ctx, clock: () => at + DAY_MS / 4 },
      unitCode,
      '已核实有关情况，具体说明如下：当日情况已按程序处理。',
    )
    await take(lead, at + DAY_MS, { kind: end.kind, note: end.note }, 1)
  }
}

async function explain(ctx: ServiceContext, unitCode: string, note: string): Promise<void> {
  const actor = { ...(await actorOf(ctx, 'unit-officer', '演示单位值班员', 'unit_officer')), unitCode }
  const officer = { ...ctx, actor }
  const open = (await listInquiries(officer)).items.find(({ isExplained, outcome }) => !isExplained && outcome === null)
  if (open === undefined) return
  await answerInquiry(officer, {
    inquiryId: open.inquiryId,
    steps: 0,
    kind: 'explained',
    note,
    eventCode: null,
    files: [],
  })
}

/** What somebody else tells of one that is decided, hours later. */
async function repeatOne(clerk: ServiceContext, of: LeadItem | undefined, take: Take): Promise<void> {
  if (of === undefined) return
  const { category, occurredAt, place, unitCode } = of
  const seenAt = Date.parse(of.seenAt) + 2 * HOUR_MS
  const lead = {
    source: 'hotline' as const,
    seenAt: toLocalIso(seenAt),
    occurredAt,
    place,
    unitCode,
    category,
    summary: `又有市民来电反映：${place ?? ''}同一情况，询问处置进展`,
    deaths: null,
    injuries: null,
    guid: null,
    link: null,
  }
  const { leadCodes } = await recordLeads(clerk, { channel: 'typed', title: null, leads: [lead] })
  const again = { ...of, leadCode: leadCodes[0] ?? '' }
  await take(again, clerk.clock(), { kind: 'duplicate', ofLead: of.leadCode, note: null })
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
