import { type Dimension, DIMENSIONS, type DimensionTitles, type PartPoints } from '@zhidu/domain'
import { inject, type InjectionKey, type MaybeRefOrGetter, provide, toValue } from 'vue'
import { useI18n } from 'vue-i18n'

type Titles = MaybeRefOrGetter<DimensionTitles | undefined>

const TITLES: InjectionKey<Titles> = Symbol('dimension titles')

/** Says by which method's names everything below speaks of dimensions. */
export function provideDimensionWords(titles: Titles): void {
  provide(TITLES, titles)
}

/** What dimensions are called: by the names of the method in force, or given here; else by the usual ones. */
export function useDimensionWords(own?: Titles): (dimension: Dimension) => string {
  const { t } = useI18n({ useScope: 'global' })
  const titles = own ?? inject(TITLES, undefined)
  return (dimension) => toValue(titles)?.[dimension] ?? t(`words.dimension.${dimension}`)
}

/** The method's own name of a dimension, or undefined. */
export function useOwnTitle(): (dimension: Dimension) => string | undefined {
  const titles = inject(TITLES, undefined)
  return (dimension) => toValue(titles)?.[dimension]
}

/** Those that a method has; a base of 0 means that it has none of the kind. */
export function shownDimensions(base: PartPoints): Dimension[] {
  return DIMENSIONS.filter((dimension) => base[dimension] > 0)
}
