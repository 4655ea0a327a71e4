import {
  type EventTexts,
  type EventTextsInput,
  type ReportContent,
  type ReportDocument,
  TEXT_FIELDS,
} from '@zhidu/contract'
import { listPhoneRecords, listReportActs, listReportContents } from '@zhidu/db'
import { ELEMENTS, localDateOf, STAGES } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { withSnapshot } from '../snapshot.ts'
import { ownOf, toContent, toPhoneRecord } from './to-content.ts'

type Field = (typeof TEXT_FIELDS)[number]
type Change = { field: Field; from: string | null; to: string | null }

function valueOf(document: ReportDocument, field: Field): string | null {
  const element = ELEMENTS.find((one) => field === `texts.${one}`)
  if (element !== undefined) return document.texts[element]?.trim() || null
  const value: unknown = document[field as keyof ReportDocument]
  return typeof value === 'string' || typeof value === 'number' ? String(value) || null : null
}

/** What a version says otherwise than the one before. */
function changesOf(before: ReportContent | undefined, after: ReportContent): Change[] {
  if (before === undefined) return []
  return TEXT_FIELDS.flatMap((field) => {
    const [from, to] = [valueOf(before.document, field), valueOf(after.document, field)]
    return from === to ? [] : [{ field, from, to }]
  })
}

/** What units in reach wrote about an event, and what offices took down of it by telephone; empty where nothing was. */
export function getEventTexts(ctx: ServiceContext, { eventCode }: EventTextsInput): Promise<EventTexts> {
  const now = ctx.clock()
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const own = ownOf(ctx)
    const rows = await listReportContents(db, { eventCode })
    const calls = await listPhoneRecords(db, { eventCodes: [eventCode] })
    const acts = await listReportActs(
      db,
      rows.map(({ contentId }) => contentId),
    )
    const below = own === null ? new Map<string, unknown>() : (await loadUnitsInReach(db, own, now)).below
    const may = (permission: 'reports.file' | 'reports.take'): boolean =>
      ctx.actor.kind === 'account' && ctx.actor.permissions.has(permission)
    const nameOf = await loadNames(db, ctx)
    const unitCodes = [...new Set([...rows, ...calls].map(({ unitCode }) => unitCode))].sort()
    const units = unitCodes.map((unitCode): EventTexts['units'][number] => {
      const ofUnit = rows.filter((row) => row.unitCode === unitCode)
      const ownCalls = calls.filter((call) => call.unitCode === unitCode)
      const slots = [...Map.groupBy(ofUnit, ({ sequence, stage }) => `${stage}/${sequence}`).values()]
      const told = ownCalls[0]
      const first = ofUnit.find(({ stage }) => stage === 'first')
      const isToldOtherwise = told !== undefined && first !== undefined && told.level !== first.level
      return {
        unitCode,
        unitName: nameOf(unitCode),
        calls: ownCalls.map(toPhoneRecord),
        levelByPhone: isToldOtherwise ? told.level : null,
        reports: slots
          .map((slot) => {
            const versions = slot
              .toSorted((a, b) => a.version - b.version)
              .map((row) => toContent(row, acts, { own, nameOf }))
            return {
              stage: slot[0]?.stage ?? 'first',
              sequence: slot[0]?.sequence ?? 0,
              versions: versions.map((content, at) => ({
                content,
                changes: changesOf(versions[at - 1], content),
                mayCorrect: at === versions.length - 1 && own === unitCode && may('reports.file'),
                maySign:
                  below.has(unitCode) && may('reports.take') && !content.acts.some(({ kind }) => kind === 'signed_for'),
                mayAnswerClaim:
                  below.has(unitCode) &&
                  may('reports.take') &&
                  ownCalls.length === 0 &&
                  content.document.phonedAt !== null &&
                  !content.acts.some(({ kind }) => kind !== 'signed_for'),
              })),
            }
          })
          .sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || a.sequence - b.sequence),
      }
    })
    return { units }
  })
}
