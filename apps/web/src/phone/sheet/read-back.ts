import { toLocalIso } from '@zhidu/domain'
import type { Format } from '../../ui/format.ts'
import { type CheckTime, forwardingOf, listFaults, listItems, onDutyAt, ringAt, verdictOf } from './reading.ts'
import type { SheetBasis, SheetCourse } from './sheet.ts'

/** `strong`: names; `fault`: what is not as it should be. */
export interface Segment {
  readonly text: string
  readonly tone: 'plain' | 'strong' | 'fault'
}

export type Translate = (key: string, params?: Record<string, unknown>) => string

interface Words {
  readonly t: Translate
  readonly format: Format
}

const NAMED_CALLS = 5

export function nthWord(t: Translate, n: number): string {
  return n <= NAMED_CALLS ? t(`phone.nth.${n}`) : t('phone.nthMore', { n })
}

function plain(text: string): Segment {
  return { text, tone: 'plain' }
}

function opening({ format, t }: Words, basis: SheetBasis, startAt: number): Segment {
  const iso = toLocalIso(startAt)
  const at = t('phone.readBack.at', {
    day: format.date(iso.slice(0, 10)),
    hour: Number(iso.slice(11, 13)),
    minute: Number(iso.slice(14, 16)),
  })
  return plain(t(`phone.readBack.opening.${basis.method}`, { at, office: basis.officeName, unit: basis.unit.name }))
}

function calls({ t }: Words, basis: SheetBasis, course: SheetCourse, time: CheckTime): Segment[] {
  if (basis.method === 'phone' && basis.unit.lines.length === 0) return [plain(t('phone.readBack.noNumber'))]
  const verdict = verdictOf(basis, course, time)
  const last = course.attempts.at(-1)
  if (verdict === null || last === undefined) return []
  if (verdict.kind === 'inconclusive') return [plain(t('phone.readBack.inconclusive', { n: course.attempts.length }))]
  if (verdict.kind === 'fault' && verdict.finding !== 'not_as_rostered') {
    const finding = t(`words.finding.${verdict.finding}`)
    return [
      plain(t('phone.readBack.attempts', { n: course.attempts.length })),
      { text: t('phone.readBack.finding', { finding }), tone: 'fault' },
      plain(t('phone.readBack.stop')),
    ]
  }
  if (course.callBack?.cameMs != null) return [plain(t('phone.readBack.calledBack'))]
  const nth = nthWord(t, course.attempts.filter(({ line }) => line === last.line).length)
  return [plain(t('phone.readBack.answered', { nth, ring: last.rings ?? ringAt(last.ringMs) }))]
}

/** People that were found as the roster has them. */
function people({ format, t }: Words, basis: SheetBasis, course: SheetCourse, startAt: number): Segment[] {
  const { leaders, officers } = onDutyAt(basis, startAt)
  const isRight = (finding: string): boolean =>
    listItems(basis).some((item) => item.finding === finding && course.answers[item.key]?.answer === 'yes')
  const parts: Segment[][] = []
  const names = (list: readonly { readonly person: string }[]): string => format.list(list.map(({ person }) => person))
  if (isRight('not_as_rostered') && officers.length > 0) {
    parts.push([
      plain(t('phone.readBack.officer')),
      { text: names(officers), tone: 'strong' },
      plain(t('phone.readBack.present')),
    ])
  }
  if (isRight('leader_unreachable') && leaders.length > 0) {
    parts.push([
      plain(t('phone.readBack.leader')),
      { text: names(leaders), tone: 'strong' },
      plain(t('phone.readBack.reachable')),
    ])
  }
  return parts.flatMap((part, index) => [
    ...part,
    plain(t(index < parts.length - 1 ? 'words.comma' : 'phone.readBack.stop')),
  ])
}

function faults({ format, t }: Words, basis: SheetBasis, course: SheetCourse, time: CheckTime): Segment[] {
  const found = listFaults(basis, course).map((text) => t('phone.readBack.not', { text }))
  const suspected = forwardingOf(basis, course, time).isSuspected ? [t('phone.readBack.forwarded')] : []
  const all = [...found, ...suspected]
  if (all.length > 0) return [{ text: format.list(all), tone: 'fault' }, plain(t('phone.readBack.stop'))]
  const isAsked = Object.values(course.answers).some(({ answer }) => answer !== null)
  return isAsked ? [plain(t('phone.readBack.allRight'))] : []
}

/** What is read to the unit, word for word as it is kept. */
export function composeReadBack(
  words: Words,
  { basis, course }: { readonly basis: SheetBasis; readonly course: SheetCourse },
  time: CheckTime,
): readonly Segment[] {
  const { t } = words
  const met = course.metPerson.trim()
  return [
    opening(words, basis, time.startAt),
    ...calls(words, basis, course, time),
    ...(met === '' ? [] : [plain(t('phone.readBack.met', { person: met }))]),
    ...people(words, basis, course, time.startAt),
    ...faults(words, basis, course, time),
    plain(t('phone.readBack.closing', { days: basis.explanationWorkingDays })),
  ]
}

export function toText(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('')
}
