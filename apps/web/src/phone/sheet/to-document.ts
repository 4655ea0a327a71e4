import type { InspectionDocument } from '@zhidu/contract'
import type { ClockAnchor } from '@zhidu/domain'
import { listItems } from './reading.ts'
import type { Sheet, SheetCourse } from './sheet.ts'

/** The bounds of the contract; what is typed is bounded by the fields. */
const MOST_ANCHORS = 10
const MOST_INSPECTORS = 6
/** A check that was left open for longer is said to have lasted a day. */
const LONGEST_MS = 86_400_000

/** As the contract reads words: no half characters, nothing around them. */
export function cleanWords(text: string): string {
  return text.replace(/[\p{Surrogate}\0]/gu, '').trim()
}

function wordsOrNull(text: string | null): string | null {
  const words = text === null ? '' : cleanWords(text)
  return words === '' ? null : words
}

/** Those of the check's own life of the page first, then the quickest: these place it best. */
function bestAnchors(anchors: readonly ClockAnchor[], session: string): ClockAnchor[] {
  const isOther = (anchor: ClockAnchor): number => (anchor.session === session ? 0 : 1)
  return anchors
    .toSorted((a, b) => isOther(a) - isOther(b) || a.roundTripMs - b.roundTripMs)
    .slice(0, MOST_ANCHORS)
    .map(({ monotonicMs, roundTripMs, serverMs, session: life, wallMs }) => ({
      session: life,
      monotonicMs,
      wallMs,
      serverMs,
      roundTripMs,
    }))
}

function capped(ms: number): number {
  return Math.min(Math.round(ms), LONGEST_MS)
}

function toAnswers(sheet: Sheet): InspectionDocument['answers'] {
  return listItems(sheet.basis).flatMap(({ key }) => {
    const given = sheet.course.answers[key]
    if (given === undefined || given.answer === null) return []
    return [{ item: key, answer: given.answer, note: wordsOrNull(given.note), files: [...given.files] }]
  })
}

function toPlace(place: SheetCourse['startPlace']): SheetCourse['startPlace'] {
  if (typeof place === 'string') return place
  const { accuracyMetres, atMs, latitude, longitude } = place
  return { atMs: capped(atMs), latitude, longitude, accuracyMetres }
}

/**
 * What is sent, with its keys in the order of the contract: the hash on this phone is that of the server. Throws RangeError for a check that was
 * never begun.
 */
export function toDocument(
  { basis, course }: Sheet,
  sent: { readonly anchors: readonly ClockAnchor[]; readonly elapsedMs: number; readonly readBack: string },
): InspectionDocument {
  const { start } = course
  if (start === null) throw new RangeError('a check that was not begun')
  const { drawId, inspectionId, method, orderId, purpose, reason } = basis
  return {
    format: 1,
    inspectionId,
    unitCode: basis.unit.unitCode,
    method,
    purpose,
    drawId,
    orderId,
    reason: wordsOrNull(reason),
    inspectors: basis.inspectors.map(cleanWords).slice(0, MOST_INSPECTORS),
    checklist: { id: basis.checklist.id, version: basis.checklist.version },
    start: { session: start.session, monotonicMs: start.monotonicMs, wallMs: start.wallMs },
    anchors: bestAnchors(sent.anchors, start.session),
    elapsedMs: capped(sent.elapsedMs),
    attempts: course.attempts.map(({ dialledMs, line, number, outcome, ringMs, rings }) => ({
      line,
      number: wordsOrNull(number),
      dialledMs: capped(dialledMs),
      ringMs: capped(ringMs),
      rings,
      outcome,
    })),
    callBack:
      course.callBack === null
        ? null
        : {
            askedMs: capped(course.callBack.askedMs),
            cameMs: course.callBack.cameMs === null ? null : capped(course.callBack.cameMs),
            isFromDutyLine: course.callBack.isFromDutyLine,
          },
    signals: course.signals.map(({ note, reading, signal }) => ({ signal, reading, note: wordsOrNull(note) })),
    answers: toAnswers({ basis, course, past: [], seen: null }),
    startPlace: toPlace(course.startPlace),
    endPlace: toPlace(course.endPlace),
    readBack: {
      text: cleanWords(sent.readBack),
      opinion: course.opinion,
      objection: course.opinion === 'objects' ? wordsOrNull(course.objection) : null,
      person: course.opinion === 'nobody' ? null : wordsOrNull(course.person),
      post: course.opinion === 'nobody' ? null : wordsOrNull(course.post),
      atMs: capped(sent.elapsedMs),
    },
    files: course.files.map(({ bytes, kind, name, sha256, takenMs, type }) => ({
      sha256,
      kind,
      type,
      bytes,
      takenMs: capped(takenMs),
      name: cleanWords(name),
    })),
    metPerson: wordsOrNull(course.metPerson),
    metPost: null,
    note: wordsOrNull(course.note),
  }
}
