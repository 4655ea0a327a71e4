import { type Kind, KINDS } from '@zhidu/contract'
import type { Ask } from './harness.ts'
import type { Key } from './keys.ts'
import { NO_UUID, NOBODY } from './question-parts.ts'
import { uploadRows } from './uploads.ts'

const API = '/api/v1'
/** Kinds that the scores of the league are made from. */
const OF_SCORES: readonly Kind[] = ['reports', 'checks', 'misreports', 'filings', 'bonuses']
/** Tried, and undone. */
export const WRITES = ['dryRun=true', 'dryRun=true&acceptValid=true'] as const
const GROUPS = ['市组', '县组', '乡镇组', '没有的组']

function read(path: string, query = ''): Ask {
  return { path: `GET ${API}/${path}`, method: 'GET', url: `${API}/${path}${query}` }
}

/** Records of a kind about every unit, as an upload of the same brings them. */
export function recordsOf(kind: Kind): readonly Readonly<Record<string, string>>[] {
  return uploadRows(kind).map(({ cells }) =>
    Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== '')),
  )
}

export function writeOf(kind: Kind, query: string, records: readonly object[] = recordsOf(kind)): Ask {
  const path = `POST ${API}/${kind}`
  return { path, method: 'POST', url: `${API}/${kind}?lang=en&${query}`, body: JSON.stringify({ records }) }
}

function leagueOf(group: string, query = ''): Ask {
  return read('league', `?quarter=2026Q3&group=${encodeURIComponent(group)}${query}`)
}

/** One of each request, about nothing in particular: who asks decides. */
export function restMatrix(): {
  readonly ask: Ask
  readonly mayAsk: (key: Key) => boolean
  readonly writes: boolean
}[] {
  return [
    ...KINDS.flatMap((kind) => [
      { ask: read(kind, '?limit=1'), mayAsk: ({ kinds }: Key) => kinds.includes(kind), writes: false },
      {
        ask: writeOf(kind, 'dryRun=true', [{ note: NOBODY }]),
        // The register of units is the whole installation's.
        mayAsk: ({ kinds, mayWrite, unitCode }: Key) =>
          kinds.includes(kind) && mayWrite && (kind !== 'units' || unitCode === 'A'),
        writes: true,
      },
    ]),
    {
      ask: leagueOf('县组'),
      mayAsk: ({ kinds }: Key) => OF_SCORES.every((kind) => kinds.includes(kind)),
      writes: false,
    },
    { ask: read('openapi.json'), mayAsk: () => true, writes: false },
  ]
}

/**
 * Everything a key is asked to ask for, in both worlds alike; lists are followed to their end. `foreign`: for each kind
 * the place of a page that only another subtree has. `writes`: each way in which records of every kind are sent.
 */
export function restQuestions(foreign: ReadonlyMap<Kind, string>, writes: readonly string[] = WRITES): Ask[] {
  return [
    ...KINDS.flatMap((kind) => [
      read(kind, '?limit=200'),
      read(kind, '?limit=40&lang=en'),
      read(kind, '?quarter=2026Q2&limit=200'),
      read(kind, '?quarter=2026Q3&limit=200'),
      read(kind, `?limit=200&cursor=${foreign.get(kind) ?? ''}`),
      ...writes.map((query) => writeOf(kind, query)),
    ]),
    ...GROUPS.map((group) => leagueOf(group)),
    leagueOf('乡镇组', `&asOf=${encodeURIComponent('2026-08-01T00:00:00+08:00')}`),
    read('openapi.json'),
    read('nothing'),
    read(`checks/${NO_UUID}`),
  ]
}
