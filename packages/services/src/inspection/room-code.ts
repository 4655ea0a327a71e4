import { createHmac } from 'node:crypto'
import type { RoomCode } from '@zhidu/contract'
import { localDateOf, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { unitPeriodOn } from '@zhidu/domain'

/** How long one code is shown. */
const SLOT_MS = 300_000
const DIGITS = 4

/** Key of this installation's duty-room codes, 32 bytes. */
export interface RoomCodeKey {
  readonly roomCodeKey: Uint8Array
}

/** The start of the slot that an instant is in, epoch ms. */
export function slotOf(at: number): number {
  return Math.floor(at / SLOT_MS) * SLOT_MS
}

/** What the screen of a unit's duty room shows in the slot that begins at `from` (epoch ms). */
function codeOf(key: Uint8Array, unitCode: string, from: number): string {
  const mac = createHmac('sha256', key).update(`${unitCode}\n${from}`).digest()
  return String(mac.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The codes from `from` (a slot's start) up to `to`. */
export function listRoomCodes(key: Uint8Array, unitCode: string, from: number, to: number): string[] {
  const codes: string[] = []
  for (let at = from; at < to; at += SLOT_MS) codes.push(codeOf(key, unitCode, at))
  return codes
}

/** 值班口令 of the own unit. Throws ServiceError `not_found` for a unit without a duty room. */
export function getRoomCode(ctx: ServiceContext, { roomCodeKey }: RoomCodeKey): Promise<RoomCode> {
  const now = ctx.clock()
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const { unitCode } = officeOf(ctx)
    const { periodsOf } = await loadRoster(db)
    const period = unitPeriodOn(periodsOf.get(unitCode) ?? [], localDateOf(now))
    if (period?.dutyMode !== 'room') throw new ServiceError('not_found', 'room_code_none')
    const from = slotOf(now)
    return { code: codeOf(roomCodeKey, unitCode, from), validUntil: toLocalIso(from + SLOT_MS), serverMs: now }
  })
}
