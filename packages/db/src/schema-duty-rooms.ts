import type { RoomSource } from '@zhidu/domain'
import type { JSONColumnType } from 'kysely'
import type { DateColumn, InstantColumn } from './schema-columns.ts'

/** What an office asks of the duty rooms one level below besides what everybody asks; the last version holds. */
export interface DutyRoomListTable {
  unit_code: string // the office
  version: number // from 1, without a gap
  items: JSONColumnType<readonly { readonly key: string; readonly label: string }[], string, string>
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

/** Somebody looked at a duty room and said what is there. */
export interface DutyRoomAssessmentTable {
  assessment_id: string
  unit_code: string
  office_code: string // whose people looked: the unit itself, or the office above
  source: RoomSource
  looked_on: DateColumn
  answers: JSONColumnType<Readonly<Record<string, string>>, string, string> // by item; an item that is missing was not asked
  regular_staff: number | null // full-time, 在编; NULL = not said
  other_staff: number | null // full-time, not 在编
  at_once: number | null // places to be staffed at one time
  note: string | null
  check_code: string | null // the inspection it was seen in
  files: string[] // hashes
  recorded_at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

/** A training of a unit's duty staff; a correction is a row that replaces another. */
export interface DutyTrainingTable {
  training_id: string
  unit_code: string
  held_on: DateColumn
  topic: string
  minutes: number
  persons: number
  note: string | null
  files: string[] // hashes
  replaces: string | null
  is_withdrawn: boolean // true = it was not held, or stands twice; the note says why
  recorded_at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

export interface DutyRoomFileTable {
  unit_code: string
  office_code: string // who brought it: the unit or the office above
  sha256: string
  type: string
  bytes: number
  name: string
  announced_at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

export interface DutyRoomFilePartTable {
  unit_code: string
  office_code: string
  sha256: string
  start: number
  content: Buffer
}

export interface DutyRoomsSchema {
  duty_room_assessment: DutyRoomAssessmentTable
  duty_room_file: DutyRoomFileTable
  duty_room_file_part: DutyRoomFilePartTable
  duty_room_list: DutyRoomListTable
  duty_training: DutyTrainingTable
}
