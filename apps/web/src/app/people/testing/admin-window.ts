import type { Component } from 'vue'
import { flushPromises } from '@vue/test-utils'
import type { Answers } from '../../../testing/answer-link.ts'
import { makeMeta } from '../../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../../testing/mount-app.ts'

type Role = 'system_admin' | 'security_admin' | 'audit_admin'

/** A page as one of the three administrators sees it. */
export async function openAs(
  role: Role,
  page: Component,
  at: string,
  answers: Answers,
  locale: 'zh-CN' | 'en' = 'zh-CN',
) {
  const session = { get: makeSession({ account: makeAccount([role]), singleSignOn: '统一认证' }), ...answers.session }
  return await mountApp(page, { at, locale, answers: { meta: { get: makeMeta() }, ...answers, session } })
}

export function button(text: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].filter((each) => each.textContent?.trim() === text)
  if (found.length === 0) throw new Error(`no button ${text}`)
  return found.at(-1)!
}

export async function press(text: string): Promise<void> {
  button(text).click()
  await flushPromises()
  await flushPromises()
}

export function type(selector: string, text: string): void {
  const input = document.querySelector<HTMLInputElement>(selector)!
  input.value = text
  input.dispatchEvent(new Event('input'))
}

/** The page, within `main` as in the application, and each of what stands over it. */
export async function expectNoBarriers(): Promise<void> {
  const page = document.querySelector('[data-v-app]')
  const main = document.createElement('main')
  page?.replaceWith(main)
  if (page) main.append(page)
  await expectAccessible(main)
  for (const overlay of document.querySelectorAll('.el-overlay [role="dialog"]')) await expectAccessible(overlay)
  if (page) main.replaceWith(page)
}

export const body = () => document.body.textContent ?? ''
