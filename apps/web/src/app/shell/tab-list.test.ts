import { describe, expect, it } from 'vitest'
import { closeTab, MAX_TABS, openTab, type PageTab, parseTabs } from './tab-list.ts'

function tab(path: string, overrides: Partial<PageTab> = {}): PageTab {
  return { path, fullPath: path, title: null, name: 'unit', ...overrides }
}

const HOME = tab('/', { name: 'overview' })

describe('openTab', () => {
  it('keeps one tab a page, as it was last left, with the title it had', () => {
    const tabs = [HOME, tab('/league', { title: '市直组排名' })]
    const next = openTab(tabs, tab('/league', { fullPath: '/league?sort=-score' }))
    expect(next).toEqual([HOME, tab('/league', { fullPath: '/league?sort=-score', title: '市直组排名' })])
  })

  it('lets the oldest page beside the overview go when the bar is full', () => {
    const full = [HOME, ...Array.from({ length: MAX_TABS - 1 }, (_, index) => tab(`/units/${index}`))]
    const next = openTab(full, tab('/checks'))
    expect(next).toHaveLength(MAX_TABS)
    expect(next.map((each) => each.path)).toEqual(expect.arrayContaining(['/', '/checks', '/units/1']))
    expect(next.some((each) => each.path === '/units/0')).toBe(false)
  })
})

describe('closeTab', () => {
  const tabs = [HOME, tab('/a'), tab('/b')]

  it('goes on to the neighbour at the right, else at the left', () => {
    expect(closeTab(tabs, '/a').next?.path).toBe('/b')
    expect(closeTab(tabs, '/b').next?.path).toBe('/a')
  })

  it('never closes the overview', () => {
    expect(closeTab(tabs, '/')).toEqual({ tabs, next: null })
  })
})

it('takes from the store only what it would have put there', () => {
  const good = tab('/league')
  expect(
    parseTabs(JSON.stringify([good, { path: 'javascript:alert(1)' }, { ...good, fullPath: '//evil' }, null, 3])),
  ).toEqual([good])
  expect([parseTabs('{'), parseTabs(null), parseTabs('{}')]).toEqual([[], [], []])
})
