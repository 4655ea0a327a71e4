import { pipeline } from 'node:stream/promises'
import type { MeetingKey, MeetingSheetInput } from '@zhidu/contract'
import { toWord, type WordDocument } from '@zhidu/documents'
import { localDateOf, toQuarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { streamOf } from '../export/web-stream.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { getMeetingSheet } from './get-sheet.ts'
import { loadMeeting, readDocument } from './meeting-store.ts'
import { toMinutesWord } from './minutes-word.ts'
import { toSheetWord } from './sheet-word.ts'
import { loadDecisions } from './to-decision.ts'

function toFile(document: WordDocument, day: string): ExportedFile {
  const name = document.title.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '')
  return {
    fileName: `${name}_${day.replaceAll('-', '')}.docx`,
    body: streamOf((sink) => pipeline(toWord(document), sink)),
  }
}

/** The newest minutes as a Word file. Throws ServiceError `not_found`, `conflict` while there are none. */
export function exportMinutes(ctx: ServiceContext, { meetingId }: MeetingKey): Promise<ExportedFile> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const meeting = await loadMeeting(db, meetingId)
    const { minutes } = meeting
    if (minutes === null) throw new ServiceError('conflict', 'meeting_no_minutes')
    const decisions = await loadDecisions(db, { meetingId })
    const word = toMinutesWord(meeting, readDocument(minutes).items, decisions, await loadNames(db, ctx))
    return toFile(word, localDateOf(minutes.at))
  })
}

/** The page of one unit as a Word file. Throws ServiceError `not_found`. */
export async function exportMeetingSheet(ctx: ServiceContext, input: MeetingSheetInput): Promise<ExportedFile> {
  const sheet = await getMeetingSheet(ctx, input)
  return toFile(toSheetWord(sheet, toQuarter(sheet.quarter)), localDateOf(Date.parse(sheet.asOf)))
}
