import { makeInspectionKit, orderSecond, type ServiceContext, submitInspection } from '@zhidu/services'
import { answersOf, callOf, documentOf, OTHERS, PHONE_ITEMS, REACHED } from './check-parts.ts'

export const PAIRS = 7
const MINUTE_MS = 60_000
/** The first pair began so many minutes ago, each further one this much before it. */
const LATEST = 300
const APART = 40

/** What those who came second answered by “no”, pair by pair: of the log they think otherwise, of the limits sometimes. */
const SECOND_NO = [['log'], ['log'], ['log', 'limits'], ['log'], [], ['log', 'limits'], ['log']] as const

interface People {
  readonly inspector: ServiceContext & { readonly actor: { readonly displayName: string } }
  readonly clerk: ServiceContext
  readonly codes: readonly string[]
}

/** Checks that were made again, blind, within half an hour: enough that agreement says something. */
export async function seedPairs(ctx: ServiceContext, { clerk, codes, inspector }: People): Promise<void> {
  const about = { roomCodeKey: new Uint8Array(32), language: 'zh-CN' } as const
  // A kit also holds the units of orders that are open.
  const kit = await makeInspectionKit(inspector, { unitCodes: [...codes] }, about)
  const units = kit.units.filter(({ unitCode }) => codes.includes(unitCode))
  for (const [index, unit] of units.entries()) {
    const now = ctx.clock() - (LATEST + index * APART) * MINUTE_MS
    const at = (minutes: number) => ({ clock: () => now + minutes * MINUTE_MS })
    const call = { unitCode: unit.unitCode, elapsedMs: 70_000, attempts: [callOf(unit, 0, REACHED)] }
    const first = documentOf(now + 2 * MINUTE_MS, inspector.actor.displayName, {
      ...call,
      minutesAgo: 2,
      answers: answersOf([], PHONE_ITEMS),
    })
    await submitInspection({ ...inspector, ...at(2) }, first)
    const { inspectionId } = first
    const order = { inspectionId, inspectors: [...OTHERS], reason: '抽样盲复核' }
    const { orderId } = await orderSecond({ ...clerk, ...at(4) }, order)
    const second = documentOf(now + 24 * MINUTE_MS, inspector.actor.displayName, {
      ...call,
      minutesAgo: 6,
      answers: answersOf(SECOND_NO[index % PAIRS] ?? [], PHONE_ITEMS),
      purpose: 'second',
      orderId,
      reason: null,
      inspectors: [...OTHERS],
    })
    await submitInspection({ ...clerk, ...at(24) }, second)
  }
}
