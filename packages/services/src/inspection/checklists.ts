import { randomUUID } from 'node:crypto'
import { ChecklistContent, type ChecklistVersion, type SaveChecklistInput } from '@zhidu/contract'
import { asReadonly, type ChecklistRow, insertChecklist, listChecklists as listRows, type ReadonlyDb } from '@zhidu/db'
import { BUILT_IN_CHECKLISTS, type Checklist, localDateOf, toLocalIso } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'

function readRow({ content, id, version }: ChecklistRow): Checklist {
  return { id, version, ...ChecklistContent.parse(JSON.parse(content)) }
}

/** Every version that an office knows, those shipped with the program first; of each list the newest first. */
async function loadVersions(db: ReadonlyDb, office: string): Promise<Omit<ChecklistVersion, 'isNewest'>[]> {
  const rows = await listRows(db, office)
  const own = rows.map((row) => ({
    ...toShape(readRow(row)),
    isBuiltIn: false,
    writtenAt: toLocalIso(row.writtenAt),
    writtenBy: row.writtenBy,
  }))
  const shipped = BUILT_IN_CHECKLISTS.map((list) => ({
    ...toShape(list),
    isBuiltIn: true,
    writtenAt: null,
    writtenBy: null,
  }))
  const ids = [...new Set([...shipped, ...own].map(({ id }) => id))]
  return ids.flatMap((id) =>
    [...own, ...shipped].filter((one) => one.id === id).toSorted((one, other) => other.version - one.version),
  )
}

function toShape({ items, methods, ...list }: Checklist) {
  return {
    ...list,
    methods: [...methods],
    items: items.map(({ dutyModes, ...item }) => ({ ...item, dutyModes: dutyModes === null ? null : [...dutyModes] })),
  }
}

export async function loadChecklists(db: ReadonlyDb, office: string): Promise<ChecklistVersion[]> {
  const versions = await loadVersions(db, office)
  return versions.map((one, at) => ({ ...one, isNewest: versions.findIndex(({ id }) => id === one.id) === at }))
}

/** 问项模板: the lists of the own office with every version. */
export function listChecklists(ctx: ServiceContext): Promise<ChecklistVersion[]> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), (db) => loadChecklists(db, officeOf(ctx).unitCode))
}

/**
 * Writes a new list, or the next version of one; nothing is overwritten, and a shipped list is continued as the office's own.
 * Throws ServiceError `conflict` when somebody wrote a version meanwhile.
 */
export function saveChecklist(
  ctx: ServiceContext,
  { content, id: known, version: before }: SaveChecklistInput,
): Promise<{ id: string; version: number }> {
  const id = known ?? randomUUID()
  const version = known === null ? 1 : before + 1
  const what = {
    action: 'inspection.saveChecklist',
    object: `checklist/${id}`,
    detail: { title: content.title, version },
  }
  return withChange(ctx, what, async (trx) => {
    const { author, unitCode } = officeOf(ctx)
    const keys = content.items.map(({ key }) => key)
    const twice = keys.find((key, at) => keys.indexOf(key) !== at)
    if (twice !== undefined) throw new ServiceError('invalid', 'checklist_item_twice', { item: twice })
    if (known !== null) {
      const versions = await loadVersions(asReadonly(trx), unitCode)
      const newest = versions.find((one) => one.id === known)
      if (newest === undefined) throw new ServiceError('not_found', 'checklist_unknown')
      if (newest.version !== before) throw new ServiceError('conflict', 'checklist_changed')
    }
    const row = { id, version, unitCode, content: JSON.stringify(ChecklistContent.parse(content)) }
    if (!(await insertChecklist(trx, row, author))) throw new ServiceError('conflict', 'checklist_changed')
    return { id, version }
  })
}
