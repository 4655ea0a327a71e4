import type { ChecklistShape, InspectionDocument, InspectionKit, InspectionPurpose, KitUnit } from '@zhidu/contract'
import type {
  CallAttempt,
  CallBack,
  CallLine,
  CheckMethod,
  DeviceMoment,
  ItemAnswer,
  PhoneSettings,
  SignalRecord,
} from '@zhidu/domain'

export type EvidenceFile = InspectionDocument['files'][number]
export type InspectionLocation = InspectionDocument['startPlace']
export type Checklist = ReturnType<typeof ChecklistShape.parse>
export type Opinion = NonNullable<InspectionDocument['readBack']>['opinion']

/** What was known when the check was begun: the kit may be another by the time it ends. */
export interface SheetBasis {
  readonly inspectionId: string
  /** Of the visit in the kit; null = ordered on the spot. */
  readonly visitKey: string | null
  readonly title: string
  readonly position: number | null
  readonly method: CheckMethod
  readonly purpose: InspectionPurpose
  readonly drawId: string | null
  readonly orderId: string | null
  readonly reason: string | null
  readonly inspectors: readonly string[]
  readonly unit: KitUnit
  readonly checklist: Checklist
  readonly settings: PhoneSettings
  readonly officeName: string
  readonly explanationWorkingDays: number
  readonly limits: readonly string[]
  readonly codesFrom: string
  readonly accountName: string
}

export const STAGES = ['call', 'signals', 'arrive', 'items', 'read_back'] as const
export type Stage = (typeof STAGES)[number]

export interface SheetAnswer {
  readonly answer: ItemAnswer | null
  readonly note: string
  /** SHA-256 of its files. */
  readonly files: readonly string[]
}

/** What the inspector has recorded so far; one tap makes the next. Times are ms since the start. */
export interface SheetCourse {
  readonly stage: Stage
  readonly start: DeviceMoment | null
  /** A call that rings or is being answered. */
  readonly dialling: { readonly line: CallLine; readonly number: string | null; readonly dialledMs: number } | null
  /** Rings as the inspector counted them; null = they follow from the seconds. */
  readonly ringsTold: number | null
  readonly attempts: readonly (CallAttempt & { readonly number: string | null })[]
  readonly callBack: CallBack | null
  readonly signals: readonly SignalRecord[]
  readonly answers: Readonly<Record<string, SheetAnswer>>
  /** Whether the place may be noted; null = not asked yet. */
  readonly mayLocate: boolean | null
  readonly startPlace: InspectionLocation
  readonly endPlace: InspectionLocation
  readonly opinion: Opinion
  readonly objection: string
  readonly person: string
  readonly post: string
  readonly metPerson: string
  readonly note: string
  readonly files: readonly EvidenceFile[]
}

/** Where the clocks stood when it was last touched: the time since the start goes on from there. */
export interface LastSeen extends DeviceMoment {
  readonly elapsedMs: number
}

export interface Sheet {
  readonly basis: SheetBasis
  readonly course: SheetCourse
  /** Earlier states, the last one last. */
  readonly past: readonly SheetCourse[]
  readonly seen: LastSeen | null
}

const MOST_STEPS_BACK = 60

export function beginSheet(basis: SheetBasis): Sheet {
  const course: SheetCourse = {
    stage: basis.method === 'phone' ? 'call' : 'arrive',
    start: null,
    dialling: null,
    ringsTold: null,
    attempts: [],
    callBack: null,
    signals: [],
    answers: {},
    mayLocate: null,
    startPlace: 'not_asked',
    endPlace: 'not_asked',
    opinion: 'agrees',
    objection: '',
    person: '',
    post: '',
    metPerson: '',
    note: '',
    files: [],
  }
  return { basis, course, past: [], seen: null }
}

/** The sheet after a tap; a tap that changes nothing leaves no step to take back. */
export function withCourse(sheet: Sheet, course: SheetCourse): Sheet {
  if (course === sheet.course) return sheet
  return { ...sheet, course, past: [...sheet.past.slice(1 - MOST_STEPS_BACK), sheet.course] }
}

/** Words are typed letter by letter: they are kept without a step each. */
export function withWords(sheet: Sheet, words: Partial<SheetCourse>): Sheet {
  return { ...sheet, course: { ...sheet.course, ...words } }
}

/** Takes the last tap back. Files stay with what follows: bytes are not taken twice. */
export function stepBack(sheet: Sheet): Sheet {
  const course = sheet.past.at(-1)
  if (course === undefined) return sheet
  const { files, start } = sheet.course
  // The check began when it began, whatever is taken back.
  return { ...sheet, course: { ...course, files, start: course.start ?? start }, past: sheet.past.slice(0, -1) }
}

/**
 * Milliseconds since the start. Within one life of the page by the monotonic clock; over a restart by the wall clock from when it was last
 * touched, never backwards.
 */
export function elapsedMs({ course, seen }: Sheet, now: DeviceMoment): number {
  if (course.start === null || seen === null) return 0
  const since =
    seen.session === now.session ? now.monotonicMs - seen.monotonicMs : Math.max(0, now.wallMs - seen.wallMs)
  return Math.round(seen.elapsedMs + since)
}

export function touch(sheet: Sheet, now: DeviceMoment): Sheet {
  return { ...sheet, seen: { ...now, elapsedMs: elapsedMs(sheet, now) } }
}

/** The visit's name within a kit. */
export function visitKeyOf(visit: Pick<InspectionKit['visits'][number], 'drawId' | 'orderId' | 'unitCode'>): string {
  return [visit.drawId ?? visit.orderId ?? '', visit.unitCode].join(' ')
}
