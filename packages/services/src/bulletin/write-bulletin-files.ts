import { toWord } from '@zhidu/documents'
import { localDateOf, type Quarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { listAnnexes } from './annex-list.ts'
import { toAnnexWorkbook } from './annex-workbook.ts'
import { loadBulletins } from './bulletin-store.ts'
import { makeDraft } from './create-bulletin.ts'
import { annexFileName, makeBulletinWord, withRows, wordFileName } from './export-bulletin.ts'
import { loadBulletinFacts } from './load-bulletin-facts.ts'

export interface WriteBulletinArgs {
  readonly quarter: Quarter
  /** Whose bulletin; missing = that of the office at the top. */
  readonly office?: string | undefined
  readonly write: (fileName: string, content: AsyncIterable<Uint8Array>) => Promise<void>
}

export interface WrittenBulletin {
  readonly quarter: Quarter
  readonly version: number
  readonly office: string
  /** False = the program's draft: the office has written none. */
  readonly isWritten: boolean
  readonly files: readonly string[]
}

/** The office's bulletin of a quarter at its newest revision, else the draft, and every annex. For a command at the machine. */
async function loadWhat(ctx: ServiceContext, { office: asked, quarter }: WriteBulletinArgs) {
  const today = localDateOf(ctx.clock())
  const { found, office } = await withSnapshot(ctx, today, async (db) => {
    const { periodsOf } = await loadRoster(db)
    const top = [...periodsOf].find(([, periods]) => periods.at(-1)?.parentCode === null)?.[0]
    const own = asked ?? top
    if (own === undefined || !periodsOf.has(own)) {
      throw new ServiceError('not_found', 'unit_unknown', { unitCode: own ?? '' })
    }
    const bulletins = await loadBulletins(db)
    return {
      office: own,
      found: bulletins.find(({ row }) => row.unitCode === own && row.quarter === quarter && row.kind === 'bulletin'),
    }
  })
  if (found === undefined) {
    const { document, loaded } = await makeDraft(ctx, office, quarter)
    return { office, document, loaded, isWritten: false, day: today }
  }
  const { document, newest } = found
  const loaded = await loadBulletinFacts(ctx, { office, quarter, version: document.version })
  return { office, document, loaded, isWritten: true, day: localDateOf(newest.at) }
}

/** Writes the Word file and every annex. Throws ServiceError `conflict` for a quarter that is not frozen. */
export async function writeBulletinFiles(ctx: ServiceContext, args: WriteBulletinArgs): Promise<WrittenBulletin> {
  const { day, document, isWritten, loaded, office } = await loadWhat(ctx, args)
  const word = wordFileName(document, day)
  await args.write(word, toWord(await makeBulletinWord(ctx, document, loaded)))
  const files = [word]
  for (const annex of listAnnexes(loaded)) {
    const name = annexFileName(annex, loaded, day)
    await withRows(ctx, loaded, (rows) => args.write(name, toAnnexWorkbook(annex, loaded, { paper: 'a3', rows })))
    files.push(name)
  }
  return { quarter: args.quarter, version: document.version, office, isWritten, files }
}
