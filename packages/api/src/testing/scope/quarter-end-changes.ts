import type { TestDatabase } from '@zhidu/db/testing'
import { appealSteps } from './appeal-changes.ts'
import { commendationSteps } from './commendation-changes.ts'
import type { World } from './harness.ts'
import { meetingSteps, newMeetingSteps } from './meeting-changes.ts'

/** Every change about appeals, the lists and meetings, in an order in which each is possible. */
export function quarterEndSteps(
  call: Parameters<typeof meetingSteps>[0],
  ask: { readonly world: () => World; readonly database: () => TestDatabase },
) {
  return [
    ...appealSteps(ask),
    ...commendationSteps(ask.world),
    ...meetingSteps(call),
    ...newMeetingSteps(call, { meetingId: '' }),
  ]
}
