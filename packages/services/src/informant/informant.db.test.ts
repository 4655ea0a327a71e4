import { randomUUID } from 'node:crypto'
import type { SendMessageInput } from '@zhidu/contract'
import { toLocalIso } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { getLead } from '../lead/get-lead.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { CHECKED_NOW } from '../testing/inspection-document.ts'
import { endInformant, giveLink, listInformants, saveInformant } from './informants.ts'
import { checkLink, getMessagePhoto, sendMessage, takeMessage } from './messages.ts'

const DAY = 86_400_000
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

const at = (person: Parameters<DrawOffice['as']>[0], days = 0): ServiceContext => ({
  ...office.as(person),
  clock: () => CHECKED_NOW + days * DAY,
})
const stranger = (address: string, days = 0): ServiceContext => ({
  ...at('clerk', days),
  actor: { kind: 'anonymous', address },
})

async function informant(days = 30): Promise<{ informantId: string; secret: string }> {
  const about = {
    informantId: null,
    steps: 0,
    name: '陈阿水',
    village: '上湾村',
    areaCode: 'C01',
    phone: '15400000031',
  }
  const { informantId } = await saveInformant(at('clerk'), about)
  const { secret } = await giveLink(at('clerk'), { informantId, steps: 1, days })
  return { informantId, secret }
}
const message = (secret: string, change: Partial<SendMessageInput> = {}): SendMessageInput => ({
  secret,
  messageId: randomUUID(),
  what: '村口山坡塌方，电话15400000031',
  place: null,
  occurredAt: null,
  deaths: null,
  injuries: 1,
  photo: null,
  ...change,
})
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(60, 7)]).toString('base64')

describe('an informant', () => {
  it('sends by the link alone; the office takes it as a lead, and his number stays masked', async () => {
    const { informantId, secret } = await informant()
    const sent = message(secret, { photo: JPEG })
    const { receiptCode } = await sendMessage(stranger('198.51.100.1'), sent)
    expect((await sendMessage(stranger('198.51.100.1'), sent)).receiptCode).toBe(receiptCode)
    const list = await listInformants(at('leader'))
    expect(list.informants.find((one) => one.informantId === informantId)?.phone).toBe('154****0031')
    expect(list.messages).toMatchObject([
      { receiptCode, village: '上湾村', hasPhoto: true, what: '村口山坡塌方，电话154****0031' },
    ])
    const { leadCodes } = await takeMessage(at('clerk'), { messageId: sent.messageId })
    const page = await getLead(at('clerk'), { leadCode: leadCodes[0] ?? '' })
    expect(page.item).toMatchObject({ source: 'informant', place: '上湾村', unitCode: 'C01', injuries: 1 })
    expect(page.origin).toMatchObject({ channel: 'informant', informant: { name: '陈阿水' }, photoOf: sent.messageId })
    expect((await getMessagePhoto(at('clerk'), sent)).base64).toBe(JPEG)
    expect((await listInformants(at('leader'))).messages).toEqual([])
    await expect(takeMessage(at('clerk'), { messageId: sent.messageId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is kept from a link that is wrong, old, revoked or over, and the database from keeping its secret', async () => {
    const { informantId, secret } = await informant(2)
    const bad = { code: 'forbidden', reason: 'informant_link_bad' }
    await expect(checkLink(stranger('198.51.100.2', 1), { secret })).resolves.toMatchObject({
      expiresAt: toLocalIso(CHECKED_NOW + 2 * DAY),
    })
    await expect(checkLink(stranger('198.51.100.2', 2), { secret })).rejects.toMatchObject(bad)
    await expect(checkLink(stranger('198.51.100.2'), { secret: `${secret}x` })).rejects.toMatchObject(bad)
    const next = await giveLink(at('clerk'), { informantId, steps: 2, days: 30 })
    await expect(checkLink(stranger('198.51.100.2'), { secret })).rejects.toMatchObject(bad)
    await endInformant(at('clerk'), { informantId, steps: 3, kind: 'revoked' })
    await expect(sendMessage(stranger('198.51.100.2'), message(next.secret))).rejects.toMatchObject(bad)
    await endInformant(at('clerk'), { informantId, steps: 4, kind: 'withdrawn' })
    await expect(giveLink(at('clerk'), { informantId, steps: 5, days: 30 })).rejects.toMatchObject({ code: 'conflict' })
    const { rows } = await office.database.pool.query<{ all: string }>(
      `select string_agg(s::text, '') as all from informant_step s`,
    )
    expect(rows[0]?.all).not.toContain(next.secret)
    const audit = await office.database.pool.query<{ all: string }>(
      `select string_agg(e::text, '') as all from audit_entry e`,
    )
    expect(audit.rows[0]?.all).not.toContain(next.secret)
  })

  it('has to wait after many wrong links of one address, and after many messages', async () => {
    for (let wrong = 0; wrong < 20; wrong += 1) {
      await expect(checkLink(stranger('198.51.100.3'), { secret: `wrong-wrong-wrong-${wrong}` })).rejects.toMatchObject(
        { code: 'forbidden' },
      )
    }
    const { secret } = await informant()
    await expect(checkLink(stranger('198.51.100.3'), { secret })).rejects.toMatchObject({ code: 'limited' })
    await expect(checkLink(stranger('198.51.100.4'), { secret })).resolves.toBeDefined()
  })

  it('is refused a photo that is none, and a time to come', async () => {
    const { secret } = await informant()
    const send = (change: Partial<SendMessageInput>) => sendMessage(stranger('198.51.100.5'), message(secret, change))
    await expect(send({ photo: Buffer.from('<svg/>').toString('base64') })).rejects.toMatchObject({
      reason: 'informant_photo_bad',
    })
    await expect(send({ occurredAt: toLocalIso(CHECKED_NOW + 60_000) })).rejects.toMatchObject({
      reason: 'lead_occurred_in_future',
    })
  })
})
