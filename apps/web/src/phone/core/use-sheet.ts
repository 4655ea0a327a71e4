import type { DeviceMoment } from '@zhidu/domain'
import { type ComputedRef, computed, inject, type InjectionKey, onScopeDispose, type ShallowRef, shallowRef } from 'vue'
import { elapsedMs, type Sheet, type SheetCourse, stepBack, touch, withCourse, withWords } from '../sheet/sheet.ts'
import type { Phone } from './phone.ts'

/** Twice a second: a ring never shows a second late. */
const TICK_MS = 500

/** One check while it is being made. */
export interface OpenSheet {
  readonly sheet: ShallowRef<Sheet>
  readonly course: ComputedRef<SheetCourse>
  /** Since the check began, ms; goes on by itself. */
  readonly elapsed: Readonly<ShallowRef<number>>
  /** A moment of the check on the server's clock, epoch ms. */
  placeMs(ms: number): number
  now(): DeviceMoment
  /** One tap: what it makes of the course, kept on this phone at once, and to be taken back. */
  act(change: (course: SheetCourse, atMs: number) => SheetCourse): Promise<void>
  /** Words as they are typed. */
  type(words: Partial<SheetCourse>): Promise<void>
  undo(): Promise<void>
  /** Resolves when all that was tapped is kept. */
  settled(): Promise<void>
}

export const SHEET: InjectionKey<OpenSheet> = Symbol('sheet')

export function useSheet(): OpenSheet {
  const sheet = inject(SHEET)
  if (sheet === undefined) throw new Error('no sheet provided')
  return sheet
}

/** Call within a component's setup. */
export function openSheet(phone: Phone, first: Sheet): OpenSheet {
  const sheet = shallowRef(first)
  const elapsed = shallowRef(0)
  let saving: Promise<void> = Promise.resolve()
  const now = (): DeviceMoment => phone.ports.clock.now()
  const tick = (): void => {
    elapsed.value = elapsedMs(sheet.value, now())
  }

  /** A phone that is full says so, and goes on trying with each tap. */
  async function save(kept: Sheet): Promise<void> {
    try {
      await phone.outbox().saveDraft(kept.basis.inspectionId, kept)
      phone.state.isStorageFull = false
    } catch {
      phone.state.isStorageFull = true
    }
  }

  function keep(next: Sheet): Promise<void> {
    sheet.value = touch(next, now())
    tick()
    const kept = sheet.value
    // In the order of the taps, whatever the storage takes for each.
    saving = saving.then(() => save(kept))
    return saving
  }

  const timer = setInterval(tick, TICK_MS)
  onScopeDispose(() => clearInterval(timer))
  tick()

  return {
    sheet,
    course: computed(() => sheet.value.course),
    elapsed,
    placeMs: (ms) => {
      const { start } = sheet.value.course
      return phone.clock.place(start ?? now()).at + (start === null ? 0 : ms)
    },
    now,
    act: (change) => {
      const at = touch(sheet.value, now())
      return keep(withCourse(at, change(at.course, at.seen?.elapsedMs ?? 0)))
    },
    type: (words) => keep(withWords(sheet.value, words)),
    undo: () => keep(stepBack(sheet.value)),
    settled: () => saving,
  }
}
