import { useQuery } from '@pinia/colada'
import { useApi } from '../../app/api/use-api.ts'

/** One meeting, whole. */
export function useMeeting(meetingId: () => string) {
  const api = useApi()
  return useQuery({
    key: () => ['meetings', 'get', meetingId()],
    query: ({ signal }) => api.meeting.get.query({ meetingId: meetingId() }, { signal }),
  })
}
