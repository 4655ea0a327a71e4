import { writeChineseNumber, writeQuarter } from '@zhidu/contract'
import type { MeetingDecisionRow, MeetingInvitationRow, MeetingReplyRow, MeetingRow } from '@zhidu/db'
import { localDateOf, type MeetingItem, type MeetingSeat } from '@zhidu/domain'
import { writeDay } from './agenda-words.ts'
import { standingsOf } from './invitation-standing.ts'

export const SEAT_WORDS: Readonly<Record<MeetingSeat, string>> = { deputy: '分管领导', head: '主要负责人' }

export interface MinutesFacts {
  readonly row: MeetingRow
  readonly agenda: readonly MeetingItem[]
  /** The newest of each unit. */
  readonly invitations: readonly MeetingInvitationRow[]
  readonly replies: readonly MeetingReplyRow[]
  readonly decisions: readonly MeetingDecisionRow[]
  readonly nameOf: (unitCode: string) => string
}

interface MinutesText {
  readonly kind: 'heading' | 'note'
  readonly text: string
}

/** Each kind of answer in a sentence of its own; a kind that nobody gave has none. */
function writeAttendance({ invitations, nameOf, replies }: MinutesFacts): string[] {
  const seats = invitations.flatMap((invitation) =>
    standingsOf(invitation, replies).map((one) => ({ ...one, unit: nameOf(invitation.unitCode) })),
  )
  const told = (kind: string | null) => seats.filter(({ reply }) => (reply?.kind ?? null) === kind)
  const line = (head: string, some: readonly string[]) => (some.length === 0 ? [] : [`${head}：${some.join('；')}。`])
  return [
    ...line(
      '出席',
      told('attend').map(({ reply, seat, unit }) => `${unit}${SEAT_WORDS[seat]}${reply?.row.person ?? ''}`),
    ),
    ...line(
      '代为参加',
      told('proxy').map(
        ({ reply, seat, unit }) =>
          `${unit}${reply?.row.substitute ?? ''}（代${SEAT_WORDS[seat]}${reply?.row.person ?? ''}）`,
      ),
    ),
    ...line(
      '请假',
      told('leave').map(({ reply, seat, unit }) => {
        const { note, person, substitute } = reply?.row ?? {}
        return `${unit}${SEAT_WORDS[seat]}${person ?? ''}（${note ?? ''}${substitute == null ? '' : `，由${substitute}参加`}）`
      }),
    ),
    ...line(
      '未答复',
      told(null).map(({ seat, unit }) => `${unit}${SEAT_WORDS[seat]}`),
    ),
  ]
}

/** Minutes drafted: what it was, who was there, what was told, what was decided. */
export function writeMinutes(facts: MinutesFacts): MinutesText[] {
  const { agenda, decisions, invitations, nameOf, row } = facts
  const [invitation] = invitations
  const heading = (text: string): MinutesText => ({ kind: 'heading', text })
  const note = (text: string): MinutesText => ({ kind: 'note', text })
  const when = invitation === undefined ? '' : `${writeDay(localDateOf(invitation.heldAt))}，在${invitation.place}，`
  const opening = `${when}${row.officeName}召开${row.title}，交流${writeQuarter(row.quarter)}值班工作情况。现将会议纪要如下。`
  const parts = [
    { head: '参会情况', texts: writeAttendance(facts) },
    {
      head: '会议内容',
      texts: agenda.filter(({ kind }) => kind !== 'heading').map(({ text }, at) => `${at + 1}. ${text}`),
    },
    {
      head: '议定事项',
      texts: decisions.map(
        ({ lastDay, owner, report, unitCode, what }, at) =>
          `${at + 1}. ${nameOf(unitCode)}${what}。责任人：${owner}；时限：${writeDay(lastDay)}；报送：${report}。`,
      ),
    },
  ].filter(({ texts }) => texts.length > 0)
  return [
    note(opening),
    ...parts.flatMap(({ head, texts }, at) => [heading(`${writeChineseNumber(at + 1)}、${head}`), ...texts.map(note)]),
  ]
}
