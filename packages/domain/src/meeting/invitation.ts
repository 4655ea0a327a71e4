import type { PlainDate } from '../calendar/plain-date.ts'

/** Who of a unit is called: 分管领导 and 主要负责人 of its duty office. Source: founding document, 交流总结制度. */
export const MEETING_SEATS = ['deputy', 'head'] as const
export type MeetingSeat = (typeof MEETING_SEATS)[number]

/** 出席, 请假, 代为参加. */
export const REPLY_KINDS = ['attend', 'leave', 'proxy'] as const
export type ReplyKind = (typeof REPLY_KINDS)[number]

export interface MeetingReply {
  readonly seat: MeetingSeat
  readonly kind: ReplyKind
  /** Local day on which it was given. */
  readonly on: PlainDate
  /** Of which invitation; a postponed meeting invites again. */
  readonly round: number
}

/** What counts of a seat. */
export interface SeatStanding<R extends MeetingReply> {
  readonly seat: MeetingSeat
  /** The last one given to the newest invitation; null = not answered. */
  readonly reply: R | null
  /** Given after the last day: taken all the same, and said. */
  readonly isLate: boolean
}

/** Both seats, in their order. `replies`: in the order in which they were given. */
export function seatStandingsOf<R extends MeetingReply>(
  invitation: { readonly round: number; readonly answerBy: PlainDate },
  replies: readonly R[],
): SeatStanding<R>[] {
  return MEETING_SEATS.map((seat) => {
    const reply = replies.findLast((one) => one.seat === seat && one.round === invitation.round) ?? null
    return { seat, reply, isLate: reply !== null && reply.on > invitation.answerBy }
  })
}
