import { createHash } from 'node:crypto'
import type { InspectionDocument, InspectionKit } from '@zhidu/contract'
import {
  decideFinding,
  makeInspectionKit,
  notifyCases,
  orderSecond,
  receiveFilePart,
  type ServiceContext,
  submitInspection,
} from '@zhidu/services'
import { actorOf, answersOf, callOf, documentOf, type KitUnit, OTHERS, PHONE_ITEMS, REACHED } from './check-parts.ts'
import { makeLogPicture } from './log-picture.ts'
import { PAIRS, seedPairs } from './seed-pairs.ts'

function readBackOf(text: string, opinion: 'agrees' | 'objects', objection: string | null, atMs: number) {
  return { text, opinion, objection, person: '值班员', post: '科员', atMs }
}

/** Called as often, and as far apart, as the rules want, and nobody answered. */
function unanswered(
  unit: KitUnit,
  { attempts, callBackSeconds, spacingSeconds }: InspectionKit['phone'],
  busy: boolean,
) {
  const [ringMs, rings] = busy ? ([3_000, null] as const) : ([38_000, 9] as const)
  const outcome = busy ? ('busy' as const) : ('no_answer' as const)
  const step = spacingSeconds * 1_000 + ringMs + 5_000
  const calls = Array.from({ length: attempts }, (_, n) =>
    callOf(unit, 0, { dialledMs: n * step, ringMs, rings, outcome }),
  )
  const last = attempts * step
  const other = unit.lines.length > 1 ? [callOf(unit, 1, { dialledMs: last, ringMs, rings, outcome })] : []
  return { attempts: [...calls, ...other], elapsedMs: last + ringMs + (busy ? 0 : callBackSeconds * 1_000) + 20_000 }
}

/**
 * A night that was checked, in every standing there is: through the same services as a phone’s checks, in the present quarter alone.
 * The accounts of the demonstration must be there.
 */
export async function seedDemonstrationChecks(ctx: ServiceContext): Promise<void> {
  const inspector = { ...ctx, actor: await actorOf(ctx, 'inspector', '演示督查员', 'inspector') }
  const clerk = { ...ctx, actor: await actorOf(ctx, 'clerk', '演示考核专责', 'clerk') }
  const now = ctx.clock()
  const about = { roomCodeKey: new Uint8Array(32), language: 'zh-CN' } as const
  const { others } = await makeInspectionKit(inspector, { unitCodes: [] }, about)
  const codesOf = (mode: string) => others.filter(({ dutyMode }) => dutyMode === mode).map(({ unitCode }) => unitCode)
  const chosen = [...codesOf('room').slice(0, 8), ...codesOf('phone').slice(0, 1)]
  const kit = await makeInspectionKit(inspector, { unitCodes: chosen }, about)
  const isOpen = ({ lines }: KitUnit) => lines.every(({ forwardingUntil }) => forwardingUntil === null)
  const [passing, forwarding, wanting, engaged, visited] = kit.units.filter(
    (unit) => unit.dutyMode === 'room' && isOpen(unit),
  )
  const mobile = kit.units.find(({ dutyMode }) => dutyMode === 'phone')
  if (passing === undefined || forwarding === undefined || wanting === undefined) return
  if (engaged === undefined || visited === undefined || mobile === undefined) return
  const make = (change: Parameters<typeof documentOf>[2]) => documentOf(now, inspector.actor.displayName, change)
  const send = async (document: InspectionDocument) => await submitInspection(inspector, document)

  await send(
    make({
      unitCode: passing.unitCode,
      minutesAgo: 55,
      elapsedMs: 74_000,
      attempts: [callOf(passing, 0, REACHED)],
      answers: answersOf([], PHONE_ITEMS),
      readBack: readBackOf('没有发现问题', 'agrees', null, 70_000),
    }),
  )
  await send(
    make({
      unitCode: forwarding.unitCode,
      minutesAgo: 48,
      elapsedMs: 165_000,
      attempts: [callOf(forwarding, 0, { ...REACHED, ringMs: 16_000, rings: 4 })],
      signals: [
        { signal: 'second_line', reading: 'points_to', note: '座机通话时拨值班员手机，占线' },
        { signal: 'room_code', reading: 'points_to', note: '报的口令是上一时段的' },
        { signal: 'sound', reading: 'unclear', note: null },
      ],
      answers: answersOf(['room_code'], PHONE_ITEMS),
      readBack: readBackOf('疑似呼叫转移：占线、口令不符', 'objects', '值班员称口令屏刚黑屏', 150_000),
    }),
  )
  const found = make({
    unitCode: wanting.unitCode,
    minutesAgo: 41,
    elapsedMs: 96_000,
    attempts: [callOf(wanting, 0, REACHED)],
    answers: answersOf(['log', 'limits'], PHONE_ITEMS),
    readBack: readBackOf('日志缺四小时；首报时限答错', 'agrees', null, 90_000),
  })
  await send(found)
  const { inspectionId } = found
  await notifyCases(clerk, { inspectionIds: [inspectionId] })
  await decideFinding(clerk, {
    inspectionId,
    finding: 'unfamiliar',
    outcome: 'dismissed',
    reason: '新到岗培训期内，只提醒',
  })
  await send(make({ unitCode: mobile.unitCode, minutesAgo: 34, ...unanswered(mobile, kit.phone, false) }))
  await send(make({ unitCode: engaged.unitCode, minutesAgo: 30, ...unanswered(engaged, kit.phone, true) }))
  await visit(inspector, clerk, make, visited)
  await seedPairs(ctx, { inspector, clerk, codes: codesOf('room').slice(8, 8 + PAIRS) })
}

/** One on the spot, with a picture, that others are to check again. */
async function visit(
  inspector: ServiceContext,
  clerk: ServiceContext,
  make: (change: Parameters<typeof documentOf>[2]) => InspectionDocument,
  unit: KitUnit,
): Promise<void> {
  const picture = makeLogPicture()
  const sha256 = createHash('sha256').update(picture).digest('hex')
  const file = {
    sha256,
    kind: 'photo',
    type: 'image/png',
    bytes: picture.length,
    takenMs: 400_000,
    name: '值班室.png',
  } as const
  const items = ['present', 'rostered', 'leader', 'no_forwarding', 'limits', 'log', 'handover', 'dedicated_room', 'fax']
  const document = make({
    unitCode: unit.unitCode,
    minutesAgo: 26,
    elapsedMs: 1_260_000,
    method: 'onsite',
    checklist: { id: 'onsite', version: 1 },
    answers: answersOf(['fax'], items, [sha256]),
    files: [file],
    startPlace: 'refused',
    endPlace: 'refused',
    readBack: readBackOf('传真机不通', 'agrees', null, 1_200_000),
    note: '演示：图片是程序画的',
  })
  await submitInspection(inspector, document)
  await receiveFilePart(inspector, { inspectionId: document.inspectionId, sha256 }, { offset: 0, content: picture })
  const about = { inspectionId: document.inspectionId, inspectors: [...OTHERS], reason: '抽样盲复核' }
  await orderSecond(clerk, about)
}
