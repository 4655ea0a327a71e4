import { describe, expect, it } from 'vitest'
import { createOutbox, type Outbox } from './create-outbox.ts'
import type { OutboxTransport } from './ports.ts'
import { exportQueue, importQueue } from './queue-file.ts'
import { createMemoryStore, type MemoryStore } from './testing/memory-store.ts'
import { createShakyServer, hashOf, type ShakyServer } from './testing/shaky-server.ts'

const MINUTE = 60_000
const photo = Uint8Array.from({ length: 700_000 }, (_, index) => index % 251)
const hashBytes = async (bytes: Uint8Array): Promise<string> => hashOf(bytes)

interface World {
  readonly store: MemoryStore
  readonly server: ShakyServer
  at: number
  outbox(account?: string, transport?: Partial<OutboxTransport>): Outbox
}

function createWorld(): World {
  const world: World = {
    store: createMemoryStore(),
    server: createShakyServer(),
    at: 0,
    outbox: (account = 'first', transport = {}) =>
      createOutbox({
        store: world.store,
        transport: { ...world.server.transport, ...transport },
        account,
        now: () => world.at,
      }),
  }
  return world
}

async function record(outbox: Outbox, id: string, text = id): Promise<void> {
  await outbox.saveDraft(id, { text })
  await outbox.submit(id, { text, hash: hashOf(text) })
}

async function recordWithPhoto(outbox: Outbox, id: string): Promise<void> {
  await outbox.saveDraft(id, { text: id })
  const file = { fileId: `${id}-photo`, hash: hashOf(photo), size: photo.length, mediaType: 'image/jpeg' }
  await outbox.attachFile(id, file, photo)
  await outbox.submit(id, { text: id, hash: hashOf(id) })
}

async function toText(store: MemoryStore, account: string): Promise<string> {
  let text = ''
  for await (const line of exportQueue(store, { account, now: () => 0 })) text += line
  return text
}

describe('what the server refuses', () => {
  it('stays with its reason, and lets the others pass', async () => {
    const world = createWorld()
    const outbox = world.outbox()
    await record(outbox, 'a', 'forbidden')
    await record(outbox, 'b')
    expect(await outbox.send()).toEqual({ end: 'reached', nextAt: null })
    expect(await outbox.listWaiting()).toMatchObject([
      { itemId: 'a', refusal: { code: 'forbidden', reason: 'out_of_scope' } },
    ])
    expect([...world.server.documents.keys()]).toEqual(['b'])
  })

  it('is edited as a new one with the same files, sent again as it is, or discarded', async () => {
    const world = createWorld()
    const refusing = world.outbox('first', {
      submit: async () => ({ kind: 'refused', code: 'invalid', reason: 'template_unknown' }),
    })
    await recordWithPhoto(refusing, 'a')
    await record(refusing, 'b')
    await refusing.send()
    await expect(refusing.editAsNew('a', 'b')).rejects.toThrow('b is taken')
    await refusing.editAsNew('a', 'c')
    await refusing.discard('b')

    const outbox = world.outbox()
    await expect(outbox.discard('c')).rejects.toThrow('c is not refused')
    await outbox.submit('c', { text: 'c', hash: hashOf('c') })
    await outbox.send()
    expect(world.server.files.get('a-photo')).toHaveLength(photo.length)
    expect([...world.server.documents.keys()]).toEqual(['c'])
    expect([...world.store.values.keys()]).toEqual(['done/first/c'])
  })

  it('may be let through later, when somebody has put it right', async () => {
    const world = createWorld()
    const outbox = world.outbox()
    await record(outbox, 'a', 'forbidden')
    await outbox.send()
    await outbox.retry('a')
    expect(await outbox.listWaiting()).toMatchObject([{ refusal: null }])
  })
})

it('takes a receipt only for what was sent', async () => {
  const world = createWorld()
  const lying = world.outbox('first', { submit: async () => ({ kind: 'receipt', hash: 'h:other' }) })
  await record(lying, 'a')
  await lying.send()
  expect(await lying.listWaiting()).toMatchObject([{ isReceived: false, refusal: { reason: 'other_content' } }])
})

it('takes a file as delivered only under its own hash, and then never makes a second document of it', async () => {
  const world = createWorld()
  const lying = world.outbox('first', { findFile: async () => ({ kind: 'whole', hash: 'h:other' }) })
  await recordWithPhoto(lying, 'a')
  await lying.send()
  expect(await lying.listWaiting()).toMatchObject([{ isReceived: true, refusal: { reason: 'file_differs' } }])
  await expect(lying.editAsNew('a', 'b')).rejects.toThrow('a is with the server')
})

it('waits longer after each vain attempt, and not at all once the network is back', async () => {
  const world = createWorld()
  const outbox = world.outbox()
  await record(outbox, 'a')
  const pauses: number[] = []
  for (let attempt = 0; attempt < 9; attempt += 1) {
    world.server.plan(['lost'])
    const { end, nextAt } = await outbox.send()
    expect(end).toBe('unreachable')
    pauses.push(((nextAt ?? 0) - world.at) / 1_000)
    // A moment earlier nothing is sent.
    world.at = (nextAt ?? 0) - 1
    expect(await outbox.send()).toEqual({ end: 'reached', nextAt })
    world.at += 1
  }
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300])
  world.server.plan(['lost'])
  await outbox.send()
  await outbox.wake()
  expect((await outbox.send()).nextAt).toBeNull()
})

it('asks for a sign-in without counting it as an attempt', async () => {
  const world = createWorld()
  const outbox = world.outbox()
  await record(outbox, 'a')
  world.server.plan(['signed_out'])
  expect(await outbox.send()).toEqual({ end: 'signed_out', nextAt: 0 })
})

it('goes on with a file where the server has it, and sends no byte twice', async () => {
  const world = createWorld()
  const offsets: number[] = []
  const outbox = world.outbox('first', {
    sendChunk: (itemId, file, offset, bytes) => {
      offsets.push(offset)
      return world.server.transport.sendChunk(itemId, file, offset, bytes)
    },
  })
  await recordWithPhoto(outbox, 'a')
  world.server.plan(['fine', 'fine', 'fine', 'answer_lost'])
  await outbox.send()
  await outbox.wake()
  await outbox.send()
  expect(offsets).toEqual([0, 262_144, 524_288])
  expect(Uint8Array.from(world.server.files.get('a-photo') ?? [])).toEqual(photo)
})

it('shows another account how much waits, and nothing of it', async () => {
  const world = createWorld()
  await record(world.outbox('first'), 'a')
  await world.outbox('first').saveDraft('b', {})
  const second = world.outbox('second')
  expect(await second.countForeign()).toBe(2)
  expect([await second.listWaiting(), await second.listDrafts(), await second.findDraft('b')]).toEqual([
    [],
    [],
    undefined,
  ])
  await second.send()
  expect(world.server.documents.size).toBe(0)
})

it('forgets what was delivered long ago, and nothing else', async () => {
  const world = createWorld()
  const outbox = world.outbox()
  await record(outbox, 'a')
  await outbox.send()
  world.at = 10 * MINUTE
  await record(outbox, 'b')
  await outbox.clearDelivered(10 * MINUTE)
  expect([await outbox.listDelivered(), (await outbox.listWaiting()).length]).toEqual([[], 1])
})

describe('the queue as a file', () => {
  it('brings everything to another computer, which sends it; arriving twice changes nothing', async () => {
    const [phone, office] = [createWorld(), createWorld()]
    await recordWithPhoto(phone.outbox(), 'a')
    await record(phone.outbox(), 'b')
    await phone.outbox().saveDraft('c', { text: 'unfinished' })
    const text = await toText(phone.store, 'first')
    const take = () => importQueue(office.store, { account: 'clerk', text, hashBytes })
    expect(await take()).toEqual({ kind: 'taken', taken: 2, known: 0 })
    expect(await take()).toEqual({ kind: 'taken', taken: 0, known: 2 })
    const clerk = createOutbox({
      store: office.store,
      transport: phone.server.transport,
      account: 'clerk',
      now: () => 0,
    })
    await clerk.send()
    await phone.outbox().send()
    expect([...phone.server.documents.keys()]).toEqual(['a', 'b'])
    expect(Uint8Array.from(phone.server.files.get('a-photo') ?? [])).toEqual(photo)
    expect(phone.server.contradictions()).toBe(0)
    expect(await take()).toEqual({ kind: 'taken', taken: 0, known: 2 })
  })

  it('is refused whole when it was cut off, changed, or is something else', async () => {
    const world = createWorld()
    await recordWithPhoto(world.outbox(), 'a')
    const text = await toText(world.store, 'first')
    const lines = text.split('\n')
    const take = (changed: string) => importQueue(world.store, { account: 'clerk', text: changed, hashBytes })
    const refused = (problem: string) => ({ kind: 'refused', problem })
    expect(await take(text.slice(0, -10))).toEqual(refused('cut_off'))
    expect(await take([lines[0], ...lines.slice(2)].join('\n'))).toEqual(refused('cut_off'))
    expect(await take(text.replace('"base64":"AAEC', '"base64":"AAED'))).toEqual(refused('damaged'))
    expect(await take(text.replace('"base64":"AAEC', '"base64":"%AEC'))).toEqual(refused('damaged'))
    expect(await take(text.replace('"itemId":"a"', '"itemId":"a/b"'))).toEqual(refused('damaged'))
    expect(await take(text.replace('"version":1', '"version":2'))).toEqual(refused('newer_version'))
    expect(await take('PK\u0003\u0004')).toEqual(refused('not_a_queue'))
    expect(await take('')).toEqual(refused('not_a_queue'))
    expect([...world.store.values.keys()].filter((key) => key.includes('clerk'))).toEqual([])
  })
})
