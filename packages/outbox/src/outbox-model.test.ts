import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createOutbox, type Outbox } from './create-outbox.ts'
import { createMemoryStore } from './testing/memory-store.ts'
import { createShakyServer, FATES, type Fate, hashOf } from './testing/shaky-server.ts'

const RUNS = 2_000
const ACCOUNT = 'inspector'
const CHUNK_BYTES = 3
const HOUR = 3_600_000
/** Longer than any call of the queue goes on. */
const NEVER = 1_000_000

/** What somebody did, or what befell the phone. `id`: which of a few inspections. */
type Step =
  | { readonly kind: 'write'; readonly id: number; readonly text: string }
  | { readonly kind: 'attach'; readonly id: number; readonly file: number; readonly bytes: readonly number[] }
  | { readonly kind: 'detach'; readonly id: number; readonly file: number }
  | { readonly kind: 'discard'; readonly id: number }
  | { readonly kind: 'submit'; readonly id: number }
  | { readonly kind: 'send'; readonly fates: readonly Fate[]; readonly windows: 1 | 2 }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'restart' }

/** `diesAfter`: calls of store and network until the phone goes off in the middle of the step; null = it does not. */
interface Happening {
  readonly step: Step
  readonly diesAfter: number | null
}

const id = fc.nat({ max: 2 })
const file = fc.nat({ max: 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('write'), id, text: fc.constantFrom('a', 'b', 'forbidden') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('attach'),
      id,
      file,
      bytes: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('detach'), id, file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('discard'), id }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('submit'), id }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('send'),
      fates: fc.array(fc.constantFrom(...FATES), { maxLength: 6 }),
      windows: fc.constantFrom(1, 2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait'), ms: fc.constantFrom(1_000, 10_000, HOUR) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart') }) },
)
const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({ step, diesAfter: fc.option(fc.nat({ max: 12 }), { freq: 2 }) }),
  { maxLength: 30, size: 'max' },
)

/** One inspection as the serial model has it: no network, no crash. */
interface Whole {
  readonly text: string
  readonly files: Readonly<Record<string, readonly number[]>>
}
interface Model {
  readonly drafts: Readonly<Record<string, Whole>>
  readonly submitted: Readonly<Record<string, Whole>>
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}

function fileIdOf(step: { readonly id: number; readonly file: number }): string {
  return `f${step.id}-${step.file}`
}

/** The model after a step. Nothing that the network or the phone does changes it. */
function follow(model: Model, step: Step): Model {
  const { drafts, submitted } = model
  if (!('id' in step)) return model
  const name = `i${step.id}`
  const draft = drafts[name]
  if (step.kind === 'write') {
    if (submitted[name] !== undefined) return model
    return { submitted, drafts: { ...drafts, [name]: { text: step.text, files: draft?.files ?? {} } } }
  }
  if (draft === undefined) return model
  switch (step.kind) {
    case 'attach': {
      const files = { [fileIdOf(step)]: step.bytes, ...draft.files }
      return { submitted, drafts: { ...drafts, [name]: { ...draft, files } } }
    }
    case 'detach':
      return { submitted, drafts: { ...drafts, [name]: { ...draft, files: without(draft.files, fileIdOf(step)) } } }
    case 'discard':
      return { submitted, drafts: without(drafts, name) }
    case 'submit':
      return { drafts: without(drafts, name), submitted: { ...submitted, [name]: draft } }
  }
}

class PhoneOff extends Error {}

/** A phone that may go off at any call, and what it is connected to. */
function createWorld() {
  let left = NEVER
  let at = 0
  const onCall = (): void => {
    left -= 1
    if (left < 0) throw new PhoneOff()
  }
  const store = createMemoryStore(onCall)
  const server = createShakyServer(onCall)
  const open = (): Outbox =>
    createOutbox({ store, transport: server.transport, account: ACCOUNT, now: () => at, chunkBytes: CHUNK_BYTES })
  let outbox = open()

  async function act(step: Step): Promise<void> {
    switch (step.kind) {
      case 'write':
        return outbox.saveDraft(`i${step.id}`, { text: step.text })
      case 'attach': {
        const bytes = Uint8Array.from(step.bytes)
        const facts = { hash: hashOf(bytes), size: bytes.length, mediaType: 'image/jpeg' }
        if ((await outbox.findDraft(`i${step.id}`)) === undefined) return
        return outbox.attachFile(`i${step.id}`, { fileId: fileIdOf(step), ...facts }, bytes)
      }
      case 'detach':
        return outbox.detachFile(`i${step.id}`, fileIdOf(step))
      case 'discard':
        return outbox.discardDraft(`i${step.id}`)
      case 'submit': {
        const { text } = ((await outbox.findDraft(`i${step.id}`))?.document ?? { text: null }) as {
          text: string | null
        }
        if (text !== null) await outbox.submit(`i${step.id}`, { text, hash: hashOf(text) })
        return
      }
      case 'send': {
        server.plan(step.fates)
        const windows = step.windows === 1 ? [outbox] : [outbox, open()]
        const ends = await Promise.allSettled(windows.map((window) => window.send()))
        const failed = ends.find((end) => end.status === 'rejected')
        if (failed !== undefined) throw failed.reason
        return
      }
      case 'wait':
        at += step.ms
        return
      case 'restart':
        outbox = open()
    }
  }

  return {
    server,
    outbox: () => outbox,
    /** False when the phone went off in the middle; it is on again. */
    async live({ diesAfter, step }: Happening): Promise<boolean> {
      left = diesAfter ?? NEVER
      try {
        await act(step)
        return true
      } catch (error) {
        if (!(error instanceof PhoneOff)) throw error
        left = NEVER
        outbox = open()
        return false
      } finally {
        left = NEVER
        server.plan([])
      }
    },
    async drain(): Promise<void> {
      for (let rounds = 0; rounds < 20; rounds += 1) {
        at += HOUR
        if ((await outbox.send()).nextAt === null) return
      }
      throw new Error('never sent')
    },
  }
}
type World = ReturnType<typeof createWorld>

/** What the phone has, in the model's shape. */
async function readPhone({ outbox, server }: World): Promise<Model> {
  const wholeOf = (one: {
    readonly document: unknown
    readonly files: readonly { fileId: string; hash: string }[]
  }) => ({
    text: (one.document as { text: string }).text,
    files: Object.fromEntries(one.files.map(({ fileId, hash }) => [fileId, hash])),
  })
  const box = outbox()
  const drafts = await box.listDrafts()
  const [waiting, delivered] = [await box.listWaiting(), await box.listDelivered()]
  for (const item of delivered) {
    expect(server.documents.get(item.itemId), 'delivered is never said too early').toBe(item.text)
    for (const each of item.files) expect(server.files.get(each.fileId)?.length).toBe(each.size)
  }
  return {
    drafts: Object.fromEntries(drafts.map((draft) => [draft.draftId, wholeOf(draft)])) as never,
    submitted: Object.fromEntries([...waiting, ...delivered].map((item) => [item.itemId, wholeOf(item)])) as never,
  }
}

function hashed({ drafts, submitted }: Model): unknown {
  const each = (wholes: Readonly<Record<string, Whole>>) =>
    Object.fromEntries(
      Object.entries(wholes).map(([name, { files, text }]) => [
        name,
        {
          text,
          files: Object.fromEntries(
            Object.entries(files).map(([fileId, bytes]) => [fileId, hashOf(Uint8Array.from(bytes))]),
          ),
        },
      ]),
    )
  return { drafts: each(drafts), submitted: each(submitted) }
}

function isSame(a: unknown, b: unknown): boolean {
  return fc.stringify(sorted(a)) === fc.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .map(([key, each]) => [key, sorted(each)])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
}

it('ends as the serial model does, whatever network and phone do: each inspection once, each file once, nothing lost', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (events) => {
      const world = createWorld()
      let model: Model = { drafts: {}, submitted: {} }
      for (const event of events) {
        const after = follow(model, event.step)
        const isWhole = await world.live(event)
        const phone = await readPhone(world)
        // A step that was cut off has happened or has not; there is no half of it.
        if (!isWhole && isSame(phone, hashed(model))) continue
        expect(phone).toEqual(hashed(after))
        model = after
      }
      await world.drain()

      const { documents, files, contradictions } = world.server
      const taken = Object.entries(model.submitted).filter(([, { text }]) => text !== 'forbidden')
      expect(Object.fromEntries(documents)).toEqual(Object.fromEntries(taken.map(([name, { text }]) => [name, text])))
      expect(Object.fromEntries(files)).toEqual(Object.assign({}, ...taken.map(([, whole]) => whole.files)))
      expect(contradictions()).toBe(0)
      const waiting = await world.outbox().listWaiting()
      expect(waiting.map(({ refusal }) => refusal?.reason)).toEqual(waiting.map(() => 'out_of_scope'))
      expect(waiting.length + taken.length).toBe(Object.keys(model.submitted).length)
    }),
    { numRuns: RUNS },
  )
})
