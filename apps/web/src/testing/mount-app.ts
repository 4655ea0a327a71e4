import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia, setActivePinia } from 'pinia'
import type { Component } from 'vue'
import { expect } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { type Api, createApi } from '../app/api/client.ts'
import { forgetLeftQueries } from '../app/api/forget-left-queries.ts'
import { API } from '../app/api/use-api.ts'
import { createAppI18n, loadLocale } from '../app/i18n/i18n.ts'
import type { Locale } from '../app/i18n/locale.ts'
import { I18N } from '../app/i18n/use-locale.ts'
import { createAppRouter } from '../app/router.ts'
import { createSessionKeeper } from '../app/session/session-keeper.ts'
import { SESSION } from '../app/session/use-session.ts'
import { type Answers, answerLink, type Call } from './answer-link.ts'
import { makeSession } from './make-session.ts'

export interface MountOptions {
  readonly props?: Record<string, unknown>
  readonly slots?: Record<string, string>
  /** Unless `session.get` is among them, a clerk of the whole installation is signed in. */
  readonly answers?: Answers
  /** Address the app is at; default `/`. */
  readonly at?: string
  readonly locale?: Locale
  /** What the page is given besides: places that a test has in memory. */
  readonly provide?: Readonly<Record<symbol, unknown>>
}

/** Mounts a component as the app would: real router, stores, texts, and a real client that answers from `answers`. */
export async function mountApp(component: Component, options: MountOptions = {}) {
  const calls: Call[] = []
  const locale = options.locale ?? 'zh-CN'
  const i18n = createAppI18n('zh-CN')
  await loadLocale(i18n, locale)
  const pinia = createPinia()
  setActivePinia(pinia)
  const answers: Answers = { ...options.answers, session: { get: makeSession(), ...options.answers?.session } }
  const session = createSessionKeeper((): Api => api)
  const api = createApi({ locale: () => locale, links: [answerLink(answers, calls)], watch: session })
  const router = createAppRouter(createMemoryHistory(), session)
  // As in the application: no page before the first address is known.
  await router.push(options.at ?? '/')
  const wrapper = mount(component, {
    attachTo: document.body,
    ...(options.props === undefined ? {} : { props: options.props }),
    ...(options.slots === undefined ? {} : { slots: options.slots }),
    global: {
      plugins: [pinia, [PiniaColada, { plugins: [forgetLeftQueries] }], i18n, router],
      provide: { ...options.provide, [I18N as symbol]: i18n, [API as symbol]: api, [SESSION as symbol]: session },
    },
  })
  await flushPromises()
  await flushPromises()
  return { wrapper, router, calls, i18n, session }
}

/** What a happy-dom page cannot show (colours, sizes) and what belongs to the whole page, not to a part of it. */
const NOT_HERE = [
  'color-contrast',
  'region',
  'page-has-heading-one',
  'landmark-one-main',
  'html-has-lang',
  'document-title',
]

/** Fails with the rule, the reason and the element of every barrier axe finds. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, {
    rules: Object.fromEntries(NOT_HERE.map((rule) => [rule, { enabled: false }])),
  })
  const found = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help}: ${node.html.slice(0, 160)}`),
  )
  expect(found).toEqual([])
}
