import { randomUUID } from 'node:crypto'
import type { InspectionDocument, InspectionKit } from '@zhidu/contract'
import { permissionsOf, type Role } from '@zhidu/domain'
import { type AccountActor, getAccountId, type ServiceContext } from '@zhidu/services'
import { CITY_CODE } from '@zhidu/synthetic'

const MINUTE_MS = 60_000
const SESSION = 'demonstration'
/** Somebody without an account here. */
const COLLEAGUE = '演示督查员乙'
export const OTHERS = ['演示复核员甲', '演示复核员乙']

export type KitUnit = InspectionKit['units'][number]
type Attempt = InspectionDocument['attempts'][number]

export async function actorOf(
  ctx: ServiceContext,
  loginName: string,
  displayName: string,
  role: Role,
): Promise<AccountActor> {
  const accountId = await getAccountId(ctx, loginName)
  return {
    kind: 'account',
    accountId,
    sessionId: randomUUID(),
    loginName,
    displayName,
    unitCode: CITY_CODE,
    roles: [role],
    permissions: permissionsOf([role]),
    mustChangePassword: false,
    address: '127.0.0.1',
    viewer: null,
  }
}

/** A check that began so many minutes ago, as a phone would send it. */
export function documentOf(
  now: number,
  inspector: string,
  about: Partial<InspectionDocument> & Pick<InspectionDocument, 'unitCode' | 'elapsedMs'> & { minutesAgo: number },
): InspectionDocument {
  const { minutesAgo, ...change } = about
  const ageMs = minutesAgo * MINUTE_MS
  return {
    format: 1,
    inspectionId: randomUUID(),
    method: 'phone',
    purpose: 'ordered',
    drawId: null,
    orderId: null,
    reason: '演示：夜间值守抽查',
    inspectors: [inspector, COLLEAGUE],
    checklist: { id: 'phone', version: 1 },
    start: { session: SESSION, monotonicMs: 0, wallMs: now - ageMs },
    anchors: [{ session: SESSION, monotonicMs: ageMs, wallMs: now, serverMs: now, roundTripMs: 60 }],
    attempts: [],
    callBack: null,
    signals: [],
    answers: [],
    startPlace: 'not_asked',
    endPlace: 'not_asked',
    readBack: null,
    files: [],
    metPerson: null,
    metPost: null,
    note: null,
    ...change,
  }
}

export function callOf(unit: KitUnit, at: number, attempt: Omit<Attempt, 'line' | 'number'>): Attempt {
  const known = unit.lines[Math.min(at, unit.lines.length - 1)]
  return { line: known?.line ?? 'duty_room', number: known?.number ?? null, ...attempt }
}

export const answersOf = (no: readonly string[], items: readonly string[], files: readonly string[] = []) =>
  items.map((item) => ({
    item,
    answer: no.includes(item) ? ('no' as const) : ('yes' as const),
    note: null,
    files: no.includes(item) ? [...files] : [],
  }))

export const PHONE_ITEMS = ['rostered', 'leader', 'limits', 'log', 'room_code']
export const REACHED = { dialledMs: 4_000, ringMs: 7_000, rings: 2, outcome: 'right_person' } as const
