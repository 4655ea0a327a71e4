export interface PageTab {
  /** Path without query: one tab a page, whatever its filters. */
  readonly path: string
  /** Where the tab leads: the page as it was left. */
  readonly fullPath: string
  /** Set by the page once it knows; null = the name of the route. */
  readonly title: string | null
  /** Key under `shell.page`, shown until the page has set its title. */
  readonly name: string
}

export const MAX_TABS = 12

/** Adds a tab at the end, or brings the page's own tab up to date. The oldest one beside the home page leaves first. */
export function openTab(tabs: readonly PageTab[], visited: PageTab, home = '/'): PageTab[] {
  const known = tabs.find((tab) => tab.path === visited.path)
  if (known !== undefined) {
    return tabs.map((tab) => (tab === known ? { ...visited, title: visited.title ?? known.title } : tab))
  }
  const room = tabs.length < MAX_TABS ? tabs : tabs.filter((_, index) => index !== oldestIndex(tabs, home))
  return [...room, visited]
}

function oldestIndex(tabs: readonly PageTab[], home: string): number {
  return tabs.findIndex((tab) => tab.path !== home)
}

/** Without the tab; `next` is where to go when the closed one was open: its right neighbour, else its left one. */
export function closeTab(
  tabs: readonly PageTab[],
  path: string,
  home = '/',
): { readonly tabs: PageTab[]; readonly next: PageTab | null } {
  const index = tabs.findIndex((tab) => tab.path === path)
  if (index < 0 || path === home) return { tabs: [...tabs], next: null }
  const rest = tabs.filter((_, each) => each !== index)
  return { tabs: rest, next: rest[index] ?? rest[index - 1] ?? null }
}

/** Tabs kept by an earlier page of this window; anything unknown is dropped. */
export function parseTabs(text: string | null): PageTab[] {
  try {
    const parsed: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(parsed) ? parsed.filter(isTab) : []
  } catch {
    return []
  }
}

function isTab(value: unknown): value is PageTab {
  if (typeof value !== 'object' || value === null) return false
  const { path, fullPath, title, name } = value as Partial<Record<keyof PageTab, unknown>>
  const isText = typeof path === 'string' && typeof fullPath === 'string' && typeof name === 'string'
  const isOurs = isText && path.startsWith('/') && fullPath.startsWith(path)
  return isOurs && !path.startsWith('//') && (title === null || typeof title === 'string')
}
