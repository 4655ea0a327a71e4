import type { MeetingPage } from '@zhidu/contract'
import { hideNames, type MeetingItemKind } from '@zhidu/domain'

export interface Slide {
  readonly kind: MeetingItemKind | 'title'
  readonly text: string
}

/**
 * Everything the projector shows, made before anything is drawn. Hidden: every name and code of a unit that is called is taken out of
 * every text here, so that none reaches the page.
 */
export function buildSlides(page: MeetingPage, isHidden: boolean, word: string): Slide[] {
  const named = page.units.map(({ name, shortName, unitCode }) => ({
    unitCode,
    names: shortName === null ? [name] : [name, shortName],
  }))
  const { hideIn } = hideNames(named, word)
  const told = (text: string): string => (isHidden ? hideIn(text) : text)
  const items = page.agenda.document.items.filter(({ text }) => text !== '')
  return [
    { kind: 'title', text: told(page.item.title) },
    ...items.map(({ kind, text }) => ({ kind, text: told(text) })),
  ]
}
