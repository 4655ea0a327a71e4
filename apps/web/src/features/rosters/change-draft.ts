import type { RosterShiftItem } from '@zhidu/contract'

interface Said {
  readonly askedBy: string
  readonly agreedBy: string
  readonly reason: string
}

/** What is asked of a shift, complete. */
export type ChangeDraft = Said &
  (
    | { readonly kind: 'swap'; readonly other: RosterShiftItem }
    | {
        readonly kind: 'replace'
        readonly by: { readonly person: string; readonly post: string | null; readonly phone: string | null }
        readonly from: string
        readonly to: string
      }
  )
