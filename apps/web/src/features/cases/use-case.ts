import { useQuery } from '@pinia/colada'
import { useApi } from '../../app/api/use-api.ts'

/** One case with all its steps. */
export function useCase(caseId: () => string) {
  const api = useApi()
  return useQuery({
    key: () => ['cases', 'get', caseId()],
    query: ({ signal }) => api.case.get.query({ caseId: caseId() }, { signal }),
  })
}
