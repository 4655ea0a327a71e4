import { useQuery } from '@pinia/colada'
import { isQuarter, type Quarter } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/** What a unit is told of its quarter's assessment; nothing for a page that tells no quarter. */
export function useAppealNotice(unitCode: MaybeRefOrGetter<string>, quarter: MaybeRefOrGetter<string | null>) {
  const api = useApi()
  return useQuery({
    key: () => ['appeals', 'notice', toValue(unitCode), toValue(quarter) ?? ''],
    enabled: () => isQuarter(toValue(quarter) ?? ''),
    query: ({ signal }) =>
      api.appeal.notice.query({ unitCode: toValue(unitCode), quarter: toValue(quarter) as Quarter }, { signal }),
  })
}
