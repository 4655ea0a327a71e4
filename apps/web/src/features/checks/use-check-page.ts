import { useQuery } from '@pinia/colada'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

export function useCheckPage(checkCode: MaybeRefOrGetter<string>) {
  const api = useApi()
  return useQuery({
    key: () => ['check', toValue(checkCode)],
    query: ({ signal }) => api.check.get.query({ checkCode: toValue(checkCode) }, { signal }),
  })
}
