import type { Role } from '@zhidu/domain'
import { expect, it } from 'vitest'
import { routes } from '../router.ts'
import { makeAccount } from '../../testing/make-session.ts'
import { isCurrent, MENU, menuFor } from './menu.ts'

it('leads only to pages that exist', () => {
  const paths = MENU.flatMap((entry) => [
    ...(entry.path === null ? [] : [entry.path]),
    ...entry.pages.filter(({ isOtherEntry }) => isOtherEntry !== true).map((page) => page.path),
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

it('shows each role its own pages and none that would be refused', () => {
  const pagesOf = (role: Role): string[] =>
    menuFor(makeAccount([role], { unitCode: 'D13' })).flatMap((entry) => [
      ...(entry.path === null ? [] : [entry.path]),
      ...entry.pages.map((page) => page.path),
    ])
  expect(pagesOf('unit_officer')).toEqual([
    '/',
    '/units/D13',
    '/report',
    '/events',
    '/obligations',
    '/inquiries',
    '/misreports',
    '/draws',
    '/inspections',
    '/cases',
    '/room-code',
    '/filings',
    '/rosters',
    '/duty-rooms',
    '/logs',
    '/handovers',
    '/appeals',
    '/meetings',
  ])
  const places = ['/league', '/units', '/funnel', '/compare', '/trends', '/sensitivity', '/how-to-read']
  const reading = [
    '/',
    ...places,
    '/events',
    '/obligations',
    '/leads',
    '/informants',
    '/inquiries',
    '/misreports',
    '/draws',
    '/checks',
    '/inspections',
    '/cases',
    '/inspection-quality',
    '/filings',
    '/rosters',
    '/duty-rooms',
    '/logs',
    '/handovers',
    '/quarters',
    '/assessment',
    '/appeals',
    '/bulletins',
    '/meetings',
  ]
  const kept = ['/admin/units', '/admin/calendar', '/admin/regulations']
  expect(pagesOf('leader')).toEqual([...reading, ...kept])
  expect(pagesOf('clerk').toSorted()).toEqual(
    [...reading, '/report', '/checklists', '/m/check', '/log-units', '/imports', ...kept].toSorted(),
  )
  expect(pagesOf('system_admin')).toEqual(['/units', '/imports', '/admin/units', '/admin/users'])
  expect(pagesOf('security_admin')).toEqual(['/admin/access', '/admin/tokens'])
  expect(pagesOf('audit_admin')).toEqual(['/admin/audit'])
})
