import type { DutyRoomItem, RoomItemStanding, RoomStaffing } from '@zhidu/contract'
import type { OwnRoomItem, RoomAssessmentRow, TrainingRow } from '@zhidu/db'
import {
  addDays,
  type PlainDate,
  ROOM_ANSWERS,
  ROOM_ITEMS,
  type RoomAnswer,
  roomItemStanding,
  type RoomSaying,
  staffNeeded,
  type UnitPeriod,
} from '@zhidu/domain'

export interface AskedItem {
  readonly key: string
  /** null = one that everybody asks. */
  readonly label: string | null
}

/** Everybody's items, then the office's own. */
export function toAskedItems(own: readonly OwnRoomItem[]): AskedItem[] {
  return [...ROOM_ITEMS.map((key) => ({ key, label: null })), ...own]
}

function sayingsOf(assessments: readonly RoomAssessmentRow[], key: string): RoomSaying[] {
  return assessments.flatMap(({ answers, lookedOn, source }) => {
    const answer = ROOM_ANSWERS.find((one) => one === answers[key])
    return answer === undefined ? [] : [{ source, answer, on: lookedOn }]
  })
}

export function toStandings(
  assessments: readonly RoomAssessmentRow[],
  asked: readonly AskedItem[],
  isOwed: boolean,
): RoomItemStanding[] {
  const bare = (saying: RoomSaying | null) => (saying === null ? null : { answer: saying.answer, on: saying.on })
  return asked.map(({ key, label }) => {
    const { answer, declared, inspected, standing } = roomItemStanding(sayingsOf(assessments, key), isOwed)
    return { key, label, answer, standing, declared: bare(declared), inspected: bare(inspected) }
  })
}

/** The last word on the staff, an inspection's before the unit's own of the same day. */
export function toStaffing(assessments: readonly RoomAssessmentRow[]): RoomStaffing | null {
  const said = assessments
    .filter(({ regularStaff }) => regularStaff !== null)
    .toSorted((a, b) =>
      a.lookedOn === b.lookedOn
        ? Number(b.source === 'declared') - Number(a.source === 'declared')
        : a.lookedOn < b.lookedOn
          ? -1
          : 1,
    )
    .at(-1)
  if (said === undefined) return null
  const { lookedOn, source } = said
  const [regular, other, atOnce] = [said.regularStaff ?? 0, said.otherStaff ?? 0, said.atOnce ?? 1]
  const needed = staffNeeded(atOnce)
  return { regular, other, atOnce, needed, canRotate: regular + other >= needed, on: lookedOn, source }
}

/** Trainings that stand, of the year before a day. */
function recentOf(trainings: readonly TrainingRow[], today: PlainDate): number {
  const replaced = new Set(trainings.map(({ replaces }) => replaces))
  const from = addDays(today, -365)
  return trainings.filter(
    ({ heldOn, isWithdrawn, trainingId }) => !isWithdrawn && !replaced.has(trainingId) && heldOn > from,
  ).length
}

export interface RoomFacts {
  readonly unit: UnitPeriod
  readonly assessments: readonly RoomAssessmentRow[]
  readonly trainings: readonly TrainingRow[]
}

export function toRoomItem(
  { assessments, trainings, unit }: RoomFacts,
  asked: readonly AskedItem[],
  today: PlainDate,
): DutyRoomItem {
  const items = toStandings(assessments, asked, unit.dutyMode === 'room')
  const count = (answer: RoomAnswer): number => items.filter((one) => one.answer === answer).length
  const days = assessments.map(({ lookedOn }) => lookedOn)
  return {
    unitCode: unit.unitCode,
    unitName: unit.name,
    dutyMode: unit.dutyMode,
    items,
    gapCount: count('has_not'),
    unknownCount: count('not_known'),
    contradictedCount: items.filter(({ standing }) => standing === 'contradicted').length,
    staffing: toStaffing(assessments),
    trainingCount: recentOf(trainings, today),
    lookedOn: days.toSorted().at(-1) ?? null,
  }
}
