import { useInfiniteQuery, useQuery } from '@pinia/colada'
import type { ReportInbox } from '@zhidu/contract'
import { computed } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { useSession } from '../../app/session/use-session.ts'

/** Everything the page of a report is drawn from. `draftKey`: of an event that is not on record yet. */
export function useReportDesk(about: () => { readonly eventCode: string | null; readonly draftKey: string }) {
  const api = useApi()
  return useQuery({
    key: () => ['report', 'desk', about().eventCode ?? '', about().draftKey],
    query: ({ signal }) => api.report.desk.query(about(), { signal }),
    // What is being typed goes on from what was read once.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** Events of the own unit whose clocks run, and the drafts of its officers. */
export function useRunningReports() {
  const api = useApi()
  const { may } = useSession()
  return useQuery({
    key: ['report', 'running'],
    enabled: () => may('reports.file'),
    query: ({ signal }) => api.report.running.query(undefined, { signal }),
  })
}

/** What the units one level below sent. */
export function useReportInbox(view: () => 'unsigned' | 'all') {
  const api = useApi()
  const { may } = useSession()
  const query = useInfiniteQuery<ReportInbox, Error, string | null>({
    key: () => ['report', 'inbox', view()],
    enabled: () => may('reports.take'),
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) =>
      api.report.inbox.query({ view: view(), ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
  })
  return { ...query, items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []) }
}

export function useReceipt(receiptCode: () => string) {
  const api = useApi()
  return useQuery({
    key: () => ['report', 'receipt', receiptCode()],
    query: ({ signal }) => api.report.receipt.query({ receiptCode: receiptCode() }, { signal }),
  })
}
