import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useReplaced } from './use-replaced.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** One frame drawn, and what waited for it. */
function breathe(): void {
  vi.advanceTimersByTime(17)
}

const linesOf = (version: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `U${index}`, version }))

function versionsOf(shown: readonly { readonly version: string }[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(shown, ({ version }) => version)].map(([version, some]) => [version, some.length]),
  )
}

it('draws a list a slice at a time, and replaces it so, each line once', async () => {
  const scope = effectScope()
  const list = shallowRef(linesOf('before', 200))
  const shown = scope.run(() => useReplaced(() => list.value))
  if (shown === undefined) throw new Error('no scope')
  expect(shown.value).toHaveLength(20)
  vi.runAllTimers()
  expect(shown.value).toHaveLength(200)
  list.value = linesOf('now', 200)
  await nextTick()
  expect(versionsOf(shown.value)).toEqual({ before: 200 })
  breathe()
  expect(versionsOf(shown.value)).toEqual({ now: 20, before: 180 })
  breathe()
  expect(versionsOf(shown.value)).toEqual({ now: 40, before: 160 })
  vi.runAllTimers()
  expect(shown.value).toBe(list.value)
  list.value = linesOf('late', 200)
  scope.stop()
  vi.runAllTimers()
  expect(versionsOf(shown.value)).toEqual({ now: 200 })
})

it('never keeps more lines than the new list has, and a short list is there at once', async () => {
  const scope = effectScope()
  const list = shallowRef(linesOf('before', 60))
  const shown = scope.run(() => useReplaced(() => list.value))
  vi.runAllTimers()
  list.value = linesOf('now', 30)
  await nextTick()
  breathe()
  expect(shown?.value).toHaveLength(30)
  list.value = linesOf('short', 5)
  await nextTick()
  expect(shown?.value).toBe(list.value)
  scope.stop()
})
