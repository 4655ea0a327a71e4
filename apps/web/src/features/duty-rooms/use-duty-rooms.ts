import { useQuery } from '@pinia/colada'
import type { DutyRoomsInput } from '@zhidu/contract'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/** Rooms one level below, those with gaps first. */
export function useDutyRooms(input: MaybeRefOrGetter<DutyRoomsInput>) {
  const api = useApi()
  return useQuery({
    key: () => ['duty-rooms', 'list', JSON.stringify(toValue(input))],
    query: ({ signal }) => api.dutyRoom.list.query(toValue(input), { signal }),
  })
}

export function useDutyRoom(unitCode: () => string) {
  const api = useApi()
  return useQuery({
    key: () => ['duty-rooms', 'get', unitCode()],
    query: ({ signal }) => api.dutyRoom.get.query({ unitCode: unitCode() }, { signal }),
  })
}
