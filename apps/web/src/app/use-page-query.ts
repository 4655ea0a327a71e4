import { isQuarter, type Quarter, type TreeChoice } from '@zhidu/domain'
import { computed, type ComputedRef } from 'vue'
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { useMeta } from './api/use-meta.ts'

export function firstText(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : null
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/

/** The filters every page shares, read from the URL: quarter (else the default one), as of when, by which tree. */
export function usePageQuery() {
  const route = useRoute()
  const router = useRouter()
  const meta = useMeta()

  /** null until the server has named the default quarter. */
  const quarter: ComputedRef<Quarter | null> = computed(() => {
    const text = firstText(route.query['quarter'])
    return text !== null && isQuarter(text) ? text : (meta.data.value?.defaultQuarter ?? null)
  })
  const asOf = computed(() => {
    const text = firstText(route.query['asOf'])
    return text !== null && INSTANT.test(text) ? text : null
  })

  const tree = computed<TreeChoice>(() => (firstText(route.query['tree']) === 'now' ? 'now' : 'then'))

  /** Changes part of the query, without a step in the history; null and '' take a key out. */
  function setQuery(changes: Readonly<Record<string, string | null>>): void {
    const query: LocationQueryRaw = { ...route.query }
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === '') delete query[key]
      else query[key] = value
    }
    void router.replace({ query, hash: route.hash })
  }

  return {
    meta,
    quarter,
    asOf,
    tree,
    quarters: computed(() => meta.data.value?.quarters ?? []),
    setQuarter: (next: string) => setQuery({ quarter: next }),
    setAsOf: (next: string | null) => setQuery({ asOf: next }),
    setTree: (next: TreeChoice) => setQuery({ tree: next === 'then' ? null : next }),
    setQuery,
  }
}
