import { expect, it } from 'vitest'
import { routes } from '../router.ts'
import { isCurrent, MENU } from './menu.ts'

it('leads only to pages that exist', () => {
  const paths = MENU.flatMap((entry) => [
    ...(entry.path === null ? [] : [entry.path]),
    ...entry.pages.map((page) => page.path),
  ])
  expect(paths.filter((path) => !routes.some((route) => route.path === path))).toEqual([])
})

it('marks a page also while one below it is open, and the overview only itself', () => {
  expect([isCurrent('/units', '/units/D13'), isCurrent('/units', '/unitsets'), isCurrent('/', '/units')]).toEqual([
    true,
    false,
    false,
  ])
})
