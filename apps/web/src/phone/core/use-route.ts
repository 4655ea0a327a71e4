import { onScopeDispose, readonly, type Ref, shallowRef } from 'vue'

/** Where the pages are, behind the number sign: one screen a step, and the phone's own back button works. */
export type Route =
  | { readonly name: 'list' | 'queue' | 'sign_in' | 'order' }
  | { readonly name: 'check'; readonly draftId: string }

const PLACES = ['queue', 'sign_in', 'order'] as const

export function parseRoute(hash: string): Route {
  const place = hash.replace(/^#\/?/, '')
  const name = PLACES.find((one) => one === place)
  if (name !== undefined) return { name }
  const [, draftId] = /^check\/([0-9a-f-]{36})$/.exec(place) ?? []
  return draftId === undefined ? { name: 'list' } : { name: 'check', draftId }
}

export function toHash(route: Route): string {
  switch (route.name) {
    case 'list':
      return '#/'
    case 'check':
      return `#/check/${route.draftId}`
    case 'queue':
    case 'sign_in':
    case 'order':
      return `#/${route.name}`
  }
}

export function goTo(route: Route): void {
  location.hash = toHash(route)
}

/** Call within a component's setup. */
export function useRoute(): Readonly<Ref<Route>> {
  const route = shallowRef(parseRoute(location.hash))
  const follow = (): void => {
    route.value = parseRoute(location.hash)
  }
  addEventListener('hashchange', follow)
  onScopeDispose(() => removeEventListener('hashchange', follow))
  return readonly(route) as Readonly<Ref<Route>>
}
