import { flushPromises, mount } from '@vue/test-utils'
import type { Component } from 'vue'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { PHONE } from '../core/phone.ts'
import { createPhoneI18n, type PhoneLocale } from '../i18n/phone-i18n.ts'
import { makePhone, type TestPhone, type TestPhoneOptions } from './make-phone.ts'

/** A telephone number opens the dialler of a phone; happy-dom would leave the page for it. */
function stayHere(event: Event): void {
  if (event.target instanceof Element && event.target.closest('a[href^="tel:"]') !== null) event.preventDefault()
}

/** Call once in a file of tests. */
export function useFakePhoneTime(): void {
  beforeEach(() => {
    document.addEventListener('click', stayHere)
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    location.hash = ''
  })
  afterEach(() => {
    document.removeEventListener('click', stayHere)
    vi.useRealTimers()
  })
}

export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) await flushPromises()
  dispatchEvent(new Event('hashchange'))
  await flushPromises()
}

/** The pages on the screen, and a thumb. */
export function show(pages: Component, test: TestPhone, locale: PhoneLocale = 'zh-CN') {
  const wrapper = mount(pages, {
    attachTo: document.body,
    global: { plugins: [createPhoneI18n(locale)], provide: { [PHONE as symbol]: test.phone } },
  })
  const buttons = () => wrapper.findAll('button, a, label')
  return {
    wrapper,
    text: () => wrapper.text(),
    /** Presses what says this; the first that does. */
    async tap(words: string | RegExp): Promise<void> {
      const found = buttons().find((one) =>
        typeof words === 'string' ? one.text().includes(words) : words.test(one.text()),
      )
      if (found === undefined) throw new Error(`nothing says ${String(words)}: ${wrapper.text()}`)
      expect(found.attributes('disabled'), String(words)).toBeUndefined()
      // A link of these pages only changes the place; happy-dom would leave for it.
      const href = found.attributes('href')
      if (href?.startsWith('#') === true) location.hash = href
      await found.trigger('click')
      await settle()
    },
    async answer(item: string, words: string): Promise<void> {
      const group = wrapper.findAll('[role=group]').find((one) => one.attributes('aria-label') === item)
      await group
        ?.findAll('button')
        .find((one) => one.text() === words)
        ?.trigger('click')
      await settle()
    },
    async pass(ms: number): Promise<void> {
      test.pass(ms)
      vi.advanceTimersByTime(500)
      await settle()
    },
  }
}

/** With a kit, at the list. */
export async function openNight(pages: Component, options: TestPhoneOptions = {}) {
  const test = await makePhone(options)
  await test.phone.refreshKit()
  const page = show(pages, test)
  await settle()
  return { test, page }
}

/** The documents that arrived. */
export function sent(test: TestPhone): Record<string, unknown>[] {
  return [...test.documents.values()].map((text) => JSON.parse(text) as Record<string, unknown>)
}
