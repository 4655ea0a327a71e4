import type { IconName } from '../../ui/icons.ts'

export interface MenuPage {
  readonly name: string
  readonly path: string
}

export interface MenuEntry {
  /** Key under `shell.menu`. */
  readonly name: string
  readonly icon: IconName
  /** Set when the entry is itself a page. */
  readonly path: string | null
  readonly pages: readonly MenuPage[]
}

/** Only pages that exist. */
export const MENU: readonly MenuEntry[] = [
  { name: 'overview', icon: 'home', path: '/', pages: [] },
  {
    name: 'ranking',
    icon: 'ranking',
    path: null,
    pages: [
      { name: 'league', path: '/league' },
      { name: 'units', path: '/units' },
    ],
  },
  { name: 'reports', icon: 'report', path: null, pages: [{ name: 'events', path: '/events' }] },
  { name: 'inspection', icon: 'dice', path: null, pages: [{ name: 'checks', path: '/checks' }] },
  { name: 'system', icon: 'settings', path: null, pages: [{ name: 'imports', path: '/imports' }] },
]

/** True for the page itself and for what lies below it: `/units` is current on `/units/D13`. */
export function isCurrent(menuPath: string, path: string): boolean {
  return menuPath === '/' ? path === '/' : path === menuPath || path.startsWith(`${menuPath}/`)
}
